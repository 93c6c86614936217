"""What a woman sees of herself: who looked at her, and which answers named her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, case, desc, func, select
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
    """coordinator_record, coordinator_contact, envoy_card, mediator_card, proposed or other."""
    times: int = 1


def get_herself(session: Session, *, actor: Actor, mediator_id: int) -> Mediator:
    """Her row, for herself."""
    mediator = session.get(Mediator, mediator_id)
    subject = Subject(mediator_id=mediator_id)
    if mediator is None or not permissions.decide(Permission.SEE_OWN_PROFILE, actor, subject):
        raise NotFound
    return mediator


def list_looks(
    session: Session, *, actor: Actor, mediator_id: int, limit: int, offset: int = 0
) -> list[Look]:
    """Who looked at her and which answers named her, newest first; her own looks are left out."""
    _require_herself(actor, mediator_id)
    most = offset + limit
    readings = session.execute(
        _select_readings(actor, mediator_id).order_by(desc("newest")).limit(most)
    )
    looks = [
        Look(at, _kind(what, is_coordinator=bool(coordinates)), times)
        for at, what, coordinates, times in readings
    ]
    runs = session.scalars(_select_runs(mediator_id).order_by(Run.at.desc()).limit(most))
    looks += [Look(at, "proposed") for at in runs]
    return sorted(looks, key=lambda look: look.at, reverse=True)[offset:most]


def count_looks(session: Session, *, actor: Actor, mediator_id: int) -> int:
    """How many lines ``list_looks`` has in all."""
    _require_herself(actor, mediator_id)
    parts = (_select_readings(actor, mediator_id), _select_runs(mediator_id))
    return sum(
        session.scalar(select(func.count()).select_from(part.subquery())) or 0 for part in parts
    )


def _require_herself(actor: Actor, mediator_id: int) -> None:
    if not permissions.decide(Permission.SEE_OWN_PROFILE, actor, Subject(mediator_id=mediator_id)):
        raise NotFound


def _select_readings(actor: Actor, mediator_id: int) -> Select[datetime, str, int, int]:
    """One line for each reader, kind of look and day: a page read twice is one look."""
    event = ReadEvent
    coordinates = case((RoleGrant.role == "coordinator", 1), else_=0)
    return (
        select(
            func.max(event.at).label("newest"),
            event.what,
            func.max(coordinates),
            func.count(event.id.distinct()),
        )
        .outerjoin(RoleGrant, RoleGrant.account_id == event.account_id)
        .where(
            event.mediator_id == mediator_id,
            event.account_id.is_distinct_from(actor.account_id),
        )
        .group_by(func.date(event.at), event.account_id, event.what)
    )


def _kind(what: str, *, is_coordinator: bool) -> str:
    """A card is an envoy's to see, a record a coordinator's; of others nothing more is said."""
    if what == "card":
        return "envoy_card"
    if what == "exchange":
        return "mediator_card"
    if not is_coordinator:
        return "other"
    return "coordinator_contact" if what == "contact" else "coordinator_record"


def _select_runs(mediator_id: int) -> Select[datetime]:
    """Answers that held her, each counted once."""
    return (
        select(Run.at)
        .join(RunRow, RunRow.run_id == Run.id)
        .where(RunRow.mediator_id == mediator_id)
        .group_by(Run.id, Run.at)
    )
