"""Nationality and residence against the states that are kept out."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from matching import outcomes as o
from matching.codecs import NO_NUMBER
from matching.columns import Columns
from matching.criteria import (
    GATES,
    Asking,
    Facts,
    Finding,
    Judged,
    Scope,
    choose,
    pick_worst,
)
from matching.facts import Nationality
from matching.gates.terms_of_work import is_residence_unknown
from matching.tables import Ints


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
