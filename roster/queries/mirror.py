"""What others see of a woman, asked for by herself and with no more rights than theirs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased, selectinload

from roster import permissions
from roster.errors import NotFound
from roster.models import Record, Run, RunRow
from roster.permissions import Actor, Permission, Subject
from roster.queries.leaving import left_records
from roster.queries.merges import list_closed_records
from roster.queries.records import Person, get_own_record, get_person


@dataclass(frozen=True)
class ReadRecord:
    """A record as a coordinator of its network reads it, with her own words where they may."""

    person: Person
    own: Record | None


@dataclass(frozen=True)
class NamedRow:
    """A row of an answer that names her by code, with its rank among those listed for its post."""

    row: RunRow
    rank: int


def _require_herself(actor: Actor, mediator_id: int) -> None:
    if not permissions.decide(Permission.SEE_OWN_PROFILE, actor, Subject(mediator_id=mediator_id)):
        raise NotFound


def list_read_records(
    session: Session, *, actor: Actor, mediator_id: int, now: datetime
) -> list[ReadRecord]:
    """Her networks' records, each read with the rights of a coordinator of that network.

    Not those of a network that she is leaving: nobody reads them.
    """
    _require_herself(actor, mediator_id)
    rows = session.execute(
        select(Record.id, Record.network_code)
        .where(
            Record.mediator_id == mediator_id,
            Record.network_code.is_not(None),
            Record.id.not_in(left_records()),
            Record.id.not_in(list_closed_records(session, mediator_id)),
        )
        .order_by(Record.network_code)
    )
    return [
        _read_as_coordinator(session, mediator_id, record_id, code or "", now)
        for record_id, code in rows.all()
    ]


def _read_as_coordinator(
    session: Session, mediator_id: int, record_id: int, network_code: str, now: datetime
) -> ReadRecord:
    reader = Actor("account", coordinates=frozenset({network_code}))
    return ReadRecord(
        get_person(session, actor=reader, record_id=record_id, now=now),
        get_own_record(session, actor=reader, mediator_id=mediator_id),
    )


def count_named(session: Session, *, actor: Actor, mediator_id: int) -> int:
    """How many rows of answers name her."""
    _require_herself(actor, mediator_id)
    return session.scalar(select(func.count()).where(RunRow.mediator_id == mediator_id)) or 0


def list_named(
    session: Session, *, actor: Actor, mediator_id: int, offset: int, limit: int
) -> list[NamedRow]:
    """Rows of answers that name her, the newest answer first, each with its run."""
    _require_herself(actor, mediator_id)
    other = aliased(RunRow)
    rank = (
        select(func.count(other.id))
        .where(
            other.run_id == RunRow.run_id,
            other.post == RunRow.post,
            other.state == "listed",
            other.position <= RunRow.position,
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(RunRow, rank)
        .join(Run, Run.id == RunRow.run_id)
        .where(RunRow.mediator_id == mediator_id)
        .options(selectinload(RunRow.run).load_only(Run.at))
        .order_by(Run.at.desc(), Run.id.desc(), RunRow.position)
        .offset(offset)
        .limit(limit)
    )
    return [NamedRow(row, number) for row, number in rows]
