"""Marking the answers that have run out."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from roster import clock
from roster.jobs.turn import ASKS_ABOVE_ROWS, ASKS_ABOVE_SHARE, Asks, Turn
from roster.services.expiry import count_due, count_unmarked, expire_availabilities
from roster.services.pace import Pace


def expire(turn: Turn) -> int:
    """Mark statements that have run out, batch by batch, resting in between."""
    began = clock.now()
    with turn.database.reading() as session:
        is_any = _count_probable(session, began, is_confirmed=turn.is_confirmed) > 0
    pace, changed = Pace(), 0
    while is_any and not turn.is_stopping():
        limit = pace.rows
        taken = _expire_batch(turn, began, pace)
        changed += taken
        is_any = taken == limit
        if is_any:
            pace.rest()
    return changed


def _count_probable(session: Session, now: datetime, *, is_confirmed: bool) -> int:
    """How many are due, as far as it matters; ``Asks`` if they are improbably many.

    The share is reckoned only above the number, so that most runs read a handful of rows.
    """
    due = count_due(session, now=now, limit=ASKS_ABOVE_ROWS + 1)
    if due <= ASKS_ABOVE_ROWS or is_confirmed:
        return due
    due, unmarked = count_due(session, now=now), count_unmarked(session)
    if due > ASKS_ABOVE_SHARE * unmarked:
        raise Asks("expiry_improbable", due=due, of=unmarked)
    return due


def _expire_batch(turn: Turn, began: datetime, pace: Pace) -> int:
    with turn.writing() as session, pace.measured():
        # A clock that leaps ahead while the job runs adds nothing to what was counted.
        until = min(began, clock.now())
        taken = expire_availabilities(session, actor=turn.actor, now=until, limit=pace.rows)
        session.commit()
    return taken
