"""Which of several statements counts: her own, else the best confirmed one; and how well it is known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from matching.facts import Grade, Source
from roster.facts.rows import AnyRow


@dataclass(frozen=True)
class Statement:
    """One value of one field, with who says it."""

    field: str
    code: str
    detail: Mapping[str, Any]
    grade: Grade
    source: Source
    entered_at: datetime
    last_year: int | None = None

    @property
    def is_own(self) -> bool:
        return self.source.network is None


def read_statement(row: AnyRow) -> Statement:
    """A statement of an entry's row."""
    day: date = row.confirmed_on or row.entered_at.date()
    return Statement(
        row.field,
        row.code,
        row.detail or {},
        Grade(row.grade),
        Source(row.source, day, row.network_code),
        row.entered_at,
        (row.detail or {}).get("last_year"),
    )


def read_experience(row: AnyRow, field: str, code: str) -> Statement:
    """What one experience says: recorded once a verifier confirmed it, stated until then."""
    is_verified = row.verified_on is not None
    by = "coordinator" if is_verified or row.network_code else "self"
    return Statement(
        field,
        code,
        {"first_year": row.first_year, "last_year": row.last_year},
        Grade.RECORDED if is_verified else Grade.STATED,
        Source(by, row.verified_on or row.entered_at.date(), row.network_code),
        row.entered_at,
        row.last_year,
    )


Supports = Callable[[Statement, Statement], bool]
"""Whether the second statement confirms the first: says at least as much."""


def says_no_less(one: Statement, other: Statement) -> bool:
    """A code is a code."""
    return True


def choose(statements: Iterable[Statement], supports: Supports = says_no_less) -> list[Statement]:
    """One statement per code, in the order of codes.

    Her own wins; without one, the best graded and then the newest. Where another statement of the
    same code supports it with a better grade, it is known as well as that one is.
    """
    by_code: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        by_code[statement.code].append(statement)
    return [_choose_one(by_code[code], supports) for code in sorted(by_code)]


HER_LISTS = frozenset({"language", "theme", "track", "role_held", "role_sought", "place"})
"""Lists that she goes through herself: what she leaves out of hers is not hers."""


def leave_out_what_she_left_out(said: Mapping[str, list[Statement]]) -> dict[str, list[Statement]]:
    """Her own word stands: once she has a record of her own, a list of it is the whole list.

    A code that only a network states goes; what a verified experience records stays, since it is
    no claim of hers.
    """
    speaks = any(one.is_own for statements in said.values() for one in statements)
    if not speaks:
        return dict(said)
    return {
        field: _only_hers(statements) if field in HER_LISTS else statements
        for field, statements in said.items()
    }


def _only_hers(statements: list[Statement]) -> list[Statement]:
    own = {one.code for one in statements if one.is_own or one.grade is Grade.RECORDED}
    return [one for one in statements if one.code in own]


def choose_single(statements: Iterable[Statement]) -> Statement | None:
    """The one statement of a field that has a single value, whatever its code."""
    rivals = list(statements)
    if not rivals:
        return None
    winner = max(rivals, key=_rank)
    same = [rival for rival in rivals if rival.code == winner.code]
    return _choose_one(same, says_no_less)


def _rank(statement: Statement) -> tuple[bool, Grade, datetime]:
    return (statement.is_own, statement.grade, statement.entered_at)


def _choose_one(rivals: list[Statement], supports: Supports) -> Statement:
    winner = max(rivals, key=_rank)
    support = max(
        (one for one in rivals if one is winner or supports(winner, one)),
        key=lambda one: (one.grade, one is winner, one.last_year or 0, one.entered_at),
    )
    years = [one.last_year for one in rivals if one.grade == support.grade and one.last_year]
    return Statement(
        winner.field,
        winner.code,
        winner.detail,
        support.grade,
        support.source,
        winner.entered_at,
        max(years, default=winner.last_year),
    )
