"""Requests and runs that an actor may see, and how often was searched."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from roster import permissions
from roster.errors import NotFound
from roster.models import Account, MatchRequest, Run
from roster.permissions import Actor, Permission, Subject

DAY = timedelta(days=1)


def list_visible_requests(session: Session, actor: Actor) -> Sequence[MatchRequest]:
    """Requests that this actor may read, the newest first, each with its runs."""
    owners = session.scalars(select(MatchRequest.account_id).distinct())
    visible = [owner for owner in owners if _may_read(actor, owner)]
    statement = (
        select(MatchRequest)
        .where(MatchRequest.account_id.in_(visible))
        .options(selectinload(MatchRequest.runs))
        .order_by(MatchRequest.created_at.desc(), MatchRequest.id.desc())
    )
    return session.scalars(statement).all()


def _may_read(actor: Actor, owner: int) -> bool:
    return permissions.decide(Permission.READ_REQUEST, actor, Subject(account_id=owner))


def get_subject(session: Session, code: str, **_other: object) -> Subject:
    """What permissions ask of a request; NotFound where there is none of this code."""
    owner = session.scalar(select(MatchRequest.account_id).where(MatchRequest.code == code))
    if owner is None:
        raise NotFound
    return Subject(account_id=owner)


def get_request(session: Session, actor: Actor, code: str) -> MatchRequest:
    """One request with its runs; NotFound for one that is absent or another's."""
    request = session.scalars(
        select(MatchRequest)
        .where(MatchRequest.code == code)
        .options(selectinload(MatchRequest.runs))
    ).one_or_none()
    if request is None or not _may_read(actor, request.account_id):
        raise NotFound
    return request


def get_run(session: Session, actor: Actor, code: str, number: int) -> Run:
    """The ``number``-th run of a request, from 1, with its rows; NotFound otherwise."""
    request = get_request(session, actor, code)
    if not 1 <= number <= len(request.runs):
        raise NotFound
    statement = (
        select(Run)
        .where(Run.id == request.runs[number - 1].id)
        .options(selectinload(Run.rows), selectinload(Run.match_request))
    )
    return session.scalars(statement).one()


def count_runs_of_request(session: Session, request_id: int, now: datetime) -> int:
    """Runs of one request within the last 24 hours."""
    statement = select(func.count(Run.id)).where(Run.request_id == request_id, Run.at > now - DAY)
    return session.scalar(statement) or 0


def count_runs_of_office(session: Session, account: Account, now: datetime) -> int:
    """Runs within the last 24 hours of all accounts of the same office; of the account without."""
    return session.scalar(_of_office(select(func.count(Run.id)), account, now)) or 0


def list_criteria_of_office(
    session: Session, account: Account, now: datetime
) -> list[dict[str, Any]]:
    """What those runs asked."""
    return list(session.scalars(_of_office(select(Run.criteria), account, now)))


def _of_office(statement: Select[Any], account: Account, now: datetime) -> Select[Any]:
    statement = (
        statement.join(MatchRequest, MatchRequest.id == Run.request_id)
        .join(Account, Account.id == MatchRequest.account_id)
        .where(Run.at > now - DAY)
    )
    if account.requester_office:
        return statement.where(Account.requester_office == account.requester_office)
    return statement.where(Account.id == account.id)
