"""A network over the months as a page shows it: a line from zero, the months, the cells that moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from roster.permissions import Actor
from roster.queries.coverage import Coverage
from roster.queries.coverage_bits import TRACK
from roster.queries.trend import (
    WHOLE,
    CellMove,
    Month,
    list_cell_months,
    list_months,
    list_moves,
)
from roster.web.access import reading
from roster.web.pages import current_wording

LEFT, RIGHT = 30, 690
BOTTOM, TOP = 150, 10
"""The line's frame: no share stands at the bottom, all at the top."""
CELL_FIELDS = {TRACK, "place"}
"""Only of these a count by month is kept."""


@dataclass(frozen=True)
class LinePoint:
    """One month on the line, with the words of its value."""

    x: int
    y: int
    value: str


@dataclass(frozen=True)
class MoveWords:
    """A cell that moved: where, and from how many to how many."""

    place: str
    track: str
    move: CellMove


@dataclass(frozen=True)
class TrendView:
    """``months`` are of what is asked; ``is_counted`` is False where that is not kept by month."""

    months: Sequence[Month]
    line: Sequence[LinePoint]
    moves: Sequence[MoveWords]
    is_counted: bool


def make_trend(
    actor: Actor, network: str, narrowed: Mapping[str, str], everybody: Coverage
) -> TrendView:
    """The months of the network, or of the one cell that is asked for by track and region."""
    is_counted = narrowed.keys() <= CELL_FIELDS
    months: list[Month] = []
    if is_counted and narrowed:
        months = list_cell_months(
            reading(),
            actor=actor,
            network=network,
            place=narrowed.get("place", WHOLE),
            track=narrowed.get(TRACK, WHOLE),
        )
    elif is_counted:
        months = list_months(reading(), actor=actor, network=network)
    moves = list_moves(reading(), actor=actor, network=network, now=everybody)
    return TrendView(
        months,
        _draw(months),
        _word_moves(moves),
        is_counted,
    )


def share_of(month: Month) -> float:
    """The share with a fresh answer; 0 where there was no woman."""
    return month.fresh / month.women if month.women else 0.0


def _draw(months: Sequence[Month]) -> list[LinePoint]:
    """A line needs two months."""
    if len(months) < 2:
        return []
    step = (RIGHT - LEFT) / (len(months) - 1)
    return [
        LinePoint(
            round(LEFT + step * number),
            round(BOTTOM - (BOTTOM - TOP) * share_of(month)),
            current_wording().percent(share_of(month)),
        )
        for number, month in enumerate(months)
    ]


def _word_moves(moves: Iterable[CellMove]) -> list[MoveWords]:
    wording = current_wording()
    return [
        MoveWords(wording.term("region", move.place), wording.term(TRACK, move.track), move)
        for move in moves
    ]
