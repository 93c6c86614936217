"""Noting each month how many answers are fresh."""

from __future__ import annotations

from functools import partial

from roster import clock
from roster.jobs.turn import Turn, write_at_pace
from roster.services.snapshots import count_networks, note_counts


def take_snapshots(turn: Turn) -> int:
    """Count every network of which this month has no count yet; the lock is held to note it only."""
    began = clock.now()
    with turn.database.reading() as session:
        found = count_networks(session, now=began)
    return write_at_pace(turn, began, list(range(len(found))), partial(note_counts, found=found))
