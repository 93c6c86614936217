"""What is known of one row while it is being read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from matching.terms import Terms
from roster.spreadsheets.choices import NO_CHOICES, Choices
from roster.spreadsheets.results import Problem
from roster.spreadsheets.sheets import Cell


@dataclass(frozen=True)
class Reading:
    """What is the same for all rows of a table. `orders`: order of dates by column key."""

    terms: Terms
    network: str
    reference_day: date
    orders: Mapping[str, str]
    choices: Choices = NO_CHOICES


@dataclass
class Person:
    """Values and problems of one row while it is being read."""

    reading: Reading
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unmapped: dict[str, list[str]] = field(default_factory=dict)

    def add(self, problems: Sequence[Problem]) -> None:
        """Add problems, each once."""
        self.problems += [problem for problem in problems if problem not in self.problems]


FieldCells = Mapping[str, Sequence[tuple[str, Cell, str]]]
