"""How a record came to say what it says: each value, those before it, and where each came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster import permissions
from roster.errors import NotFound
from roster.models import AuditEvent, EntryHistory, ImportRow, Record, SpreadsheetImport
from roster.permissions import Actor, Permission, Subject
from roster.queries.records import get_record

MOST_FORMER = 200
"""Former values on a coordinator's page, the newest first; how many are older is said."""
MOST_ON_HER_PAGE = 40
"""The same on her own, which stays light; all of them are in her download."""
NAMES_CHANGED = frozenset(
    {"display_name", "original_name", "title", "email", "phone", "safe_contact"}
)


@dataclass(frozen=True)
class FileRow:
    """The row of a spreadsheet that a value was read from."""

    import_id: int
    file_name: str
    row: int
    """As the office counts it in its file."""
    read_at: datetime


@dataclass(frozen=True)
class ChangedName:
    """A name or contact that somebody changed; what it said before is not kept."""

    field: str
    by: str
    """The pseudonym of who did it, as in the trail."""
    at: datetime


@dataclass(frozen=True)
class RecordHistory:
    """One record with the values that stood before, and the rows of files they came from."""

    record: Record
    former: tuple[EntryHistory, ...]
    older: int
    rows: Mapping[int, FileRow]
    """By the number of the row, as entries name it."""
    first_row: FileRow | None
    """The row that her names and contacts came with."""
    names: tuple[ChangedName, ...]


def get_history(session: Session, *, actor: Actor, record_id: int) -> RecordHistory:
    """The history of a network's record, for those who may read the record."""
    record = get_record(session, actor=actor, record_id=record_id)
    return _make_history(session, record, MOST_FORMER)


def get_own_history(
    session: Session, *, actor: Actor, mediator_id: int, record_id: int
) -> RecordHistory:
    """The same of any record about her, for herself; NotFound for a record of somebody else."""
    if not permissions.decide(Permission.SEE_OWN_PROFILE, actor, Subject(mediator_id=mediator_id)):
        raise NotFound
    record = session.get(Record, record_id)
    if record is None or record.mediator_id != mediator_id:
        raise NotFound
    return _make_history(session, record, MOST_ON_HER_PAGE)


def _make_history(session: Session, record: Record, most: int) -> RecordHistory:
    of_record = EntryHistory.record_id == record.id
    former = session.scalars(
        select(EntryHistory)
        .where(of_record)
        .order_by(EntryHistory.ended_at.desc(), EntryHistory.id.desc())
        .limit(most)
    ).all()
    count = session.scalar(select(func.count()).where(of_record)) or 0
    first = select(func.min(ImportRow.id)).where(ImportRow.record_id == record.id)
    first_id = session.scalar(first)
    named = {one.import_row_id for one in record.entries} | {first_id}
    named |= {one.import_row_id for one in former}
    rows = _list_rows(session, (one for one in named if one is not None))
    return RecordHistory(
        record=record,
        former=tuple(former),
        older=count - len(former),
        rows=rows,
        first_row=rows.get(first_id) if first_id else None,
        names=tuple(_list_changed_names(session, record.id, most)),
    )


def _list_rows(session: Session, row_ids: Iterable[int]) -> dict[int, FileRow]:
    file = SpreadsheetImport
    found = session.execute(
        select(ImportRow.id, file.id, file.file_name, ImportRow.row, file.read_at)
        .join(file, file.id == ImportRow.import_id)
        .where(ImportRow.id.in_(sorted(row_ids)))
    )
    return {
        row_id: FileRow(file_id, name, row, read_at)
        for row_id, file_id, name, row, read_at in found
    }


def _list_changed_names(session: Session, record_id: int, most: int) -> Iterable[ChangedName]:
    """From the trail, the newest first: which names and contacts were changed, never the values."""
    events = session.execute(
        select(AuditEvent.actor, AuditEvent.at, AuditEvent.detail)
        .where(
            AuditEvent.subject_kind == "record",
            AuditEvent.subject_id == record_id,
            AuditEvent.action == "record.changed",
        )
        .order_by(AuditEvent.id.desc())
        .limit(most)
    )
    for actor, at, detail in events:
        for field in detail.get("fields", ()):
            if field in NAMES_CHANGED:
                yield ChangedName(field, actor, at)
