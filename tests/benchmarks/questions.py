"""What a request asks, in the form in which a database or a search engine can be asked it.

A question is a list of clauses, all of which a woman must satisfy, and of rules that give points.
Clauses test two kinds of things: a *fact*, one number per woman, and a *mark*, a code that one of
her entries bears which passes some tests (a language confirmed at B2 or above). Marks may stand as
bits, as elements of an array or as words of a text: each peer takes what suits it best.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from tests.benchmarks.invented import Array, Roster

MOST_CODES = 63


@dataclass(frozen=True)
class Test:
    """Of an entry's field, or of a fact: ``sign`` is one of < <= > >= = <> and & (shares a bit)."""

    __test__ = False  # no test of ours, whatever its name
    name: str
    sign: str
    value: int

    def judge(self, values: Array) -> Array:
        """Tell of each value whether it passes."""
        compare = {
            "<": np.less,
            "<=": np.less_equal,
            ">": np.greater,
            ">=": np.greater_equal,
            "=": np.equal,
            "<>": np.not_equal,
            "&": np.bitwise_and,
        }
        passes: Array = compare[self.sign](values, self.value).astype(np.bool_)
        return passes


@dataclass(frozen=True)
class Family:
    """The codes of those entries of a table that pass all the tests."""

    table: str
    field: str = "code"
    tests: tuple[Test, ...] = ()


@dataclass(frozen=True)
class Mark:
    """She bears one of the codes in the family; ``is_absent``: she bears none of them."""

    family: Family
    codes: frozenset[str]
    is_absent: bool = False


Atom = Test | Mark
Clause = tuple[tuple[Atom, ...], ...]
"""Any of these, each of which is all of its atoms."""


@dataclass(frozen=True)
class Case:
    """So many hundredths of a point to whom all clauses hold."""

    points: int
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Rule:
    """A preference as asked: the first of its cases that holds gives the points, else none."""

    name: str
    number: int
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class Question:
    """Who fits, and what each earns. Ties go to the woman longest not proposed."""

    name: str
    clauses: tuple[Clause, ...]
    rules: tuple[Rule, ...]


def list_marks(question: Question) -> Iterator[Mark]:
    """Yield every mark of a question, also twice."""
    clauses = [
        *question.clauses,
        *(clause for rule in question.rules for case in rule.cases for clause in case.clauses),
    ]
    for clause in clauses:
        for atoms in clause:
            yield from (atom for atom in atoms if isinstance(atom, Mark))


def list_families(questions: Iterable[Question]) -> list[Family]:
    """Return every family of which a question needs marks, each once."""
    marks = (mark for question in questions for mark in list_marks(question))
    return list(dict.fromkeys(mark.family for mark in marks))


def mark_women(roster: Roster, family: Family) -> Array:
    """Return for each woman the codes that she bears in the family, as bits by their place."""
    entries = roster.tables[family.table]
    kept = np.ones(len(entries.owners), np.bool_)
    for test in family.tests:
        kept &= test.judge(entries.fields[test.name])
    places = entries.fields[family.field][kept].astype(np.int64)
    bits = np.zeros(roster.size, np.int64)
    np.bitwise_or.at(bits, entries.owners[kept], np.int64(1) << places)
    return bits


def list_codes(roster: Roster, family: Family) -> tuple[str, ...]:
    """Return the codes of a family in the order of their bits."""
    codes = tuple(roster.tables[family.table].words[family.field])
    if len(codes) > MOST_CODES:
        raise ValueError(f"{family.table} has more codes than a whole number has bits")
    return codes


def make_mask(roster: Roster, mark: Mark) -> int:
    """Return the bits of a mark's codes; a code that nobody can bear has none."""
    codes = list_codes(roster, mark.family)
    return sum(1 << codes.index(code) for code in mark.codes if code in codes)
