"""Asking one woman by name, on the same day's measure as asking many: one message a day.

A coordinator may ask again about the same answer, since she asks this one woman and knows why; but
never twice on one day of hers, nor on a day on which the service writes to her by itself.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.local_days import local_day
from roster.models import Mediator, OutboxMessage
from roster.permissions import Actor, Permission, Subject
from roster.queries.records import get_record
from roster.services.asking_many import list_due_today, load_written
from roster.services.consent_links import ask_again
from roster.services.invitations import SentLink, send_renewal
from roster.services.trail import require


def ask_one(session: Session, *, actor: Actor, record_id: int, now: datetime) -> SentLink:
    """Ask by mail whether her last answer still holds; ``Refused`` where she had her message today."""
    mediator = _get_woman(session, actor, record_id)
    _check_day(session, mediator, now)
    return send_renewal(session, actor=actor, mediator_id=mediator.id)


def ask_consents_again(
    session: Session, *, actor: Actor, record_id: int, now: datetime
) -> OutboxMessage:
    """Ask by mail for what she agreed to before; ``Refused`` where she had her message today."""
    _check_day(session, _get_woman(session, actor, record_id), now)
    return ask_again(session, actor=actor, record_id=record_id)


def _get_woman(session: Session, actor: Actor, record_id: int) -> Mediator:
    record = get_record(session, actor=actor, record_id=record_id)
    require(Permission.INVITE, actor, Subject(network_code=record.network_code))
    return record.mediator


def _check_day(session: Session, mediator: Mediator, now: datetime) -> None:
    written = load_written(session, [mediator.id]).get(mediator.id)
    today = local_day(now, mediator.time_zone)
    if written is not None and local_day(written.last, mediator.time_zone) >= today:
        raise Refused("written_today")
    if mediator.id in list_due_today(session, [mediator.id], now):
        raise Refused("due_today")
