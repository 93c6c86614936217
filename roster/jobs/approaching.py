"""What is due of approaches: reminders, answers that did not come, releases that have ended."""

from __future__ import annotations

from roster import clock
from roster.jobs.turn import Turn, write_at_pace
from roster.services.approach_deadlines import list_due, settle_due


def keep_deadlines(turn: Turn) -> int:
    """Go through the approaches of which something is due, a few at once."""
    began = clock.now()
    with turn.database.reading() as session:
        due = list_due(session, began)
    return write_at_pace(turn, began, due, settle_due)
