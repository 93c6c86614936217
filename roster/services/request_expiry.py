"""Requests that nobody brought to an end: over once their last day, or the day of their answer, is.

The day until which an answer was needed ends a request in which nobody has said yes; the last day
of the work ends any that has not chosen. Seen by a job, and by the clock in UTC.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.local_days import end_of_day
from roster.models import MatchRequest
from roster.permissions import Actor, Permission
from roster.queries.requests_asked import LIVE
from roster.services.request_states import move
from roster.services.trail import add_audit, require

BEFORE_A_YES = frozenset({"submitted", "clarifying", "accepted", "searching", "approaching"})
"""States that the day of the answer ends."""


def list_expired(session: Session, *, now: datetime) -> list[int]:
    """Requests that are over, by number; their criteria are sealed, so each live one is opened."""
    live = session.scalars(
        select(MatchRequest).where(MatchRequest.state.in_(LIVE)).order_by(MatchRequest.id)
    )
    return [one.id for one in live if is_over(one, now)]


def is_over(request: MatchRequest, now: datetime) -> bool:
    """Whether its time has passed at an instant."""
    if request.state not in LIVE:
        return False
    last = end_of_day(date.fromisoformat(request.criteria["end"]), "UTC")
    needed = request.answer_by if request.state in BEFORE_A_YES else None
    return now >= last or (needed is not None and now >= needed)


def expire_requests(session: Session, *, actor: Actor, ids: Sequence[int], now: datetime) -> int:
    """End those of ``ids`` that are still over; one that was changed meanwhile is left alone."""
    require(Permission.RUN_JOBS, actor)
    ended = 0
    for number in ids:
        request = session.get(MatchRequest, number)
        if request is None or not is_over(request, now):
            continue
        move(session, actor=actor, request=request, action="expire")
        request.close_reason = "expired"
        session.flush()
        add_audit(
            session,
            actor=actor,
            action="request.expired",
            subject_kind="request",
            subject_id=request.id,
        )
        ended += 1
    return ended
