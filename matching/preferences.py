"""Scored criteria, one documented function each: a share from 0 to 1 of the published weight.

A preference that is not asked costs nobody anything and is not in ``out_of``. No preference looks
at refusals, silence, degrees, family, faith, ethnicity, health or disability, and none can fall
because a woman has more of anything: Track III work, languages, years, needs.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching import outcomes as o
from matching.codecs import NO_INSTANT, NO_NUMBER
from matching.columns import Columns
from matching.criteria import Asking, Asks, Explain, Facts, Finding, Positions, pick_best
from matching.facts import Grade, LanguageWish, ThemeWish
from matching.gates.evidence_of_work import (
    MENTEE,
    cite,
    judge_region,
    list_countries_in,
    list_track_grades,
)
from matching.gates.languages import explain_language, judge_language, list_accepted
from matching.gates.origin import INSIDER, explain_origin, judge_insiders
from matching.gates.qualification import (
    SENIORITY,
    explain_theme,
    judge_theme,
    list_seniority_steps,
)
from matching.gates.terms_of_work import list_regions_of
from matching.tables import Ints, Table

DAY = 86_400_000_000
"""Microseconds of a day."""
FRESH_DAYS = 90
"""Life of an availability by default; a statement this old earns nothing for freshness."""
RECENT_YEARS, OLD_YEARS = 2, 10
"""A role held within 2 years earns all, 10 years ago nothing, in a straight line between."""
HALF = 0.5


@dataclass(frozen=True)
class Scored:
    """A share from 0 to 1 per row, and the entry that earned it (-1: none)."""

    shares: NDArray[np.float64]
    entries: Ints | None = None


Score = Callable[[Columns, Ints, Any, Asking], Scored]


@dataclass(frozen=True)
class Preference:
    """One registered preference. Its weight is shared evenly by its wishes."""

    name: str
    score: Score
    asks: Asks
    explain: Explain
    table: str | None
    documentation: str


@dataclass
class PreferenceRegister:
    """Preferences in the order of print. Refuses doubles and functions without docstring."""

    preferences: list[Preference] = field(default_factory=list)

    def add(
        self, name: str, *, asks: Asks, explain: Explain, table: str | None = None
    ) -> Callable[[Score], Score]:
        """Register the decorated function under the name of its weight."""

        def register(score: Score) -> Score:
            documentation = (score.__doc__ or "").strip()
            if not documentation:
                raise ValueError(f"preference {name} has no docstring")
            if any(one.name == name for one in self.preferences):
                raise ValueError(f"preference {name} is registered twice")
            self.preferences.append(Preference(name, score, asks, explain, table, documentation))
            return score

        return register


PREFERENCES = PreferenceRegister()


def _pick_highest(rows: Ints, table: Table, entries: Ints, shares: NDArray[np.float64]) -> Scored:
    """Return per row the highest share among its entries, the earlier entry first; 0 without."""
    parts = np.rint(shares * 2**20).astype(np.int64)
    found = pick_best(rows, table.owner[entries], entries, o.PASS, o.MOOT, parts)
    by_entry = np.zeros(int(entries.max()) + 1 if len(entries) else 1)
    by_entry[entries] = shares
    chosen = found.entries if found.entries is not None else np.full(len(rows), -1)
    return Scored(np.where(chosen >= 0, by_entry[chosen], 0.0), chosen)


def _share_outcomes(outcomes: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Give all for a pass, half for what is nearly met or not confirmed, nothing for the rest."""
    return np.where(o.PASSES[outcomes], 1.0, np.where(o.CURABLE[outcomes], HALF, 0.0))


@PREFERENCES.add(
    "themes_nice",
    asks=lambda asking: asking.one_post.themes_nice,
    explain=explain_theme,
    table="themes",
)
def score_themes(columns: Columns, rows: Ints, wish: ThemeWish, asking: Asking) -> Scored:
    """Themes the envoy would like: all with the depth and grade asked, half with a lesser grade."""
    judged = judge_theme(columns, rows, wish, asking)
    return Scored(_share_outcomes(judged.outcomes), judged.entries)


@PREFERENCES.add(
    "languages_nice",
    asks=lambda asking: asking.one_post.languages_nice,
    explain=explain_language,
    table="languages",
)
def score_languages(columns: Columns, rows: Ints, wish: LanguageWish, asking: Asking) -> Scored:
    """Languages the envoy would like: all at the level, half unconfirmed or one level below."""
    judged = judge_language(columns, rows, wish, asking)
    return Scored(_share_outcomes(judged.outcomes), judged.entries)


def _explain_place(finding: Finding) -> Facts:
    facts: Facts = {"asked": finding.wish.any_of, "found": None}
    entry = finding.entry
    if entry is None:
        return facts
    return {**facts, "found": entry.country, "last_year": entry.last_year, **cite(entry.source)}


@PREFERENCES.add(
    "places_nice",
    asks=lambda asking: asking.one_post.places_nice,
    explain=_explain_place,
    table="places",
)
def score_places(columns: Columns, rows: Ints, wish: Any, asking: Asking) -> Scored:
    """Countries and regions worked on that the envoy would like; half with a lesser grade."""
    judged = judge_region(columns, rows, wish, asking)
    return Scored(_share_outcomes(judged.outcomes), judged.entries)


def _ask_process(asking: Asking) -> Sequence[Hashable]:
    countries = asking.request.countries
    return (countries,) if countries else ()


def _explain_process(finding: Finding) -> Facts:
    facts: Facts = {"asked": finding.wish, "found": None}
    entry = finding.entry
    if entry is None:
        return facts
    return {**facts, "found": entry.country, "last_year": entry.last_year, **cite(entry.source)}


@PREFERENCES.add("region_experience", asks=_ask_process, explain=_explain_process, table="places")
def score_region_experience(
    columns: Columns, rows: Ints, wish: tuple[str, ...], asking: Asking
) -> Scored:
    """Work on a country of the process earns all, work on its nearest M49 region half."""
    table, terms = columns.tables["places"], asking.terms
    regions = [above[0] for code in wish if (above := list_regions_of(terms, code))]
    near = table.find("country", list_countries_in(terms, regions))
    exact = table.find("country", wish)
    entries = np.union1d(near, exact)
    shares = np.where(np.isin(entries, exact), 1.0, HALF)
    return _pick_highest(rows, table, entries, shares)


def _ask_theme_depth(asking: Asking) -> Sequence[Hashable]:
    return [wish for wish in asking.one_post.themes if wish.depth < 3]


@PREFERENCES.add("theme_depth", asks=_ask_theme_depth, explain=explain_theme, table="themes")
def score_theme_depth(columns: Columns, rows: Ints, wish: ThemeWish, asking: Asking) -> Scored:
    """Depth above the one asked in a required theme: authority earns all."""
    table = columns.tables["themes"]
    entries = table.find("code", wish.any_of)
    entries = entries[table["grade"][entries] >= wish.grade]
    above = table["depth"][entries] - wish.depth
    return _pick_highest(rows, table, entries, np.clip(above / (3 - wish.depth), 0, 1))


def _ask_role(asking: Asking) -> Sequence[Hashable]:
    roles = asking.one_post.roles
    return (roles,) if roles and MENTEE not in roles else ()


def _explain_role(finding: Finding) -> Facts:
    facts: Facts = {"asked": finding.wish, "found": None}
    entry = finding.entry
    if entry is None:
        return facts
    grade = Grade(entry.grade).name.lower()
    return {**facts, "found": entry.code, "grade": grade, "last_year": entry.last_year}


@PREFERENCES.add("role_evidence", asks=_ask_role, explain=_explain_role, table="roles_held")
def score_role_evidence(
    columns: Columns, rows: Ints, wish: tuple[str, ...], asking: Asking
) -> Scored:
    """Evidence of the role: recorded with a verifier earns all, confirmed half."""
    table = columns.tables["roles_held"]
    entries = table.find("code", wish)
    grades = table["grade"][entries].astype(np.float64)
    return _pick_highest(rows, table, entries, (grades - Grade.STATED) / 2)


@PREFERENCES.add("role_recency", asks=_ask_role, explain=_explain_role, table="roles_held")
def score_role_recency(
    columns: Columns, rows: Ints, wish: tuple[str, ...], asking: Asking
) -> Scored:
    """The role held within two years earns all, ten years ago nothing, unknown years nothing."""
    table = columns.tables["roles_held"]
    entries = table.find("code", wish)
    last_year = table["last_year"][entries].astype(np.float64)
    age = asking.today.year - last_year
    shares = np.clip((OLD_YEARS - age) / (OLD_YEARS - RECENT_YEARS), 0, 1)
    shares = np.where(last_year == NO_NUMBER, 0.0, shares)
    return _pick_highest(rows, table, entries, shares)


def _explain_mediated(finding: Finding) -> Facts:
    facts: Facts = {"asked": finding.wish.any_of, "found": None}
    entry = finding.entry
    return facts if entry is None else {**facts, "found": entry.code, **cite(entry.source)}


@PREFERENCES.add(
    "mediated_in",
    asks=lambda asking: asking.one_post.languages,
    explain=_explain_mediated,
    table="languages",
)
def score_mediated_in(columns: Columns, rows: Ints, wish: LanguageWish, asking: Asking) -> Scored:
    """A required language in which she has already mediated."""
    table = columns.tables["languages"]
    entries = table.find("code", list_accepted(wish, asking.terms))
    entries = entries[table["has_mediated"][entries]]
    return _pick_highest(rows, table, entries, np.ones(len(entries)))


def _explain_freshness(finding: Finding) -> Facts:
    availability = finding.mediator.availability
    if availability is None:
        return {}
    return {"confirmed_at": availability.confirmed_at, "by": availability.confirmed_by}


@PREFERENCES.add("freshness_margin", asks=lambda asking: (None,), explain=_explain_freshness)
def score_freshness(columns: Columns, rows: Ints, wish: None, asking: Asking) -> Scored:
    """A statement made today earns all, one of 90 days nothing; a coordinator's entry half of it."""
    table = columns.tables["availability"]
    confirmed_at = table.only("confirmed_at", rows, NO_INSTANT)
    known = confirmed_at != NO_INSTANT
    age = (asking.instant - np.where(known, confirmed_at, asking.instant)) / DAY
    own = table.only("confirmed_by", rows) == (columns.codes.find("self") or -1)
    shares = np.clip(1 - age / FRESH_DAYS, 0, 1) * np.where(own, 1.0, HALF)
    return Scored(np.where(known, shares, 0.0))


def _ask_origin(asking: Asking) -> Sequence[Hashable]:
    post = asking.one_post
    return (post.origin,) if post.origin and not post.origin_is_hard else ()


def _explain_origin(finding: Finding) -> Facts:
    return {"asked": (finding.wish,), **explain_origin(finding.mediator, finding.asking)}


@PREFERENCES.add("origin_wish", asks=_ask_origin, explain=_explain_origin)
def score_origin(columns: Columns, rows: Ints, wish: str, asking: Asking) -> Scored:
    """A wish for an insider or an outsider that is not firm; not known earns nothing."""
    is_insider, is_unknown = judge_insiders(columns, rows, asking)
    meets = is_insider if wish == INSIDER else ~is_insider & ~is_unknown
    return Scored(meets.astype(np.float64))


def _ask_seniority(asking: Asking) -> Sequence[Hashable]:
    floor = asking.one_post.seniority
    return (floor,) if floor and floor != SENIORITY[-1] else ()


def _explain_seniority(finding: Finding) -> Facts:
    seniority = finding.mediator.seniority
    return {"asked": (finding.wish,), "found": seniority.code if seniority else None}


@PREFERENCES.add("seniority_above", asks=_ask_seniority, explain=_explain_seniority)
def score_seniority(columns: Columns, rows: Ints, wish: str, asking: Asking) -> Scored:
    """Seniority above the floor asked; where no floor is asked, seniority earns nothing."""
    floor, top = SENIORITY.index(wish), len(SENIORITY) - 1
    steps = list_seniority_steps(columns)[columns.tables["seniority"].only("code", rows)]
    return Scored(np.clip((steps - floor) / (top - floor), 0, 1))


def _ask_notice(asking: Asking) -> Sequence[Hashable]:
    days = asking.request.notice_days
    return (days,) if days else ()


def _explain_notice(finding: Finding) -> Facts:
    availability = finding.mediator.availability
    return {"asked": finding.wish, "found": availability.notice_days if availability else None}


@PREFERENCES.add("notice_margin", asks=_ask_notice, explain=_explain_notice)
def score_notice(columns: Columns, rows: Ints, wish: int, asking: Asking) -> Scored:
    """Days of notice to spare, as a share of the days asked."""
    found = columns.tables["availability"].only("notice_days", rows, NO_NUMBER).astype(np.float64)
    shares = np.clip((wish - found) / wish, 0, 1)
    return Scored(np.where(found == NO_NUMBER, 0.0, shares))


def _share_of_codes(
    columns: Columns, rows: Ints, table_name: str, grades: dict[str, Grade]
) -> Scored:
    table = columns.tables[table_name]
    met = np.zeros(len(rows))
    for code, grade in grades.items():
        entries = table.find("code", (code,))
        entries = entries[table["grade"][entries] >= grade]
        place = Positions(rows).locate(table.owner[entries])
        has_code = np.zeros(len(rows), np.bool_)
        has_code[place[place >= 0]] = True
        met += has_code
    return Scored(met / len(grades))


def _ask_tracks(asking: Asking) -> Sequence[Hashable]:
    tracks = asking.one_post.tracks
    return (tracks,) if len(set(tracks)) > 1 else ()


def _explain_tracks(finding: Finding) -> Facts:
    grades = list_track_grades(finding.asking)
    has = {
        skill.code for skill in finding.mediator.tracks if skill.grade >= grades.get(skill.code, 9)
    }
    return {"asked": finding.wish, "found": tuple(code for code in finding.wish if code in has)}


@PREFERENCES.add("track_breadth", asks=_ask_tracks, explain=_explain_tracks)
def score_tracks(columns: Columns, rows: Ints, wish: tuple[str, ...], asking: Asking) -> Scored:
    """Where several tracks are named, the share of them on which she has worked."""
    return _share_of_codes(columns, rows, "tracks", list_track_grades(asking))


def _ask_phases(asking: Asking) -> Sequence[Hashable]:
    phases = asking.one_post.phases
    return (phases,) if len(set(phases)) > 1 else ()


def _explain_phases(finding: Finding) -> Facts:
    grade = finding.asking.one_post.phase_grade
    has = {skill.code for skill in finding.mediator.phases if skill.grade >= grade}
    return {"asked": finding.wish, "found": tuple(code for code in finding.wish if code in has)}


@PREFERENCES.add("phase_breadth", asks=_ask_phases, explain=_explain_phases)
def score_phases(columns: Columns, rows: Ints, wish: tuple[str, ...], asking: Asking) -> Scored:
    """Where several phases are named, the share of them in which she has worked."""
    grades = dict.fromkeys(wish, asking.one_post.phase_grade)
    return _share_of_codes(columns, rows, "phases", grades)
