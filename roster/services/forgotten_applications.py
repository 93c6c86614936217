"""Applications are kept for a time only: decided ones six months, unfinished ones 90 days."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from roster.models import Application, Link
from roster.permissions import Actor, Permission
from roster.services.application_letters import erase_answers
from roster.services.applying import UNFINISHED
from roster.services.trail import add_audit, require

KEPT_DECIDED = timedelta(days=183)
"""Six months after the decision (product, section 9, retention)."""
KEPT_UNFINISHED = timedelta(days=90)
"""After the newest link to it; without a link of two weeks nobody can go on."""
BATCH = 200


def forget_applications(session: Session, *, actor: Actor, now: datetime) -> int:
    """Erase at most a batch of those whose time is over; how many there were."""
    require(Permission.RUN_JOBS, actor)
    over = session.scalars(
        select(Application).where(_is_over(now)).order_by(Application.id).limit(BATCH)
    ).all()
    for application in over:
        erase_answers(session, application)
        session.flush()
        session.delete(application)
    if over:
        add_audit(
            session,
            actor=actor,
            action="applications.forgotten",
            subject_kind="application",
            detail={"count": len(over)},
        )
    return len(over)


def count_over(session: Session, *, now: datetime) -> int:
    """Those whose time is over."""
    return session.scalar(select(func.count(Application.id)).where(_is_over(now))) or 0


def _is_over(now: datetime) -> ColumnElement[bool]:
    start = now - KEPT_UNFINISHED
    has_newer_link = (
        select(Link.id)
        .where(Link.application_id == Application.id, Link.created_at >= start)
        .exists()
    )
    return or_(
        and_(Application.decided_at.is_not(None), Application.decided_at < now - KEPT_DECIDED),
        and_(Application.state.in_(UNFINISHED), Application.created_at < start, ~has_newer_link),
    )
