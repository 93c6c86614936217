"""Counts of women who are not shown, so that nobody can be singled out by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

STEP = 5

GROUPS: Mapping[str, tuple[str, ...]] = {
    "availability": (
        "freshness",
        "window",
        "notice",
        "days_per_month",
        "modality",
        "place",
        "rhythm",
    ),
    "language": ("language",),
    "role": ("role", "seniority"),
    "theme": ("theme",),
    "track": ("track", "phase", "region"),
    "training": ("training",),
    "accreditation": ("accreditation",),
}
"""Rows of the funnel in which a requester reads the gates; all others are one row, ``conflict``."""
OTHERS = "conflict"


@dataclass(frozen=True)
class FunnelRow:
    """``fell`` and ``left`` are what may be read: a multiple of 5, or None for fewer than 5; no
    ``left`` is below the number of the women listed."""

    gate: str
    fell: int | None
    left: int | None
    before_share: float
    left_share: float
    """Lengths of the bars in percent of all considered, made from the figures shown."""


def round_count(count: int) -> int | None:
    """A count of women who are not shown: None for 0 to 4, else rounded down to 5."""
    return count // STEP * STEP or None


def band_funnel(
    steps: Iterable[Mapping[str, Any]], considered: int, listed: int
) -> list[FunnelRow]:
    """The funnel in groups of gates; the last row's ``left`` are the women listed, all shown."""
    fell = count_fallen(steps)
    groups = list(fell)
    rows, left = [], considered
    for group in groups:
        before, left = left, left - fell[group]
        shown = listed if group == groups[-1] else _round_left(left, listed)
        rows.append(
            FunnelRow(
                gate=group,
                fell=round_count(fell[group]),
                left=shown,
                before_share=_share(_round_left(before, listed), considered),
                left_share=_share(shown, considered),
            )
        )
    return rows


def count_fallen(steps: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many fell at each group of gates that was asked, in the order of the groups."""
    fell = dict.fromkeys((*GROUPS, OTHERS), 0)
    asked = set()
    for step in steps:
        group = _group_of(step["gate"])
        fell[group] += step["fell"]
        asked.add(group)
    return {group: count for group, count in fell.items() if group in asked}


def _round_left(count: int, listed: int) -> int | None:
    """No fewer are left at a gate than are listed in the end: that much everybody sees."""
    rounded = round_count(count)
    return None if rounded is None else max(rounded, listed)


def _group_of(gate: str) -> str:
    return next((group for group, gates in GROUPS.items() if gate in gates), OTHERS)


def _share(shown: int | None, considered: int) -> float:
    whole = round_count(considered) or STEP
    return min(100.0, 100.0 * (shown or 0) / whole)
