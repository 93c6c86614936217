"""Reminders of the end of deployments, to both sides."""

from __future__ import annotations

from roster import clock
from roster.jobs.turn import Turn, write_at_pace
from roster.services.deployment_reminders import list_due, remind_due


def remind_of_ends(turn: Turn) -> int:
    """Go through the deployments whose end is near, a few at once."""
    began = clock.now()
    with turn.database.reading() as session:
        due = list_due(session, began)
    return write_at_pace(turn, began, due, remind_due)
