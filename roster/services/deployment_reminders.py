"""The end of a deployment comes near: both sides are told 30 and 7 days before, and on the day.

Each at most once. After a pause of the job only the latest is sent; what was missed is not made up.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.local_days import local_day
from roster.models import Account, Approach, Deployment, MatchRequest, Mediator
from roster.permissions import Actor, Permission
from roster.services.approach_messages import PATH
from roster.services.message_choices import DEFAULT, next_allowed
from roster.services.trail import add_message, require
from roster.services.writing import make_message_id, write_to_her

STEPS = (30, 7, 0)
"""Days before the last day."""
FOR_HER, FOR_REQUESTER = "deployment", "deployment_requester"


def list_due(session: Session, now: datetime) -> list[int]:
    """Deployments under way whose end is near, the oldest first; few of them are due at a time."""
    rows = session.execute(
        select(Deployment, Mediator.time_zone)
        .join(Approach, Approach.id == Deployment.approach_id)
        .join(Mediator, Mediator.id == Approach.mediator_id)
        .where(
            Deployment.state == "active",
            Deployment.ends_on <= now.date() + timedelta(days=max(STEPS) + 1),
        )
        .order_by(Deployment.id)
    )
    return [one.id for one, zone in rows if list_steps(one, now, zone)]


def list_steps(deployment: Deployment, now: datetime, time_zone: str) -> list[int]:
    """Which reminders are due on her calendar and were not sent."""
    left = (deployment.ends_on - local_day(now, time_zone)).days
    return [step for step in STEPS if left <= step and step not in deployment.reminded]


def remind_due(session: Session, *, actor: Actor, ids: Iterable[int], now: datetime) -> int:
    """Write to both sides of each of these, once; return of how many something was due."""
    require(Permission.RUN_JOBS, actor)
    rows = session.scalars(
        select(Deployment).where(Deployment.id.in_(sorted(set(ids)))).order_by(Deployment.id)
    )
    return sum(_remind(session, one, now) for one in rows)


def _remind(session: Session, deployment: Deployment, now: datetime) -> bool:
    approach = session.get_one(Approach, deployment.approach_id)
    her = session.get_one(Mediator, approach.mediator_id)
    steps = list_steps(deployment, now, her.time_zone)
    if deployment.state != "active" or not steps:
        return False
    path = f"{PATH}/{approach.code}/deployment"
    write_to_her(session, mediator=her, template=FOR_HER, values={"path": path})
    _write_to_requester(session, approach, now)
    deployment.reminded = sorted({*deployment.reminded, *steps}, reverse=True)
    session.flush()
    return True


def _write_to_requester(session: Session, approach: Approach, now: datetime) -> None:
    request = session.get_one(MatchRequest, approach.request_id)
    account = session.get_one(Account, request.account_id)
    if not account.is_active:
        return
    path = f"/requests/{request.code}/approaches/{approach.handle}/deployment"
    add_message(
        session,
        template=FOR_REQUESTER,
        language=account.language,
        recipient=account.email,
        values={"path": path},
        message_id=make_message_id(),
        due_at=next_allowed(DEFAULT, account.time_zone, now),
    )
