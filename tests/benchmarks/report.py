"""What a comparison brings back: figures against what is promised, tables, bars; values only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

REACHES_AIM = "holds, reaches the aim"
HOLDS = "holds"
MISSES = "misses"
NOT_PROMISED = ""


@dataclass(frozen=True)
class Options:
    """What the command line asks of every comparison."""

    sizes: tuple[int, ...] = (1_000, 10_000, 100_000, 1_000_000)
    """Women on the roster, one run of the comparison each."""
    rounds: int = 3
    """Times at which every contender is timed, in turn."""


@dataclass(frozen=True)
class Bound:
    """What a figure must hold, and what is aimed at; ``at_most`` where less is better."""

    least: float
    aim: float | None = None
    at_most: bool = False

    def is_held(self, value: float) -> bool:
        """Tell whether the figure holds what must be held."""
        return self._reaches(value, self.least)

    def is_reached(self, value: float) -> bool:
        """Tell whether the figure reaches the aim; without an aim, whether it holds."""
        return self._reaches(value, self.least if self.aim is None else self.aim)

    def _reaches(self, value: float, limit: float) -> bool:
        return value <= limit if self.at_most else value >= limit


@dataclass(frozen=True)
class Figure:
    """One figure of the comparison. With ``cases`` each of them must hold what is promised.

    ``value`` is what is printed: of ratios over several cases their geometric mean. ``unit``
    stands behind the number: ``×``, ``ms``, ``bytes``.
    """

    work: str
    value: float
    unit: str
    bound: Bound | None = None
    cases: Mapping[str, float] = field(default_factory=dict)
    note: str = ""

    @property
    def verdict(self) -> str:
        """Say whether the promise is held: by every case, else how many miss it."""
        if self.bound is None:
            return NOT_PROMISED
        values = list(self.cases.values()) or [self.value]
        missed = sum(not self.bound.is_held(value) for value in values)
        if missed:
            return MISSES if missed == len(values) else f"{MISSES} on {missed} of {len(values)}"
        return REACHES_AIM if all(map(self.bound.is_reached, values)) else HOLDS


@dataclass(frozen=True)
class Table:
    """Words and numbers as they are to be printed; the first column is a heading of its row."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Bar:
    """One bar of the plot. Bars of one ``group`` stand together; colours follow ``label``."""

    group: str
    label: str
    value: float


@dataclass(frozen=True)
class Plot:
    """One picture of bars; the axis is logarithmic, since contenders differ by powers of ten."""

    title: str
    unit: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Report:
    """What one comparison found. Paragraphs are plain sentences in Markdown."""

    about: tuple[str, ...]
    """What was compared, on what, and what counts as the same work."""
    figures: tuple[Figure, ...]
    tables: tuple[Table, ...] = ()
    plot: Plot | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    """Name -> version of every program that took part, beside Python and the machine."""
    notes: tuple[str, ...] = ()
    """What a reader must know to judge the figures, and the reasons of what misses."""


@dataclass(frozen=True)
class Comparison:
    """One page of ``docs/performance``. ``name`` is the file's name and the word for ``--only``."""

    name: str
    title: str
    run: Callable[[Options], Report]


class Disagreement(Exception):
    """Contenders gave different answers to the same question: nothing is timed."""
