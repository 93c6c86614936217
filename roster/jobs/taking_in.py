"""Taking in, and taking back, the long lists on which coordinators have decided."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session

from roster.jobs.turn import Turn
from roster.services.known_people import KnownPeople
from roster.services.pace import Pace
from roster.services.reading_files import BrokenOff
from roster.services.taking_back import end_taking_back, take_back_part
from roster.services.taking_in import (
    TAKE_IN,
    Progress,
    Work,
    begin_work,
    end_taking_in,
    note_taken,
    put_down,
    take_part,
)


def take_in_lists(turn: Turn) -> int:
    """Take the waiting lists in or back, one after the other; return how many."""
    count = 0
    while not turn.is_stopping():
        with turn.writing() as session:
            work = begin_work(session, actor=turn.actor)
            session.commit()
        if work is None:
            break
        try:
            is_done = _take_in(turn, work) if work.step == TAKE_IN else _take_back(turn, work)
        except BrokenOff:
            continue
        if not is_done:
            with turn.writing() as session:
                put_down(session, work)
                session.commit()
            break
        count += 1
    return count


def _take_in(turn: Turn, work: Work) -> bool:
    """Stage everybody, then show them in one short step; anew where the list changed meanwhile.

    False where the process was told to stop: the next turn goes on with what is staged.
    """
    while True:
        along = _stage(turn, work)
        if along is None:
            return False
        with turn.writing() as session:
            is_shown = end_taking_in(session, actor=turn.actor, work=work, along=along)
            session.commit()
        if is_shown:
            return True


def _stage(turn: Turn, work: Work) -> Progress | None:
    with turn.database.reading() as looking:
        along = Progress(looking, work)

        def stage(session: Session, first: int, limit: int) -> int:
            return take_part(session, work=work, first=first, limit=limit, along=along)

        return along if _go_through(turn, work, stage) else None


def _take_back(turn: Turn, work: Work) -> bool:
    counts: list[int] = []
    with turn.database.reading() as looking:
        known = KnownPeople(looking, work.network_code)

        def undo(session: Session, first: int, limit: int) -> int:
            rows, set_back = take_back_part(
                session, work=work, first=first, limit=limit, known=known
            )
            counts.append(set_back)
            return rows

        if not _go_through(turn, work, undo):
            return False
    with turn.writing() as session:
        end_taking_back(session, actor=turn.actor, work=work, set_back=sum(counts))
        session.commit()
    return True


def _go_through(turn: Turn, work: Work, step: Callable[[Session, int, int], int]) -> bool:
    """All rows in their order, in small commits; False where the process was told to stop."""
    pace, done = Pace(), 0
    while True:
        if turn.is_stopping():
            return False
        with turn.writing() as session, pace.measured():
            count = step(session, done, pace.rows)
            done += count
            note_taken(session, work=work, rows=done)
            session.commit()
        if not count:
            return True
        pace.rest()
