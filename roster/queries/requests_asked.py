"""Submitted requests that ask some networks, as their coordinators read them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.errors import NotFound
from roster.models import Account, MatchRequest, Network, RequestStep, Run, RunRow
from roster.permissions import Actor, Subject

LIVE = (
    "submitted",
    "clarifying",
    "accepted",
    "searching",
    "approaching",
    "ready",
    "released",
    "interviewing",
)
"""Submitted, and not decided yet."""
WAITING = frozenset({"submitted", "clarifying"})


@dataclass(frozen=True)
class AskedRequest:
    """What a network that is asked may read. The title is the requester's own and not here."""

    id: int
    code: str
    version: int
    state: str
    submitted_at: datetime | None
    answer_by: datetime | None
    criteria: Mapping[str, Any]
    office: str
    country: str | None
    is_verified: bool
    networks: frozenset[str]
    """Those that it names; empty: all."""

    @property
    def waits(self) -> bool:
        """Whether a network has to accept it before it is searched."""
        return self.state in WAITING and not self.is_verified


def find_asked_subject(session: Session, code: str, **_other: object) -> Subject:
    """The networks that a submitted request asks; NotFound for a draft and for none at all."""
    request = _find(session, code)
    if request is None:
        raise NotFound
    named = frozenset(request.criteria.get("networks") or ())
    return Subject(network_codes=named or _all_networks(session))


def _find(session: Session, code: str) -> MatchRequest | None:
    return session.scalars(
        select(MatchRequest).where(MatchRequest.code == code, MatchRequest.state.in_(LIVE))
    ).one_or_none()


def _all_networks(session: Session) -> frozenset[str]:
    return frozenset(session.scalars(select(Network.code).where(Network.has_members.is_(True))))


def list_asked(session: Session, actor: Actor) -> list[AskedRequest]:
    """Live requests that ask a network of hers: those that wait first, the newest before older."""
    rows = session.execute(
        select(MatchRequest, Account)
        .join(Account, Account.id == MatchRequest.account_id)
        .where(MatchRequest.state.in_(LIVE))
        .order_by(MatchRequest.submitted_at.desc(), MatchRequest.id.desc())
    ).all()
    found = [describe_asked(request, account) for request, account in rows]
    hers = [one for one in found if asks_any(one.networks, actor.coordinates)]
    return sorted(hers, key=lambda one: not one.waits)


def asks_any(named: Collection[str], networks: Collection[str]) -> bool:
    """Whether a request asks one of these networks: by its name, or all by naming none."""
    return not named or bool({*named} & {*networks})


def get_asked(session: Session, code: str) -> AskedRequest:
    """One of them; who may read it is asked before."""
    request = _find(session, code)
    if request is None:
        raise NotFound
    return describe_asked(request, session.get_one(Account, request.account_id))


def describe_asked(request: MatchRequest, account: Account) -> AskedRequest:
    """The request without its title and without who made it, but for her office."""
    return AskedRequest(
        id=request.id,
        code=request.code,
        version=request.version,
        state=request.state,
        submitted_at=request.submitted_at,
        answer_by=request.answer_by,
        criteria={**request.criteria, "title": ""},
        office=account.requester_office or "",
        country=account.requester_country,
        is_verified=account.verified_at is not None,
        networks=frozenset(request.criteria.get("networks") or ()),
    )


def list_steps(session: Session, request_id: int) -> Sequence[RequestStep]:
    """The steps of a request, the first first."""
    statement = (
        select(RequestStep).where(RequestStep.request_id == request_id).order_by(RequestStep.id)
    )
    return session.scalars(statement).all()


def find_first_shortlist(session: Session, request: MatchRequest) -> float | None:
    """Hours from the day it was submitted to its first run with somebody listed; None before."""
    first = session.scalar(
        select(func.min(Run.at))
        .join(RunRow, RunRow.run_id == Run.id)
        .where(Run.request_id == request.id, RunRow.state == "listed")
    )
    if first is None or request.submitted_at is None:
        return None
    return float((first - request.submitted_at).total_seconds() / 3600)
