"""Processes that an actor keeps, with their phases, objections and requests; focal points beside."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import permissions
from roster.errors import NotFound
from roster.models import FocalPoint, Handle, MatchRequest, Objection, Process, ProcessPhase
from roster.permissions import Actor, Permission, Subject


@dataclass(frozen=True)
class KnownObjection:
    """An objection that stands, by the handles under which its requests know the woman."""

    id: int
    party_code: str
    noted_at: datetime
    handles: tuple[tuple[str, str], ...]
    """Code of a request of this process and her handle there."""


def find_subject(session: Session, process_code: str, **_other: object) -> Subject:
    """What permissions ask of a process; NotFound where there is none of this code."""
    owner = session.scalar(select(Process.account_id).where(Process.code == process_code))
    if owner is None:
        raise NotFound
    return Subject(account_id=owner)


def list_processes(session: Session, actor: Actor) -> Sequence[Process]:
    """Her processes: the open ones first, the newest before older ones."""
    statement = (
        select(Process)
        .where(Process.account_id == actor.account_id)
        .order_by(Process.closed_at.is_not(None), Process.created_at.desc(), Process.id.desc())
    )
    return session.scalars(statement).all()


def get_process(session: Session, actor: Actor, code: str) -> Process:
    """One process; NotFound for one that is absent or another's."""
    process = session.scalars(select(Process).where(Process.code == code)).one_or_none()
    if process is None or not permissions.decide(
        Permission.KEEP_PROCESS, actor, Subject(account_id=process.account_id)
    ):
        raise NotFound
    return process


def list_phases(session: Session, process_id: int) -> Sequence[ProcessPhase]:
    """Its phases, the newest first: phases come back, so each entry stands."""
    statement = (
        select(ProcessPhase)
        .where(ProcessPhase.process_id == process_id)
        .order_by(ProcessPhase.since.desc(), ProcessPhase.id.desc())
    )
    return session.scalars(statement).all()


def list_requests(session: Session, process_id: int) -> Sequence[MatchRequest]:
    """Its requests, the newest first."""
    statement = (
        select(MatchRequest)
        .where(MatchRequest.process_id == process_id)
        .order_by(MatchRequest.created_at.desc(), MatchRequest.id.desc())
    )
    return session.scalars(statement).all()


def list_objections(session: Session, process_id: int) -> list[KnownObjection]:
    """The objections that stand, in the order in which they were noted."""
    standing = session.scalars(
        select(Objection)
        .where(Objection.process_id == process_id, Objection.withdrawn_at.is_(None))
        .order_by(Objection.id)
    ).all()
    known = session.execute(
        select(Handle.mediator_id, MatchRequest.code, Handle.code)
        .join(MatchRequest, MatchRequest.id == Handle.request_id)
        .where(
            MatchRequest.process_id == process_id,
            Handle.mediator_id.in_([one.mediator_id for one in standing]),
        )
        .order_by(MatchRequest.id)
    ).all()
    return [
        KnownObjection(
            one.id,
            one.party_code,
            one.noted_at,
            tuple((code, handle) for her, code, handle in known if her == one.mediator_id),
        )
        for one in standing
    ]


def list_focal_points(
    session: Session, countries: Collection[str] | None = None
) -> Sequence[FocalPoint]:
    """The directory by country; of these countries only, where they are given."""
    statement = select(FocalPoint).order_by(FocalPoint.country)
    if countries is not None:
        statement = statement.where(FocalPoint.country.in_(sorted(countries)))
    return session.scalars(statement).all()
