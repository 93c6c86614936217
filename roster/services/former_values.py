"""Former values of records are forgotten once they are too old to explain anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from roster.models import EntryHistory
from roster.permissions import Actor, Permission
from roster.services.trail import add_audit, require

FORMER_ARE_KEPT = timedelta(days=730)
"""24 months after it was ended, as long as the trail (product, section 9)."""
MOST_AT_ONCE = 100_000
"""Rows of one run: what is beyond waits for the next one."""


def list_old_values(session: Session, *, now: datetime) -> list[int]:
    """Ids of values that were ended too long ago, to be read before any lock is taken."""
    old = select(EntryHistory.id).where(EntryHistory.ended_at < now - FORMER_ARE_KEPT)
    return list(session.scalars(old.order_by(EntryHistory.id).limit(MOST_AT_ONCE)))


def count_former(session: Session) -> int:
    """All former values that are still kept."""
    return session.scalar(select(func.count()).select_from(EntryHistory)) or 0


def forget_values(session: Session, *, actor: Actor, ids: Sequence[int], now: datetime) -> int:
    """Delete those of ``ids`` that are too old, with one event that holds their number.

    What stands in the records is not touched, and nothing of this is in the engine's columns.
    """
    require(Permission.RUN_JOBS, actor)
    gone = session.scalars(
        delete(EntryHistory)
        .where(EntryHistory.id.in_(ids), EntryHistory.ended_at < now - FORMER_ARE_KEPT)
        .returning(EntryHistory.id)
    ).all()
    if gone:
        add_audit(
            session,
            actor=actor,
            action="entry_history.forgotten",
            subject_kind="entry_history",
            detail={"count": len(gone)},
        )
    return len(gone)
