"""Conflict of interest per party: bar, held, flag, clear or not declared."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from matching import outcomes as o
from matching.calendar import add_years, start_of_day
from matching.codecs import NO_DAY, NO_NUMBER
from matching.columns import Columns
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
from matching.facts import Interest, Nationality, Party
from matching.gates.terms_of_work import is_residence_unknown
from matching.tables import Ints

OFFICE_KINDS = ("office", "party_post", "security_service", "government_employment")
HELD_KINDS = ("kin", "funding", "business", "future_employment")
UNDISCLOSED = "undisclosed"


def is_declaration_needed(asking: Asking) -> bool:
    """Tell whether there is a party or an excluded office to declare ties to."""
    return bool(asking.parties or asking.exclusions.offices)


def _ask_declaration(asking: Asking) -> Sequence[Hashable]:
    rules = asking.exclusions
    asks = is_declaration_needed(asking) or rules.residences or asking.barred_nationalities
    return (None,) if asks else ()


def _explain_declaration(finding: Finding) -> Facts:
    declaration, asking = finding.mediator.declaration, finding.asking
    facts: Facts = {"on": declaration.declared_on if declaration else None}
    if finding.outcome == o.PASS:
        if declaration and is_declaration_needed(asking):
            last_day = add_years(declaration.declared_on, 1)
            facts["valid_until"] = start_of_day(last_day + timedelta(days=1))
        return facts
    facts["undeclared"] = _list_undeclared(finding)
    if declaration:
        facts["days"] = max((asking.today - add_years(declaration.declared_on, 1)).days, 0)
    return facts


def _list_undeclared(finding: Finding) -> tuple[str, ...]:
    columns = Columns.build([finding.mediator], finding.asking.terms)
    missing = _find_undeclared(columns, columns.rows(), finding.asking)
    return tuple(name for name, is_missing in missing.items() if is_missing[0])


def _find_undeclared(columns: Columns, rows: Ints, asking: Asking) -> dict[str, NDArray[np.bool_]]:
    rules = asking.exclusions
    nobody = np.zeros(len(rows), np.bool_)
    needed = is_declaration_needed(asking)
    knows = columns.scalars["knows_nationalities"][rows]
    return {
        "declaration": ~_is_declared(columns, rows, asking) if needed else nobody,
        "office": _has_nameless_tie(columns, rows) if needed else nobody,
        "nationality": ~knows if asking.barred_nationalities else nobody,
        "former_year": _has_undated_former(columns, rows, asking),
        "residence": is_residence_unknown(columns, rows) if rules.residences else nobody,
    }


def _is_declared(columns: Columns, rows: Ints, asking: Asking) -> NDArray[np.bool_]:
    declared_on = columns.tables["declaration"].only("declared_on", rows, NO_DAY)
    days, places = np.unique(declared_on, return_inverse=True)
    in_force = [
        day != NO_DAY and add_years(date.fromordinal(int(day)), 1) >= asking.today for day in days
    ]
    covered: NDArray[np.bool_] = np.array(in_force, np.bool_)[places]
    table = columns.tables["covers"]
    sides = [(party.code, party.country) for party in asking.parties]
    for names in (*sides, *((office,) for office in asking.exclusions.offices)):
        entries = table.find("value", names)
        covered &= _owns(rows, table.owner[entries], entries)
    return covered


def _owns(rows: Ints, owners: NDArray[np.int32], entries: Ints) -> NDArray[np.bool_]:
    owns: NDArray[np.bool_] = pick_best(rows, owners, entries, o.PASS, o.N0).outcomes == o.PASS
    return owns


def _has_nameless_tie(columns: Columns, rows: Ints) -> NDArray[np.bool_]:
    """Tell who has an office or tie that says neither country nor party: it may be to anybody."""
    table = columns.tables["interests"]
    entries = table.find("kind", (*OFFICE_KINDS, *HELD_KINDS))
    entries = entries[(table["country"][entries] == 0) & (table["party"][entries] == 0)]
    return _owns(rows, table.owner[entries], entries)


def _has_undated_former(columns: Columns, rows: Ints, asking: Asking) -> NDArray[np.bool_]:
    rules, table = asking.exclusions, columns.tables["nationalities"]
    if rules.former_within_years is None:
        return np.zeros(len(rows), np.bool_)
    entries = table.find("country", rules.nationalities)
    is_undated = ~table["is_current"][entries] & (table["ended_year"][entries] == NO_NUMBER)
    entries = entries[is_undated]
    return _owns(rows, table.owner[entries], entries)


@GATES.gate(
    "declaration",
    Scope.POST,
    asks=_ask_declaration,
    outcomes=(o.PASS, o.N0),
    explain=_explain_declaration,
)
def judge_declaration(columns: Columns, rows: Ints, wish: None, asking: Asking) -> Judged:
    """Has she declared all that the rules on conflicts of interest need to know?

    Passes with a declaration at most 12 months old that covers every party, by its code or its
    state, and every excluded office, and with all that an exclusion asks known: nationalities, the
    year a former one ended, residence, the country or party of each office and tie. Else not
    declared (N0), one criterion whatever is missing, a near miss: she would fit if she declares.
    Guarantors, facilitators and sponsors need not be covered.
    """
    missing = _find_undeclared(columns, rows, asking)
    return Judged(choose({o.N0: np.any(list(missing.values()), axis=0)}, rows, o.PASS))


def _ask_nationality(asking: Asking) -> Sequence[Hashable]:
    barred = asking.barred_nationalities
    return (tuple(sorted(barred)),) if barred else ()


def _explain_nationality(finding: Finding) -> Facts:
    entry: Nationality | None = finding.entry
    rules = finding.asking.exclusions
    facts: Facts = {"asked": finding.wish, "years_asked": rules.former_within_years}
    if entry is None:
        return {**facts, "found": tuple(n.country for n in finding.mediator.nationalities or ())}
    is_excluded = entry.country in rules.nationalities
    ended = entry.ended_year
    return {
        **facts,
        "found": entry.country,
        "is_current": entry.is_current,
        "ended_year": ended,
        "years": None if ended is None else finding.asking.today.year - ended,
        "why": "exclusion" if is_excluded else "party_state",
    }


@GATES.gate(
    "nationality",
    Scope.POST,
    asks=_ask_nationality,
    outcomes=(o.PASS, o.C1, o.C2),
    explain=_explain_nationality,
    table="nationalities",
)
def judge_nationality(
    columns: Columns, rows: Ints, wish: tuple[str, ...], asking: Asking
) -> Judged:
    """Is she a national of an excluded state, or of a party's state in a mediating role?

    C1 bars any current nationality of an excluded state, a second passport too unless the request
    says *flag only*, and former ones ended within the years the request names. Without an exclusion
    a national of a party's state is barred from leading, co-mediating, deputising, facilitating and
    shuttling at Track I and I.5, and from nothing else. C2 flags a former nationality outside the
    years asked, and a second passport under *flag only*. Residence is not nationality.
    """
    rules, table = asking.exclusions, columns.tables["nationalities"]
    entries = table.find("country", wish)
    is_current = table["is_current"][entries]
    ended = table["ended_year"][entries].astype(np.int64)
    within = np.zeros(len(entries), np.bool_)
    if rules.former_within_years is not None:
        is_recent = asking.today.year - ended <= rules.former_within_years
        within = is_recent & (ended != NO_NUMBER) & _is_excluded(columns, entries, asking)
    spared = np.zeros(len(entries), np.bool_)
    if rules.second_passport_flag_only:
        spared = _has_another(columns, entries)
    outcomes = choose({o.C1: (is_current & ~spared) | (~is_current & within)}, entries, o.C2)
    found = pick_worst(rows, table.owner[entries], entries, outcomes, o.PASS)
    knows = columns.scalars["knows_nationalities"][rows]
    return Judged(np.where(knows, found.outcomes, o.MOOT), found.entries)


def _is_excluded(columns: Columns, entries: Ints, asking: Asking) -> NDArray[np.bool_]:
    table = columns.tables["nationalities"]
    return np.isin(entries, table.find("country", asking.exclusions.nationalities))


def _has_another(columns: Columns, entries: Ints) -> NDArray[np.bool_]:
    """Tell for each of these entries whether its owner holds a current nationality not among them."""
    table = columns.tables["nationalities"]
    others = np.setdiff1d(table.where(table["is_current"]), entries)
    return np.isin(table.owner[entries], table.owner[others])


def _ask_residence(asking: Asking) -> Sequence[Hashable]:
    residences = asking.exclusions.residences
    return (tuple(sorted(residences)),) if residences else ()


def _explain_residence(finding: Finding) -> Facts:
    return {"asked": finding.wish, "found": finding.mediator.residence}


@GATES.gate(
    "residence",
    Scope.POST,
    asks=_ask_residence,
    outcomes=(o.PASS, o.C3),
    explain=_explain_residence,
)
def judge_residence(columns: Columns, rows: Ints, wish: tuple[str, ...], asking: Asking) -> Judged:
    """Does she live in an excluded country?

    C3 if so. An unknown or undisclosed residence is *not declared* (N0). Nationality is not
    residence.
    """
    places = [place for code in wish if (place := columns.codes.find(code))]
    lives_there = np.isin(columns.scalars["residence"][rows], places)
    is_unknown = is_residence_unknown(columns, rows)
    return Judged(choose({o.C3: lives_there, o.MOOT: is_unknown}, rows, o.PASS))


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
    by_country = np.setdiff1d(table.find("country", countries), named)
    ties: Ints = np.intersect1d(table.find("kind", kinds), np.union1d(by_name, by_country))
    return ties


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
    is_silent = (found.outcomes == o.PASS) & ~_is_declared(columns, rows, asking)
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


@GATES.gate(
    "refused",
    Scope.POST,
    asks=_ask_parties,
    outcomes=(o.PASS, o.C6),
    explain=_explain_refused,
)
def judge_refused(columns: Columns, rows: Ints, wish: None, asking: Asking) -> Judged:
    """Did a party to this conflict refuse her before?

    C6 if so; her own network alone knows, everybody else reads that she is not proposed.
    """
    table = columns.tables["refused_by"]
    entries = table.find("value", [party.code for party in asking.parties])
    return Judged(pick_best(rows, table.owner[entries], entries, o.C6, o.PASS).outcomes)


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
