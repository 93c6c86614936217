"""Has she declared what the rules on conflicts of interest need to know?"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from matching import outcomes as o
from matching.calendar import add_years, start_of_day
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
    pick_best,
)
from matching.gates.terms_of_work import is_residence_unknown
from matching.tables import Ints

OFFICE_KINDS = ("office", "party_post", "security_service", "government_employment")
HELD_KINDS = ("kin", "funding", "business", "future_employment")


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
    missing = _find_undeclared(finding.columns, np.array([finding.row]), finding.asking)
    return tuple(name for name, is_missing in missing.items() if is_missing[0])


def _find_undeclared(columns: Columns, rows: Ints, asking: Asking) -> dict[str, NDArray[np.bool_]]:
    rules = asking.exclusions
    nobody = np.zeros(len(rows), np.bool_)
    needed = is_declaration_needed(asking)
    knows = columns.scalars["knows_nationalities"][rows]
    return {
        "declaration": ~is_declared(columns, rows, asking) if needed else nobody,
        "office": _has_nameless_tie(columns, rows) if needed else nobody,
        "nationality": ~knows if asking.barred_nationalities else nobody,
        "former_year": _has_undated_former(columns, rows, asking),
        "residence": is_residence_unknown(columns, rows) if rules.residences else nobody,
    }


def is_declared(columns: Columns, rows: Ints, asking: Asking) -> NDArray[np.bool_]:
    declared_on = columns.singles["declaration"].only("declared_on", rows)
    covered: NDArray[np.bool_] = declared_on >= _find_first_day(asking.today).toordinal()
    table = columns.tables["covers"]
    sides = [(party.code, party.country) for party in asking.parties]
    for names in (*sides, *((office,) for office in asking.exclusions.offices)):
        entries = table.find("value", names)
        covered &= _owns(rows, table.owner[entries], entries)
    return covered


def _find_first_day(today: date) -> date:
    """Return the earliest day of a declaration that is still in force."""
    day = today - timedelta(days=366)
    while add_years(day, 1) < today:
        day += timedelta(days=1)
    return day


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
    table="covers",
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
