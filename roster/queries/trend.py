"""How one network went over the months: its share of fresh answers, and its cells of track and region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import permissions
from roster.errors import NotFound
from roster.models import Snapshot
from roster.permissions import Actor, Permission, Subject
from roster.queries.coverage import Cell, Coverage

MONTHS = 12
FRESHNESS, COVERAGE = "freshness", "coverage"
"""Kinds of monthly counts: in all, and by track and region."""
INVENTED = "invented"
"""Marks counts that were made up for the demo."""
WHOLE = ""
"""In the place of a track or region: all of them."""
MOST_MOVES = 12

Cells = Mapping[str, Mapping[str, Sequence[int]]]
"""Region, track: women with a fresh answer, and all women. Cells without women are left out."""


@dataclass(frozen=True)
class Month:
    """Exact counts of a coordinator's own network on one day of a month."""

    taken_on: date
    women: int
    fresh: int
    is_invented: bool = False


@dataclass(frozen=True)
class CellMove:
    """A cell in which another number of women has a fresh answer than in the first month."""

    place: str
    track: str
    before: int
    now: int


def list_months(session: Session, *, actor: Actor, network: str) -> list[Month]:
    """The last twelve months noted of ``network``, the oldest first; ``NotFound`` for others."""
    return [
        Month(day, counts["women"], counts["fresh"], INVENTED in counts)
        for day, counts in _list_counts(session, actor, network, FRESHNESS)
    ]


def list_cell_months(
    session: Session, *, actor: Actor, network: str, place: str = WHOLE, track: str = WHOLE
) -> list[Month]:
    """The same of one cell of track and region; a cell without women counts none."""
    months = []
    for day, counts in _list_counts(session, actor, network, COVERAGE):
        fresh, women = counts["cells"].get(place, {}).get(track, (0, 0))
        months.append(Month(day, women, fresh, INVENTED in counts))
    return months


def list_moves(session: Session, *, actor: Actor, network: str, now: Coverage) -> list[CellMove]:
    """Cells that changed most since the oldest of the last twelve months; those that lost first."""
    noted = _list_counts(session, actor, network, COVERAGE)
    if not noted:
        return []
    before, after = noted[0][1]["cells"], write_cells(now)
    moves = [
        CellMove(place, track, _fresh_of(before, place, track), _fresh_of(after, place, track))
        for place, track in {*_list_keys(before), *_list_keys(after)}
        if place != WHOLE and track != WHOLE
    ]
    moved = [move for move in moves if move.now != move.before]
    moved.sort(key=lambda move: (-abs(move.now - move.before), move.now, move.place, move.track))
    return sorted(moved[:MOST_MOVES], key=lambda move: move.now - move.before)


def write_cells(found: Coverage) -> dict[str, dict[str, list[int]]]:
    """The table of track by region as it is stored."""
    cells = {line.code: _write_line(line.tracks, line.whole) for line in found.tables["place"]}
    cells[WHOLE] = _write_line(found.tracks, found.whole)
    return {place: line for place, line in cells.items() if line}


def _write_line(tracks: Mapping[str, Cell], whole: Cell) -> dict[str, list[int]]:
    cells = {**tracks, WHOLE: whole}
    return {track: [cell.fresh, cell.women] for track, cell in cells.items() if cell.women}


def _list_keys(cells: Cells) -> Iterable[tuple[str, str]]:
    return ((place, track) for place, line in cells.items() for track in line)


def _fresh_of(cells: Cells, place: str, track: str) -> int:
    return cells.get(place, {}).get(track, (0, 0))[0]


def _list_counts(
    session: Session, actor: Actor, network: str, kind: str
) -> list[tuple[date, dict[str, Any]]]:
    if not permissions.decide(Permission.LIST_RECORDS, actor, Subject(network_code=network)):
        raise NotFound
    rows = session.execute(
        select(Snapshot.taken_on, Snapshot.counts)
        .where(Snapshot.network_code == network, Snapshot.kind == kind)
        .order_by(Snapshot.taken_on.desc(), Snapshot.id.desc())
        .limit(MONTHS)
    ).all()
    return [(day, counts) for day, counts in reversed(rows)]
