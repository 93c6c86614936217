"""Looking for one woman in the lists of several networks, at night and nowhere else."""

from __future__ import annotations

from functools import partial

from roster import clock
from roster.jobs.turn import Turn, write_at_pace
from roster.queries.compared_records import list_compared
from roster.services.asking_pairs import ask_pairs, list_to_ask
from roster.services.suspected_pairs import find_pairs, forget_pairs, note_pairs, plan_notes


def compare_networks(turn: Turn) -> int:
    """Note who may be one woman in two networks, forget what fell away, and ask her first."""
    began = clock.now()
    with turn.database.reading() as session:
        records = list_compared(session)
    found = find_pairs(records)
    with turn.database.reading() as session:
        plan = plan_notes(session, found)
    places = list(range(len(plan.to_note)))
    changed = write_at_pace(turn, began, places, partial(note_pairs, found=plan.to_note))
    changed += write_at_pace(turn, began, plan.to_forget, forget_pairs)
    with turn.database.reading() as session:
        to_ask = list_to_ask(session)
    return changed + write_at_pace(turn, began, to_ask, ask_pairs)
