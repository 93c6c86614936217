"""What a criterion says of one woman: codes and values, never sentences.

``Evidence.facts`` uses these keys and no others. Dates are ``date``, instants aware UTC
``datetime``; several values are a tuple; a key whose value is unknown holds ``None``.

===============  ==========================================================================
key              meaning
===============  ==========================================================================
asked            what was asked: codes of the vocabulary (tuple of str), or a number
found            what she has: a code, a tuple of codes, or a number; None is nothing known
skill            speaking, listening, reading or writing
level_asked      floor asked on the published scale, 1 (A1) … 6 (C2), 7 (native)
level_found      her floor on the same scale
as_entered       her level as it was written: ``C1``, ``UN-III``, ``courant``
levels_short     whole levels between what she has and what is asked
grade_asked      stated, confirmed or recorded: the least grade that counts
grade            stated, confirmed or recorded: the grade found
by, on, network  source of the value: self, coordinator, import, operator; date; network code
depth_asked      1 practitioner, 2 specialist, 3 authority
depth            the same, found
status           her availability: available, partly, on_assignment, unavailable, unknown
confirmed_at     instant of the statement
valid_until      instant from which this evidence no longer counts
why              code of the reason within the outcome (listed at the criteria below)
from, to         first and last day of hers; ``asked_from``, ``asked_to`` of the request
days             how far she is, in days (missing at either end, notice too long, expired since)
month            first day of the calendar month that needs most days; ``days_asked`` how many
stay_asked       days of the assignment; ``stay`` the longest she accepts
state            state of an accreditation; ``state_asked`` the floor
kind             of an interest: office, party_post, …, kin, funding, public_statement
country, party   whom it ties her to;  ``stance`` party, guarantor, facilitator, sponsor
years            years since; ``years_asked`` the look-back or the least number
last_year        last year of an experience; ``since_year`` the year asked
is_current       a nationality held today; ``ended_year`` the year a former one ended
held             True: waits for her network's vetter; ``cleared`` True: a vetter has cleared it
undeclared       what is not declared: declaration, nationality, residence, office, former_year
===============  ==========================================================================

Which criterion gives which (gates in order of decision, then preferences; ``source`` = by, on, network):

==================  =============================================================================
criterion           facts
==================  =============================================================================
consent             valid_until; why: hidden, missing (then ``asked`` = the purposes missing)
safety_class        found (class 0–3); why: party, unverified, not_submitted, not_put_forward
suspension          network
integrity           held
pause               valid_until (the instant until which she is not to be asked)
freshness           status, confirmed_at, valid_until, by, days (expired since);
                    why: never_stated, import, unknown_status, expired
window              asked_from, asked_to, from, to, days, status, stay, stay_asked;
                    why: status, window, stay
notice              asked, found, days
days_per_month      asked, found, days, month, days_asked
modality            asked, found
place               asked, found (the refused place)
rhythm              found (the weekdays, seasons or observances that clash)
accreditation       state_asked, state, network, on, valid_until, days (lapsed since)
role, track, phase  asked, found, grade, grade_asked, last_year, source
region              asked, found, grade, grade_asked, last_year, since_year, source
theme               asked, found, depth, depth_asked, grade, grade_asked, source
language            asked, found, skill, level_asked, level_found, levels_short, as_entered,
                    grade, grade_asked, source
seniority           asked, found, source
training            asked, found, to (last valid day; None: no end)
declaration         on, valid_until, undeclared, days (too old since)
nationality         asked (the states kept out), found, is_current, ended_year, years,
                    years_asked; why: exclusion, party_state
residence           asked, found
office              kind, country, party, from, to, years, years_asked, stance
held_interest       kind, country, party, from, to, stance, held, cleared
refused             held (True: her own network's knowledge only)
public_statement    kind, country, party, on
origin              asked, found (insider, outsider or None); why: nationality,
                    former_nationality, residence, community, none, unknown
community           asked, found
look_alike          why: fresher_elsewhere
team_cap            why: network_cap, per_network, per_nationality (the rule); asked (the cap), network
themes_nice, theme_depth                        as theme
languages_nice                                  as language
mediated_in                                     asked, found, source
places_nice, region_experience                  asked, found, last_year, source
role_evidence, role_recency                     asked, found, grade, last_year
freshness_margin                                confirmed_at, by
origin_wish                                     as origin
seniority_above, notice_margin, track_breadth, phase_breadth      asked, found
==================  =============================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum

Value = str | int | float | bool | date | datetime | None | tuple[str, ...]

NOT_PROPOSED = frozenset({"V3", "G1", "P2", "P4", "P5", "C5", "C6"})
"""Codes whose reason no envoy learns: she is just not proposed."""


class Verdict(IntEnum):
    """A gate's answer. PASS and FLAG pass; UNKNOWN does not."""

    FAIL = 0
    UNKNOWN = 1
    PASS = 2
    FLAG = 3
    """Passes, and something is to be said."""


@dataclass(frozen=True)
class Evidence:
    """One criterion applied to one woman.

    ``criterion`` is the registered name (``language``), ``wish`` the number of the wish within it
    (two languages are two criteria), ``code`` the reason code of the product (``L2``) or ``""``
    when there is nothing to say against her. ``points`` of ``out_of`` for preferences, which are
    the entries with ``is_hard`` False. ``facts`` holds what was found and asked, by the keys of
    this module's tables.
    """

    criterion: str
    verdict: Verdict
    code: str = ""
    wish: int = 0
    is_hard: bool = True
    points: float = 0.0
    out_of: float = 0.0
    facts: Mapping[str, Value] = field(default_factory=dict)
    is_curable: bool = False
    """Not passed, and asking, confirming or renewing could change that."""


def public_code(evidence: Evidence) -> str:
    """Return what an envoy may read instead of the code; ``""`` where nothing is said.

    ``not_proposed`` hides which of several protected reasons it was, ``conflict_rule`` which rule
    on conflicts of interest, ``not_counted`` (P1) is for counts only, never for a person.
    """
    if evidence.code in NOT_PROPOSED:
        return "not_proposed"
    if evidence.code == "P1":
        return "not_counted"
    return "conflict_rule" if evidence.code.startswith("C") else evidence.code
