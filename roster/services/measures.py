"""Measured values, and what of them may be passed on: nothing that singles anybody out.

A count of 0 to 4 is not told, any other is rounded down to 5 (product, section 9); a share or a
span of time is told where at least five cases stand behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from statistics import median

from roster.services.small_cells import STEP, round_count


@dataclass(frozen=True)
class Count:
    """So many; None for fewer than 5."""

    count: int | None


@dataclass(frozen=True)
class Part:
    """So many of so many; None for fewer than 5."""

    part: int | None
    whole: int


@dataclass(frozen=True)
class Hours:
    """In half of the ``cases`` it took at most ``median`` hours, in nine of ten ``ninth``."""

    median: float
    ninth: float
    cases: int


@dataclass(frozen=True)
class Share:
    """A share, 0 to 1, and how many cases stand behind it."""

    share: float
    cases: int


@dataclass(frozen=True)
class Unknown:
    """It cannot be said yet; ``why`` is a code."""

    why: str


Measure = Count | Part | Hours | Share | Unknown
TOO_FEW = Unknown("too_few")


def measure_part(part: int, whole: int, none: str) -> Measure:
    """``none`` is why nothing can be said where there is no case at all."""
    return Part(part, whole) if whole else Unknown(none)


def measure_hours(hours: Sequence[float], none: str) -> Measure:
    """Median and ninth tenth (nearest rank) of spans of time."""
    if not hours:
        return Unknown(none)
    ninth = sorted(hours)[ceil(0.9 * len(hours)) - 1]
    return Hours(median(hours), ninth, len(hours))


def measure_share(part: int, whole: int, cases: int) -> Measure:
    """A share that is told from five cases on, whoever reads it."""
    return Share(part / whole, cases) if whole and cases >= STEP else TOO_FEW


def band(measure: Measure) -> Measure:
    """What may be passed on of a measure. That there was no case at all is not told either."""
    match measure:
        case Count(int(count)):
            return Count(round_count(count))
        case Part(int(part), whole):
            rounded = round_count(whole)
            return TOO_FEW if rounded is None else Part(round_count(part), rounded)
        case Hours(cases=cases) if cases >= STEP:
            return measure
        case Share():
            return measure
    return TOO_FEW
