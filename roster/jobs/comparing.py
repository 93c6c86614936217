"""Looking for one woman in the lists of several networks, at night and nowhere else."""

from __future__ import annotations

from functools import partial

from roster import clock
from roster.errors import RosterError
from roster.jobs.turn import Turn, write_at_pace
from roster.queries.compared_records import list_compared
from roster.services.asking_pairs import ask_pairs, list_to_ask
from roster.services.comparing_nights import note_night, plan_night
from roster.services.suspected_pairs import forget_pairs, look_for_pairs, note_pairs, plan_notes


class Stopped(RosterError):
    """The process was told to stop; the next turn looks at the same women."""


def compare_networks(turn: Turn) -> int:
    """Note who may be one woman in two networks, forget what fell away, and ask her first.

    Compared is who has changed since the night before, and now and then everybody.
    """
    try:
        return _compare(turn)
    except Stopped:
        return 0


def _compare(turn: Turn) -> int:
    began = clock.now()
    with turn.database.reading() as session:
        records = list_compared(session)
        night = plan_night(session, len({record.mediator_id for record in records}))
    found = look_for_pairs(
        records,
        changed=night.changed,
        learnt=night.learnt,
        between=partial(_check_stop, turn),
    )
    with turn.database.reading() as session:
        plan = plan_notes(session, found.pairs, night.changed)
    places = list(range(len(plan.to_note)))
    changed = write_at_pace(turn, began, places, partial(note_pairs, found=plan.to_note))
    changed += write_at_pace(turn, began, plan.to_forget, forget_pairs)
    _check_stop(turn)
    with turn.writing() as session:
        note_night(session, actor=turn.actor, night=night, learnt=found.learnt)
        session.commit()
    with turn.database.reading() as session:
        to_ask = list_to_ask(session)
    return changed + write_at_pace(turn, began, to_ask, ask_pairs)


def _check_stop(turn: Turn) -> None:
    if turn.is_stopping():
        raise Stopped("stopping")
