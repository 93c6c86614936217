"""What the clock says of approaches: a reminder, no answer, the end of a release or of a request.

Each happens exactly once, whoever else writes meanwhile: every one looks again at the approach it
was told of before it writes, and leaves a mark that it would not find open a second time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from roster.models import Approach, Deployment, MatchRequest, Release
from roster.permissions import Actor, Permission
from roster.queries.approaches import ENDED_REQUESTS, OPEN, WAITING, find_release
from roster.services.approach_answers import end_by, end_hold, end_release_of, tell_outcome
from roster.services.approach_messages import REMINDER, write_of
from roster.services.approach_states import SCHEDULER, step
from roster.services.deployment_states import find_deployment
from roster.services.deployments import let_go
from roster.services.trail import require

REMINDED = ("sent", "seen", "later")
"""Who has asked something waits for an answer herself; whoever was not told yet is not reminded."""
UNDECIDED = (*OPEN, "released")
"""What a request that has ended leaves open."""


def list_due(session: Session, now: datetime) -> list[int]:
    """Approaches of which something may be due, the oldest first."""
    planned = select(Deployment.id).where(
        Deployment.approach_id == Approach.id, Deployment.state == "planned"
    )
    over = select(Release.id).where(
        Release.approach_id == Approach.id,
        or_(Release.ends_at <= now, Release.withdrawn_at.is_not(None)),
    )
    return list(
        session.scalars(
            select(Approach.id)
            .join(MatchRequest, MatchRequest.id == Approach.request_id)
            .where(
                or_(
                    and_(Approach.state.in_(WAITING), Approach.answer_by <= now),
                    and_(Approach.state.in_(REMINDED), Approach.reminded_at.is_(None)),
                    and_(Approach.state == "released", over.exists()),
                    and_(Approach.state.in_(UNDECIDED), MatchRequest.state.in_(ENDED_REQUESTS)),
                    and_(MatchRequest.state == "cancelled", planned.exists()),
                )
            )
            .order_by(Approach.id)
        )
    )


def settle_due(session: Session, *, actor: Actor, ids: Iterable[int], now: datetime) -> int:
    """Do what is due of each of these approaches; return of how many something was."""
    require(Permission.RUN_JOBS, actor)
    rows = session.scalars(
        select(Approach).where(Approach.id.in_(sorted(set(ids)))).order_by(Approach.id)
    ).all()
    return sum(_settle(session, actor, approach, now) for approach in rows)


def _settle(session: Session, actor: Actor, approach: Approach, now: datetime) -> bool:
    request = session.get_one(MatchRequest, approach.request_id)
    if request.state in ENDED_REQUESTS:
        return _end_with_request(session, actor, approach, request)
    if approach.state in WAITING and approach.answer_by <= now:
        step(session, actor=actor, approach=approach, to_state="no_answer", side=SCHEDULER)
        return True
    if approach.state == "released":
        return _end_release(session, actor, approach, now)
    return _remind(session, approach, now)


def _end_with_request(
    session: Session, actor: Actor, approach: Approach, request: MatchRequest
) -> bool:
    """Who waits for a word gets it; work that was planned for a cancelled request is let go."""
    if approach.state == "selected" and request.state == "cancelled":
        return _let_go_planned(session, actor, approach)
    if approach.state not in UNDECIDED:
        return False
    end_by(session, actor, approach, SCHEDULER)
    return True


def _let_go_planned(session: Session, actor: Actor, approach: Approach) -> bool:
    deployment = find_deployment(session, approach.id)
    if deployment is None or deployment.state != "planned":
        return False
    let_go(session, actor, approach, deployment, SCHEDULER)
    return True


def _end_release(session: Session, actor: Actor, approach: Approach, now: datetime) -> bool:
    """Thirty days without a word: her name goes out of sight, and she is told that it is over."""
    release = find_release(session, approach.id)
    if release is not None and release.withdrawn_at is None and release.ends_at > now:
        return False
    step(session, actor=actor, approach=approach, to_state="closed", side=SCHEDULER)
    end_hold(approach)
    end_release_of(session, approach)
    tell_outcome(session, approach)
    return True


def _remind(session: Session, approach: Approach, now: datetime) -> bool:
    """Once, halfway to the day on which her answer is due."""
    halfway = approach.created_at + (approach.answer_by - approach.created_at) / 2
    if approach.state not in REMINDED or approach.reminded_at is not None or now < halfway:
        return False
    write_of(session, approach, REMINDER)
    approach.reminded_at = now
    session.flush()
    return True
