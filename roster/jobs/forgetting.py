"""Erasing who left, forgetting what is kept no longer, and anchoring the trail."""

from __future__ import annotations

from functools import partial

from roster import clock
from roster.jobs.turn import (
    ASKS_ABOVE_ROWS,
    ASKS_ABOVE_SHARE,
    Asks,
    Turn,
    repeat_in_batches,
    write_at_pace,
)
from roster.services.anchors import add_anchor, anchor_path
from roster.services.availability_history import count_replaced, forget_statements, list_outdated
from roster.services.erasing import erase_due, plan_erasures
from roster.services.erasure_ledger import catch_up, ledger_path
from roster.services.erasure_replay import list_forgotten, replay
from roster.services.exchanges import forget_exchanges as forget_ended
from roster.services.forgotten_applications import forget_applications as forget_some
from roster.services.idempotency import forget_answers
from roster.services.schedule import forget_old_runs
from roster.services.unanswered import count_unanswered, forget_files, forget_unanswered


def anchor(turn: Turn) -> int:
    """Note the trail's length and last digest outside the database."""
    with turn.database.reading() as session:
        path = anchor_path(turn.settings)
        return int(add_anchor(session, path, actor=turn.actor, now=clock.now()))


def erase(turn: Turn) -> int:
    """Erase those whose days of grace are over, and leave nothing of them in the log of writes."""
    replay_ledger(turn)
    with turn.database.reading() as session:
        catch_up(session, ledger_path(turn.settings))
        plan = plan_erasures(session, now=clock.now())
    changed = repeat_in_batches(turn, partial(erase_due, plan=plan))
    turn.database.empty_log()
    return changed


def replay_ledger(turn: Turn) -> int:
    """Hide whoever left since the backup that this database was restored from; mostly nobody."""
    ledger = ledger_path(turn.settings)
    with turn.database.reading() as session:
        if not list_forgotten(session, ledger):
            return 0
    with turn.writing() as session:
        count = replay(session, actor=turn.actor, ledger=ledger, now=clock.now())
        session.commit()
    return count


def tidy(turn: Turn) -> int:
    """Forget what the ledger of runs needs no longer, and answers kept for programs."""
    with turn.writing() as session:
        forgotten = forget_old_runs(session, now=clock.now())
        forgotten += forget_answers(session, now=clock.now())
        session.commit()
    return forgotten


def forget_imports(turn: Turn) -> int:
    """Forget files, rows and women of imports that nobody answered to, batch by batch."""
    with turn.database.reading() as session:
        due, of = count_unanswered(session, now=clock.now())
    if due > max(ASKS_ABOVE_ROWS, ASKS_ABOVE_SHARE * of) and not turn.is_confirmed:
        raise Asks("forgetting_improbable", due=due, of=of)
    steps = (forget_files, forget_unanswered)
    return sum(repeat_in_batches(turn, step) for step in steps)


def forget_applications(turn: Turn) -> int:
    """Forget applications that were decided on, or left unfinished, long ago."""
    return repeat_in_batches(turn, forget_some)


def forget_exchanges(turn: Turn) -> int:
    """Forget proposals to learn together that ended a year ago."""
    return repeat_in_batches(turn, forget_ended)


def forget_history(turn: Turn) -> int:
    """Forget statements of availability that were replaced long ago, batch by batch."""
    began = clock.now()
    with turn.database.reading() as session:
        ids, replaced = list_outdated(session, now=began), count_replaced(session)
    is_improbable = len(ids) > max(ASKS_ABOVE_ROWS, ASKS_ABOVE_SHARE * replaced)
    if is_improbable and not turn.is_confirmed:
        raise Asks("forgetting_improbable", due=len(ids), of=replaced)
    return write_at_pace(turn, began, ids, forget_statements)
