"""What every contender is given, and what each brings back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from matching import Columns, Mediator, Request, Terms
from tests.benchmarks.invented import Roster
from tests.benchmarks.questions import Question

BEST = 20
"""So many women are brought back with their points."""


@dataclass(frozen=True)
class Asked:
    """One request, as the engine reads it and as a question."""

    name: str
    request: Request
    question: Question


@dataclass(frozen=True)
class Ground:
    """One roster in the forms from which contenders load theirs."""

    roster: Roster
    columns: Columns
    terms: Terms
    asked: Sequence[Asked]

    @property
    def women(self) -> Iterable[Mediator]:
        """Yield the women as values, for who works on values."""
        return (self.columns.read(row) for row in range(self.roster.size))


@dataclass(frozen=True)
class Found:
    """Ids of all who fit, in any order; and the best with hundredths of points per rule."""

    fits: Sequence[int]
    best: tuple[tuple[int, tuple[int, ...]], ...]


Act = Callable[[], Found]


class Contender(Protocol):
    """Holds the roster in its own way, warm, and answers."""

    name: str
    version: str

    def prepare(self, asked: Asked) -> dict[str, Act]:
        """Return ways to answer, by the name of the plan: the fastest counts."""
        ...

    def close(self) -> None:
        """Let go of servers and files."""
        ...
