"""Ending the requests whose time has passed."""

from __future__ import annotations

from roster import clock
from roster.jobs.turn import Turn, write_at_pace
from roster.services.request_expiry import expire_requests, list_expired


def end_requests(turn: Turn) -> int:
    """Look for them in a reading session, then end them a few at a time."""
    began = clock.now()
    with turn.database.reading() as session:
        over = list_expired(session, now=began)
    return write_at_pace(turn, began, over, expire_requests)
