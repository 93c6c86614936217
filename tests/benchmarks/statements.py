"""A question as one SQL statement, for every database that is asked it.

``woman`` has a column per fact and one whole number per family of marks, a bit per code. Marks are
written by a function, since each database has other means beside the bits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from tests.benchmarks.contenders.asked import BEST
from tests.benchmarks.facts_of_women import list_facts
from tests.benchmarks.invented import Array, Roster
from tests.benchmarks.questions import (
    Clause,
    Family,
    Mark,
    Question,
    Rule,
    Test,
    list_families,
    make_mask,
    mark_women,
)

WriteMark = Callable[[Mark], str]
CODES_EACH = 64
"""Numbers set aside for the marks of one family."""


@dataclass(frozen=True)
class Wide:
    """One row per woman: the facts, then the bits of each family in order."""

    roster: Roster
    facts: dict[str, Array]
    families: tuple[Family, ...]
    bits: tuple[Array, ...]

    @classmethod
    def lay_out(cls, roster: Roster, questions: Iterable[Question]) -> Wide:
        """Return the table that holds just what these questions ask."""
        families = tuple(list_families(questions))
        bits = tuple(mark_women(roster, family) for family in families)
        return cls(roster, list_facts(roster), families, bits)

    @property
    def columns(self) -> dict[str, Array]:
        """Return every column by name."""
        marked = {
            self.name(family): bits for family, bits in zip(self.families, self.bits, strict=True)
        }
        return {**self.facts, **marked}

    def name(self, family: Family) -> str:
        """Return the column of a family."""
        return f"marks_{self.families.index(family)}"

    def list_numbers(self, mark: Mark) -> list[int]:
        """Return the numbers of a mark's codes, as elements of an array or words of a text."""
        mask, first = make_mask(self.roster, mark), self.families.index(mark.family) * CODES_EACH
        return [first + place for place in range(CODES_EACH) if mask >> place & 1]

    def write_bits(self, mark: Mark) -> str:
        """Write a mark as a test of bits."""
        sign = "=" if mark.is_absent else "<>"
        return f"({self.name(mark.family)} & {make_mask(self.roster, mark)}) {sign} 0"


def list_bearers(wide: Wide) -> tuple[Array, Array]:
    """Return pairs of a woman's place and the number of a mark that she bears, woman by woman."""
    women, marks = [], []
    for family, bits in enumerate(wide.bits):
        for place in range(CODES_EACH - 1):
            bearers = np.flatnonzero(bits >> np.int64(place) & 1)
            women.append(bearers)
            marks.append(np.full(len(bearers), family * CODES_EACH + place))
    all_women, all_marks = np.concatenate(women), np.concatenate(marks)
    order = np.argsort(all_women, kind="stable")
    return all_women[order], all_marks[order]


def is_borne(clause: Clause) -> bool:
    """Tell whether a clause asks for marks only: one of them is enough."""
    marks = [atoms[0] for atoms in clause if len(atoms) == 1]
    return len(marks) == len(clause) and all(
        isinstance(one, Mark) and not one.is_absent for one in marks
    )


def list_borne(wide: Wide, clause: Clause) -> list[int]:
    """Return the numbers of the marks of which such a clause asks for one."""
    marks = (atoms[0] for atoms in clause)
    return sorted(number for mark in marks for number in wide.list_numbers(mark))


def write_condition(clauses: Sequence[Clause], write_mark: WriteMark) -> str:
    """Write that all of the clauses hold."""
    return " AND ".join(_write_clause(clause, write_mark) for clause in clauses) or "1 = 1"


def _write_clause(clause: Clause, write_mark: WriteMark) -> str:
    ways = [" AND ".join(_write_atom(atom, write_mark) for atom in atoms) for atoms in clause]
    return ways[0] if len(ways) == 1 else "(" + " OR ".join(f"({way})" for way in ways) + ")"


def _write_atom(atom: Test | Mark, write_mark: WriteMark) -> str:
    if isinstance(atom, Mark):
        return write_mark(atom)
    if atom.sign == "&":
        return f"({atom.name} & {atom.value}) <> 0"
    return f"{atom.name} {atom.sign} {atom.value}"


def write_points(rule: Rule, write_mark: WriteMark) -> str:
    """Write the points that a rule gives."""
    cases = [
        f"WHEN {write_condition(case.clauses, write_mark)} THEN {case.points}"
        for case in rule.cases
    ]
    return f"CASE {' '.join(cases)} ELSE 0 END" if cases else "0"


def write_statement(
    question: Question, wide: Wide, *, found: str, gather: str, in_two_phases: bool
) -> str:
    """Write the statement of a question over ``found``: from what, and under which condition.

    In one phase the points per rule of all who fit are kept until the best are known; in two only
    their sum, and the best are looked up again. The ids of all who fit, gathered by ``gather``,
    stand in the first row.
    """
    points = [write_points(rule, wide.write_bits) for rule in question.rules]
    named = [f"points_{number}" for number in range(len(points))]
    order = "score DESC, waited"
    if in_two_phases:
        kept = [f"{' + '.join(points)} AS score"]
        brought, source = points, "best JOIN woman ON woman.id = best.found_id"
    else:
        kept = [f"{one} AS {name}" for one, name in zip(points, named, strict=True)]
        brought, source = named, "best"
    score = "score" if in_two_phases else f"{' + '.join(named)} AS score"
    passed = "" if in_two_phases else ", " + ", ".join(named)
    return f"""
WITH fits AS MATERIALIZED (
    SELECT id AS found_id, last_proposed_at AS waited, {", ".join(kept)} {found}
), best AS (
    SELECT found_id, waited, {score}{passed} FROM fits ORDER BY {order} LIMIT {BEST}
)
SELECT CASE WHEN row_number() OVER (ORDER BY {order}) = 1
            THEN (SELECT {gather}(found_id) FROM fits) END,
       found_id, {", ".join(brought)}
FROM {source} ORDER BY {order}
"""
