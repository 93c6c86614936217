"""What a woman sees of herself: who looked at her, and which answers named her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster import permissions
from roster.errors import NotFound
from roster.models import Mediator, ReadEvent, RoleGrant, Run, RunRow
from roster.permissions import Actor, Permission, Subject


@dataclass(frozen=True)
class Look:
    """Somebody looked, or an answer named her. Whose it was is said as a kind, never as a name."""

    at: datetime
    kind: str
    """coordinator_record, coordinator_contact, envoy_card, proposed or other."""
    times: int = 1


def get_herself(session: Session, *, actor: Actor, mediator_id: int) -> Mediator:
    """Her row, for herself."""
    mediator = session.get(Mediator, mediator_id)
    subject = Subject(mediator_id=mediator_id)
    if mediator is None or not permissions.decide(Permission.SEE_OWN_PROFILE, actor, subject):
        raise NotFound
    return mediator


def list_looks(session: Session, *, actor: Actor, mediator_id: int, limit: int) -> list[Look]:
    """Who looked at her and which answers named her, newest first; her own looks are left out."""
    if not permissions.decide(Permission.SEE_OWN_PROFILE, actor, Subject(mediator_id=mediator_id)):
        raise NotFound
    looks = [*_list_readings(session, actor, mediator_id, limit), *_list_runs(session, mediator_id)]
    return sorted(looks, key=lambda look: look.at, reverse=True)[:limit]


def _list_readings(session: Session, actor: Actor, mediator_id: int, limit: int) -> list[Look]:
    """One line for each kind of reader and day: a page read twice is one look."""
    event, day = ReadEvent, func.date(ReadEvent.at)
    newest = func.max(event.at)
    rows = session.execute(
        select(newest, RoleGrant.role, event.what, func.count(event.id.distinct()))
        .outerjoin(RoleGrant, RoleGrant.account_id == event.account_id)
        .where(
            event.mediator_id == mediator_id,
            event.account_id.is_distinct_from(actor.account_id),
        )
        .group_by(day, event.account_id, RoleGrant.role, event.what)
        .order_by(newest.desc())
        .limit(limit)
    )
    return [Look(at, _kind(role, what), times) for at, role, what, times in rows]


def _kind(role: str | None, what: str) -> str:
    if role == "coordinator":
        return "coordinator_contact" if what == "contact" else "coordinator_record"
    return "envoy_card" if role == "envoy" else "other"


def _list_runs(session: Session, mediator_id: int) -> list[Look]:
    """Answers that held her, each counted once."""
    rows = session.scalars(
        select(Run.at)
        .join(RunRow, RunRow.run_id == Run.id)
        .where(RunRow.mediator_id == mediator_id)
        .group_by(Run.id, Run.at)
    )
    return [Look(at, "proposed") for at in rows]
