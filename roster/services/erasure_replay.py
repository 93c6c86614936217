"""A restored backup has forgotten who left. The erasure ledger has not: it is replayed.

At every start, after every migration and at every turn of the job: whoever left since the backup
was made is hidden before the first page is answered, and erased as if nothing had been restored.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import Erasure, Mediator, Record
from roster.permissions import Actor, Permission
from roster.services.erasure_ledger import Asked, LedgerLine, instant_of, read_ledger
from roster.services.erasures import take_effect, undo
from roster.services.trail import require


def list_forgotten(session: Session, ledger: Path) -> list[LedgerLine]:
    """Lines of the ledger that say something else of a woman in the database than its rows do.

    For reading only: most starts find nothing here and so write nothing.
    """
    rows = _list_rows(session)
    lines = [line for line in read_ledger(ledger).values() if _says_otherwise(line, rows)]
    return [line for line in lines if _find_woman(session, line, is_taken_back(line)) is not None]


def replay(session: Session, *, actor: Actor, ledger: Path, now: datetime) -> int:
    """Hide again whoever left, and show again who took it back, since the backup; return how many.

    She keeps her days of grace from the day on which she asked. Nothing happens twice.
    """
    require(Permission.RUN_JOBS, actor)
    rows = _list_rows(session)
    count = 0
    for line in list_forgotten(session, ledger):
        woman = _find_woman(session, line, is_taken_back(line))
        if woman is None:
            continue
        if is_taken_back(line):
            undo(session, actor, woman, rows[line.asked], now)
        else:
            take_effect(session, actor, woman, _erasure_of(line))
        count += 1
    return count


def is_taken_back(line: LedgerLine) -> bool:
    """Whether she stayed after all."""
    return bool(line.taken_back_at)


def _list_rows(session: Session) -> dict[Asked, Erasure]:
    rows = session.scalars(select(Erasure).order_by(Erasure.id))
    return {(row.mediator_key, row.network_code, row.asked_at.isoformat()): row for row in rows}


def _says_otherwise(line: LedgerLine, rows: dict[Asked, Erasure]) -> bool:
    row = rows.get(line.asked)
    if row is None:
        return not is_taken_back(line)
    return is_taken_back(line) and row.taken_back_at is None and row.done_at is None


def _find_woman(session: Session, line: LedgerLine, was_taken_back: bool) -> Mediator | None:
    """The woman of the line, if she is in this database and has not come back to the network since.

    She is known by her random key: an id may stand for somebody else in a restored database.
    """
    woman = session.scalars(select(Mediator).where(Mediator.key == line.mediator_key)).one_or_none()
    if woman is None or line.network_code is None or was_taken_back:
        return woman
    newer = select(Record.id).where(
        Record.mediator_id == woman.id,
        Record.network_code == line.network_code,
        Record.created_at > instant_of(line.asked_at),
    )
    return None if session.scalar(newer.limit(1)) is not None else woman


def _erasure_of(line: LedgerLine) -> Erasure:
    return Erasure(
        mediator_key=line.mediator_key,
        network_code=line.network_code,
        asked_at=instant_of(line.asked_at),
        due_at=instant_of(line.due_at),
    )
