"""What each network holds of a woman, for herself: membership, record, and where it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from roster import permissions
from roster.errors import NotFound
from roster.models import ImportRow, Membership, Record, SpreadsheetImport
from roster.permissions import Actor, Permission, Subject
from roster.queries.leaving import list_open_erasures
from roster.queries.merges import list_closed_records


@dataclass(frozen=True)
class Origin:
    """The row of a spreadsheet that a value was read from; the file's name is not told."""

    row: int
    """As the office counts it in its file."""
    read_at: datetime


@dataclass(frozen=True)
class HeldRecord:
    """One network's membership and record of her; either may be missing."""

    network_code: str
    membership: Membership | None
    record: Record | None
    origins: Mapping[int, Origin]
    """By the number of the row, as the entries of the record name it."""
    first_origin: Origin | None
    """The row that her names and contacts in this record came with."""
    is_left: bool = False
    """She is leaving: nobody reads it any more, and it will be erased."""


def list_held(session: Session, *, actor: Actor, mediator_id: int) -> list[HeldRecord]:
    """Every network that holds something of her, in the order of its code."""
    if not permissions.decide(Permission.SEE_OWN_PROFILE, actor, Subject(mediator_id=mediator_id)):
        raise NotFound
    memberships = {
        row.network_code: row
        for row in session.scalars(select(Membership).where(Membership.mediator_id == mediator_id))
    }
    records = {
        row.network_code: row
        for row in session.scalars(
            select(Record)
            .where(Record.mediator_id == mediator_id, Record.network_code.is_not(None))
            .options(
                selectinload(Record.identity),
                selectinload(Record.entries),
                selectinload(Record.experiences),
            )
        )
        if row.network_code
    }
    leaving = {erasure.network_code for erasure in list_open_erasures(session, mediator_id)}
    closed = list_closed_records(session, mediator_id)
    shut = {code for code, row in records.items() if row.id in closed}
    return [
        replace(
            _make_held(session, code, memberships.get(code), records.get(code)),
            is_left=code in leaving or None in leaving,
        )
        for code in sorted({*memberships, *records} - shut)
    ]


def _make_held(
    session: Session, code: str, membership: Membership | None, record: Record | None
) -> HeldRecord:
    if record is None:
        return HeldRecord(code, membership, None, {}, None)
    named = {entry.import_row_id for entry in record.entries if entry.import_row_id is not None}
    first = select(ImportRow.id).where(ImportRow.record_id == record.id).order_by(ImportRow.id)
    first_id = session.scalar(first.limit(1))
    origins = _list_origins(session, {*named, *([first_id] if first_id else [])})
    return HeldRecord(
        network_code=code,
        membership=membership,
        record=record,
        origins=origins,
        first_origin=origins.get(first_id) if first_id else None,
    )


def _list_origins(session: Session, row_ids: Iterable[int]) -> dict[int, Origin]:
    found = session.execute(
        select(ImportRow.id, ImportRow.row, SpreadsheetImport.read_at)
        .join(SpreadsheetImport, SpreadsheetImport.id == ImportRow.import_id)
        .where(ImportRow.id.in_(sorted(row_ids)))
    )
    return {row_id: Origin(row, read_at) for row_id, row, read_at in found}
