"""Offices, jobs, kin, money and public words: her ties to each party."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from matching import outcomes as o
from matching.calendar import add_years
from matching.codecs import NO_DAY
from matching.columns import Columns
from matching.conflicts.declaration import (
    HELD_KINDS,
    OFFICE_KINDS,
    is_declaration_needed,
    is_declared,
)
from matching.criteria import (
    GATES,
    Asking,
    Facts,
    Finding,
    Judged,
    Scope,
    choose,
    pick_best,
    pick_worst,
)
from matching.facts import Interest, Party
from matching.tables import Ints


def _find_ties(columns: Columns, asking: Asking, kinds: Sequence[str], *, third: bool) -> Ints:
    """Return interests of these kinds with a party (or, ``third``, with a third side).

    An interest that names one of the request's parties ties her to that one; any other to the
    parties of its country.
    """
    table, request = columns.tables["interests"], asking.request
    sides = [party for party in request.parties if (party.stance != "party") == third]
    names = {party.code for party in sides}
    countries = names | {party.country for party in sides}
    by_name = table.find("party", names)
    named = table.find("party", {party.code for party in request.parties})
    is_tie = np.zeros(len(table.owner), np.bool_)
    is_tie[table.find("country", countries)] = True
    is_tie[named] = False
    is_tie[by_name] = True
    of_kind = table.find("kind", kinds)
    return of_kind[is_tie[of_kind]]


def _is_within(columns: Columns, entries: Ints, asking: Asking) -> NDArray[np.bool_]:
    ended = columns.tables["interests"]["ended_on"][entries]
    since = add_years(asking.today, -asking.exclusions.office_years).toordinal()
    within: NDArray[np.bool_] = (ended == NO_DAY) | (ended >= since)
    return within


def find_party(interest: Interest, parties: Sequence[Party]) -> Party | None:
    """Return the party to which an interest ties her, parties to the conflict before third sides."""
    ordered = sorted(parties, key=lambda party: party.stance != "party")
    for party in ordered:
        if interest.party == party.code:
            return party
    for party in ordered:
        if interest.country and interest.country in (party.country, party.code):
            return party
    return None


def _explain_interest(finding: Finding) -> Facts:
    entry: Interest | None = finding.entry
    if entry is None:
        return {}
    asking = finding.asking
    party = find_party(entry, asking.request.parties)
    years = None if entry.ended_on is None else (asking.today - entry.ended_on).days // 365
    return {
        "kind": entry.kind,
        "country": entry.country,
        "party": entry.party,
        "from": entry.started_on,
        "to": entry.ended_on,
        "years": years,
        "years_asked": asking.exclusions.office_years,
        "stance": party.stance if party else "excluded",
    }


def _leave_undeclared_open(columns: Columns, rows: Ints, asking: Asking, found: Judged) -> Judged:
    """Turn PASS into MOOT where no declaration says so: silence clears nobody."""
    if not is_declaration_needed(asking):
        return found
    is_silent = (found.outcomes == o.PASS) & ~is_declared(columns, rows, asking)
    return Judged(np.where(is_silent, o.MOOT, found.outcomes), found.entries)


def _ask_offices(asking: Asking) -> Sequence[Hashable]:
    return (None,) if asking.request.parties or asking.exclusions.offices else ()


@GATES.gate(
    "office",
    Scope.POST,
    asks=_ask_offices,
    outcomes=(o.PASS, o.C4, o.C4_FLAG),
    explain=_explain_interest,
    table="interests",
)
def judge_office(columns: Columns, rows: Ints, wish: None, asking: Asking) -> Judged:
    """Has she held an office, party post, uniform or government job with a party?

    C4 bars what is held today, or ended within the look-back of the request (5 years unless set),
    with a party or with an office-giver that the request excludes. Before the look-back it is a
    flag (C4), and so is any such office with a guarantor, facilitator or sponsor.
    """
    table, offices = columns.tables["interests"], asking.exclusions.offices
    sided = _find_ties(columns, asking, OFFICE_KINDS, third=False)
    excluded = np.union1d(table.find("country", offices), table.find("party", offices))
    barred = np.union1d(sided, np.intersect1d(excluded, table.find("kind", OFFICE_KINDS)))
    entries = np.union1d(barred, _find_ties(columns, asking, OFFICE_KINDS, third=True))
    bars = np.isin(entries, barred) & _is_within(columns, entries, asking)
    outcomes = choose({o.C4: bars}, entries, o.C4_FLAG)
    found = pick_worst(rows, table.owner[entries], entries, outcomes, o.PASS)
    return _leave_undeclared_open(columns, rows, asking, found)


def _ask_parties(asking: Asking) -> Sequence[Hashable]:
    return (None,) if asking.request.parties else ()


def _explain_held_interest(finding: Finding) -> Facts:
    facts = _explain_interest(finding)
    if finding.outcome == o.C5:
        return {**facts, "held": True}
    is_cleared = finding.mediator.id in finding.asking.request.cleared
    return {**facts, "cleared": True} if is_cleared and facts else facts


@GATES.gate(
    "held_interest",
    Scope.POST,
    asks=_ask_parties,
    outcomes=(o.PASS, o.C5, o.C5_FLAG),
    explain=_explain_held_interest,
    table="interests",
)
def judge_held_interest(columns: Columns, rows: Ints, wish: None, asking: Asking) -> Judged:
    """Has she kin in office, funding, business or a future job with a party?

    C5 holds her for her network's vetter, listed nowhere and shown to nobody else, until cleared
    for this request; then it is a flag. With a guarantor, facilitator or sponsor, or ended before
    the look-back, it is a flag (C5).
    """
    table = columns.tables["interests"]
    sided = _find_ties(columns, asking, HELD_KINDS, third=False)
    entries = np.union1d(sided, _find_ties(columns, asking, HELD_KINDS, third=True))
    holds = np.isin(entries, sided) & _is_within(columns, entries, asking)
    outcomes = choose({o.C5: holds}, entries, o.C5_FLAG)
    found = pick_worst(rows, table.owner[entries], entries, outcomes, o.PASS)
    is_cleared = np.isin(columns.ids(rows), list(asking.request.cleared))
    outcomes = np.where((found.outcomes == o.C5) & is_cleared, o.C5_FLAG, found.outcomes)
    return _leave_undeclared_open(columns, rows, asking, Judged(outcomes, found.entries))


def _explain_refused(finding: Finding) -> Facts:
    return {"held": True} if finding.outcome == o.C6 else {}


def _ask_refusals(asking: Asking) -> Sequence[Hashable]:
    return (None,) if asking.request.parties or asking.request.objected else ()


@GATES.gate(
    "refused",
    Scope.POST,
    asks=_ask_refusals,
    outcomes=(o.PASS, o.C6),
    explain=_explain_refused,
    table="refused_by",
)
def judge_refused(columns: Columns, rows: Ints, wish: None, asking: Asking) -> Judged:
    """Did a party to this conflict refuse her before?

    C6 if so; her own network alone knows, everybody else reads that she is not proposed.
    """
    table = columns.tables["refused_by"]
    entries = table.find("value", [party.code for party in asking.parties])
    found = pick_best(rows, table.owner[entries], entries, o.C6, o.PASS).outcomes
    is_objected = np.isin(columns.ids(rows), list(asking.request.objected))
    return Judged(np.where(is_objected, o.C6, found))


@GATES.gate(
    "public_statement",
    Scope.POST,
    asks=_ask_parties,
    outcomes=(o.PASS, o.C7),
    explain=_explain_interest,
    table="interests",
)
def judge_public_statement(columns: Columns, rows: Ints, wish: None, asking: Asking) -> Judged:
    """Has she spoken publicly for or against one of the parties?

    C7 is a flag with its date: it passes.
    """
    table, kinds = columns.tables["interests"], ("public_statement",)
    entries = np.union1d(
        _find_ties(columns, asking, kinds, third=False),
        _find_ties(columns, asking, kinds, third=True),
    )
    found = pick_worst(rows, table.owner[entries], entries, o.C7, o.PASS)
    return _leave_undeclared_open(columns, rows, asking, found)
