"""Marking availabilities that have run out.

Nothing depends on it: matching asks the clock. The mark, its event, its change row and the message
to her exist so that a coordinator and the woman herself see when it happened.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from roster.models import Availability
from roster.permissions import Actor, Permission
from roster.services.reminders import add_ended_reminders
from roster.services.trail import add_audits, add_changes, require

Row = tuple[int, int]
"""Id of a statement, id of the woman who made it."""

UNMARKED = (Availability.superseded_at.is_(None), Availability.expired_at.is_(None))
"""Current and not seen by the job yet: what the index ``ix_availability_unmarked`` holds."""


def expire_availabilities(session: Session, *, actor: Actor, now: datetime, limit: int) -> int:
    """Mark up to ``limit`` current statements whose ``valid_until`` has come; return how many.

    Each gets one event, and its woman a change row and a message, in this transaction. A marked row
    is passed over, so that a second, a repeated or a late run adds nothing.
    """
    require(Permission.RUN_JOBS, actor)
    due = (
        select(Availability.id, Availability.mediator_id)
        .where(*_is_due(now))
        .order_by(Availability.valid_until, Availability.id)
        .limit(limit)
    )
    rows = [(row.id, row.mediator_id) for row in session.execute(due)]
    if rows:
        _mark(session, rows, actor=actor, now=now)
    return len(rows)


def _mark(session: Session, rows: Sequence[Row], *, actor: Actor, now: datetime) -> None:
    """A fixed number of statements for any number of rows."""
    session.execute(
        update(Availability)
        .where(Availability.id.in_([availability_id for availability_id, _ in rows]))
        .values(expired_at=now, version=Availability.version + 1)
        .execution_options(synchronize_session=False)
    )
    add_changes(session, (mediator_id for _, mediator_id in rows))
    add_audits(
        session,
        actor=actor,
        action="availability.expired",
        subject_kind="mediator",
        subjects=[(mediator_id, {"availability": one}) for one, mediator_id in rows],
    )
    add_ended_reminders(session, rows=rows, now=now)


def count_due(session: Session, *, now: datetime, limit: int | None = None) -> int:
    """How many statements are due to be marked; counting ends at ``limit``."""
    due = select(Availability.id).where(*_is_due(now)).limit(limit)
    return session.scalar(select(func.count()).select_from(due.subquery())) or 0


def count_unmarked(session: Session) -> int:
    """How many current statements are not marked yet, due or not: reads all of them."""
    return session.scalar(select(func.count()).select_from(Availability).where(*UNMARKED)) or 0


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (*UNMARKED, Availability.valid_until <= now)
