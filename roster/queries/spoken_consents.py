"""Consents by voice that wait for a second person, for the coordinators of their network."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from roster.errors import NotFound
from roster.models import Identity, Record, SpokenConsent
from roster.permissions import Actor, Permission, Subject, decide
from roster.queries.leaving import left_records
from roster.queries.records import visible_networks


@dataclass(frozen=True)
class WaitingConsent:
    """One that waits, with the record and name under which this network knows her."""

    row: SpokenConsent
    record_id: int
    name: str
    is_own: bool
    """Written down by the reader, who therefore cannot confirm it."""


def spoken_subject(session: Session, spoken_id: int) -> Subject:
    """What the permission table needs of a consent by voice; NotFound once she is leaving."""
    code = session.scalar(
        _select_shown().with_only_columns(Record.network_code).where(SpokenConsent.id == spoken_id)
    )
    if code is None:
        raise NotFound
    return Subject(network_code=code)


def list_waiting(session: Session, *, actor: Actor) -> list[WaitingConsent]:
    """All that waits in the actor's networks, the oldest first."""
    networks = [
        code
        for code in visible_networks(session, actor)
        if decide(Permission.HEAR_CONSENTS, actor, Subject(network_code=code))
    ]
    found = session.execute(
        _select_shown()
        .join(Identity, Identity.record_id == Record.id)
        .with_only_columns(SpokenConsent, Record.id, Identity.display_name)
        .where(SpokenConsent.state == "recorded", Record.network_code.in_(networks))
        .order_by(SpokenConsent.recorded_at, SpokenConsent.id)
    )
    return [
        WaitingConsent(row, record_id, name, row.recorded_by == actor.account_id)
        for row, record_id, name in found
    ]


def _select_shown() -> Select[SpokenConsent, Record]:
    """Each with the record that its network keeps of her, unless she is leaving."""
    return (
        select(SpokenConsent, Record)
        .join(
            Record,
            (Record.mediator_id == SpokenConsent.mediator_id)
            & (Record.network_code == SpokenConsent.network_code),
        )
        .where(Record.id.not_in(left_records()))
    )
