"""Forgetting what records said long ago."""

from __future__ import annotations

from roster import clock
from roster.jobs.turn import ASKS_ABOVE_ROWS, ASKS_ABOVE_SHARE, Asks, Turn, write_at_pace
from roster.services.former_values import count_former, forget_values, list_old_values


def forget_former_values(turn: Turn) -> int:
    """Forget values that were replaced or taken out of a record long ago, batch by batch."""
    began = clock.now()
    with turn.database.reading() as session:
        ids, kept = list_old_values(session, now=began), count_former(session)
    is_improbable = len(ids) > max(ASKS_ABOVE_ROWS, ASKS_ABOVE_SHARE * kept)
    if is_improbable and not turn.is_confirmed:
        raise Asks("forgetting_improbable", due=len(ids), of=kept)
    return write_at_pace(turn, began, ids, forget_values)
