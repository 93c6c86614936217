"""Statements of availability that were replaced long ago are forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from roster.models import Availability
from roster.permissions import Actor, Permission
from roster.services.trail import add_audit, require

HISTORY_IS_KEPT = timedelta(days=365)
"""Twelve months after it was replaced (product, section 9); what stands is never too old."""
MOST_AT_ONCE = 100_000
"""Rows of one run: what is beyond waits for the next one."""


def list_outdated(session: Session, *, now: datetime) -> list[int]:
    """Ids of statements that were replaced too long ago, to be read before any lock is taken."""
    old = select(Availability.id).where(Availability.superseded_at < now - HISTORY_IS_KEPT)
    return list(session.scalars(old.order_by(Availability.id).limit(MOST_AT_ONCE)))


def count_replaced(session: Session) -> int:
    """All statements that were ever replaced and are still kept."""
    replaced = select(func.count()).where(Availability.superseded_at.is_not(None))
    return session.scalar(replaced) or 0


def forget_statements(session: Session, *, actor: Actor, ids: Sequence[int], now: datetime) -> int:
    """Delete those of ``ids`` that are too old, with one event that holds their number.

    Nothing of them is in the engine's columns, so that no worker has to be told.
    """
    require(Permission.RUN_JOBS, actor)
    gone = session.scalars(
        delete(Availability)
        .where(Availability.id.in_(ids), Availability.superseded_at < now - HISTORY_IS_KEPT)
        .returning(Availability.id)
    ).all()
    if gone:
        add_audit(
            session,
            actor=actor,
            action="availability.forgotten",
            subject_kind="availability",
            detail={"count": len(gone)},
        )
    return len(gone)
