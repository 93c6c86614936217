"""Rows that wait for a person: she says whether it is a new woman, one on her list, or nobody."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from roster.errors import NotFound, Refused, StaleVersion
from roster.models import ImportRow, Network, Record, SpreadsheetImport
from roster.permissions import Actor, Permission, Subject
from roster.services.created_people import create_people
from roster.services.imported_values import read_name
from roster.services.imports import audit_import, check_alone, open_import, update_person
from roster.services.known_people import KnownPeople, note_different
from roster.services.trail import require

CHOICES = ("new", "same", "leave_out")


def list_candidates(
    session: Session, *, actor: Actor, staged: SpreadsheetImport, rows: Sequence[ImportRow]
) -> dict[int, list[int]]:
    """Per waiting row of these the ids of the records that may be the same woman, the likeliest first."""
    require(Permission.IMPORT_SPREADSHEET, actor, Subject(network_code=staged.network_code))
    waiting = [row for row in rows if row.outcome == "waiting" and read_name(row.values)]
    if not waiting:
        return {}
    known = KnownPeople(session, staged.network_code)
    return {row.id: _candidate_ids(known, row) for row in waiting}


def _candidate_ids(known: KnownPeople, row: ImportRow) -> list[int]:
    same = known.find_same(row.values)
    found = [alike.record_id for alike in known.find_alike(row.values)]
    return list(dict.fromkeys([same, *found] if same is not None else found))


def decide_row(
    session: Session,
    *,
    actor: Actor,
    import_id: int,
    row_id: int,
    choice: str,
    record_id: int | None = None,
) -> ImportRow:
    """A person has looked at a waiting row.

    ``choice``: *new* takes her in as a new person; *same* carries the row into ``record_id``, a
    record of this network; *leave_out* takes nothing. A second decision is told of the first.
    """
    staged = open_import(session, actor, import_id)
    row = session.get(ImportRow, row_id)
    if row is None or row.import_id != staged.id:
        raise NotFound
    if staged.state != "confirmed":
        raise Refused("import_not_taken_in")
    check_alone(session, staged)
    if row.outcome != "waiting":
        raise StaleVersion(
            {"row": row.row, "outcome": row.outcome}, {"row": row.row, "outcome": choice}
        )
    if choice == "new":
        _take_in(session, actor, staged, row)
    elif choice == "same":
        _join(session, actor, staged, row, record_id)
    elif choice == "leave_out":
        row.outcome = "left_out"
    else:
        raise Refused("choice_missing")
    audit_import(session, actor, "import.row_decided", staged, {"outcome": row.outcome})
    return row


def _take_in(session: Session, actor: Actor, staged: SpreadsheetImport, row: ImportRow) -> None:
    if not read_name(row.values):
        raise Refused("row_without_name", row=row.row)
    alike = KnownPeople(session, staged.network_code).find_alike(row.values)
    network = session.get_one(Network, staged.network_code)
    (record_id,) = create_people(session, actor=actor, network=network, rows=[row])
    for other in alike:
        note_different(session, staged.network_code, record_id, other)


def _join(
    session: Session,
    actor: Actor,
    staged: SpreadsheetImport,
    row: ImportRow,
    record_id: int | None,
) -> None:
    record = session.get(Record, record_id) if record_id is not None else None
    if record is None or record.network_code != staged.network_code:
        raise NotFound
    before = KnownPeople(session, staged.network_code).last_values([record.id])
    update_person(
        session, actor=actor, row=row, record_id=record.id, before=before.get(record.id, {})
    )
