"""Marking availabilities that have run out.

Nothing depends on it: matching asks the clock. The mark, its event and its change row exist so
that a coordinator and the woman herself see when it happened.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from roster.models import Availability
from roster.permissions import Actor, Permission
from roster.services.trail import add_audit, add_change, require

BATCH = 200
"""Rows in one transaction: a third of a second in which other writers wait."""


def expire_availabilities(
    session: Session, *, actor: Actor, now: datetime, limit: int = BATCH
) -> int:
    """Mark up to ``limit`` current statements whose ``valid_until`` has come; return how many.

    Each gets one event and one change row in this transaction. A marked row is passed over, so
    that a second, a repeated or a late run adds nothing.
    """
    require(Permission.RUN_JOBS, actor)
    due = (
        select(Availability)
        .where(*_is_due(now))
        .order_by(Availability.valid_until, Availability.id)
        .limit(limit)
    )
    rows = session.scalars(due).all()
    for row in rows:
        row.expired_at = now
        add_change(session, row.mediator_id)
        add_audit(
            session,
            actor=actor,
            action="availability.expired",
            subject_kind="mediator",
            subject_id=row.mediator_id,
            detail={"availability": row.id},
        )
    return len(rows)


def count_expiring(session: Session, *, now: datetime) -> tuple[int, int]:
    """How many statements are due to be marked, of how many that are not marked yet."""
    unmarked = (Availability.superseded_at.is_(None), Availability.expired_at.is_(None))
    count = select(func.count()).select_from(Availability)
    due = session.scalar(count.where(*_is_due(now))) or 0
    return due, session.scalar(count.where(*unmarked)) or 0


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        Availability.superseded_at.is_(None),
        Availability.expired_at.is_(None),
        Availability.valid_until <= now,
    )
