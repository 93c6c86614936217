"""Import of a network's spreadsheet: staged where nobody sees it, then taken in at once.

One transaction takes in all rows or none. The same file again changes nothing; a row that looks
like somebody already on the network's list waits for a person and is never merged by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, selectinload

from roster import clock
from roster.encryption import keyring
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import ImportRow, Network, Record, SpreadsheetImport
from roster.permissions import Actor, Permission, Subject
from roster.services.answered_rows import AnsweredRows
from roster.services.created_people import create_people
from roster.services.import_rows import Judgement, judge_rows, note_judgement, stage_rows
from roster.services.import_summaries import summarise
from roster.services.imported_people import apply_row
from roster.services.imported_values import Values
from roster.services.known_people import KnownPeople
from roster.services.trail import add_audit, add_change, require
from roster.spreadsheets import ReadResult

CHUNK = 500
"""Records that are read together for a comparison."""


@dataclass(frozen=True)
class ImportOutcome:
    """What became of the rows: counts by outcome."""

    import_id: int
    new: int = 0
    same: int = 0
    updated: int = 0
    waiting: int = 0
    left_out: int = 0


def stage_import(
    session: Session,
    *,
    actor: Actor,
    network_code: str,
    file_name: str,
    content: bytes,
    result: ReadResult,
) -> SpreadsheetImport:
    """Keep what was read, so that a person can look before anything is taken in.

    Each row says already what would become of it, and whom of this network's list it looks like.
    """
    require(Permission.IMPORT_SPREADSHEET, actor, Subject(network_code=network_code))
    staged = SpreadsheetImport(
        network_code=network_code,
        file_name=file_name,
        file_digest=keyring().seal(hashlib.sha256(content).hexdigest()),
        summary=summarise(result),
        read_by=actor.account_id,
        read_at=clock.now(),
        rows=preview_rows(session, actor=actor, result=result),
    )
    session.add(staged)
    session.flush()
    audit_import(session, actor, "import.read", staged, {"rows": len(staged.rows)})
    return staged


def preview_rows(session: Session, *, actor: Actor, result: ReadResult) -> list[ImportRow]:
    """The rows with what would become of each, against the network's list; nothing is kept."""
    require(Permission.IMPORT_SPREADSHEET, actor, Subject(network_code=result.network))
    rows = stage_rows(result)
    for row, judgement in zip(
        rows, judge_rows(rows, KnownPeople(session, result.network)), strict=True
    ):
        note_judgement(row, judgement)
    return rows


def confirm_import(
    session: Session, *, actor: Actor, import_id: int, expected_version: int
) -> ImportOutcome:
    """Take in every row that is ready; rows to review wait, rejected ones are left out."""
    staged = open_import(session, actor, import_id)
    check_state(staged, expected_version, "read")
    check_alone(session, staged)
    network = session.get_one(Network, staged.network_code)
    known, first_rows = KnownPeople(session, staged.network_code), dict[str, int]()
    answered = AnsweredRows(session, staged.network_code, staged.id)
    for rows in in_parts(session, import_id):
        judgements = judge_rows(rows, known, first_rows)
        for row, judgement in zip(rows, judgements, strict=True):
            note_judgement(row, judgement)
        new = [row for row in rows if row.outcome == "new"]
        create_people(session, actor=actor, network=network, rows=new)
        update_rows(session, actor, zip(rows, judgements, strict=True), known)
        answered.note(rows)
        session.flush()
    closed = answered.close(session)
    staged.state, staged.confirmed_at = "confirmed", clock.now()
    session.flush()
    outcome = count_outcomes(session, import_id)
    counts = {"new": outcome.new, "same": outcome.same, "updated": outcome.updated}
    detail = {**counts, "waiting": outcome.waiting, "answered": closed}
    audit_import(session, actor, "import.confirmed", staged, detail)
    return outcome


def in_parts(session: Session, import_id: int) -> Iterator[Sequence[ImportRow]]:
    """The rows of an import in their order, some at a time: a long list is never held whole."""
    first = 0
    while rows := list_part(session, import_id, first, CHUNK):
        first = rows[-1].ordinal + 1
        yield rows


def list_part(session: Session, import_id: int, first: int, limit: int) -> Sequence[ImportRow]:
    """At most ``limit`` rows of an import, from the place ``first`` on."""
    return session.scalars(
        select(ImportRow)
        .where(ImportRow.import_id == import_id, ImportRow.ordinal >= first)
        .order_by(ImportRow.ordinal)
        .limit(limit)
    ).all()


def update_rows(
    session: Session,
    actor: Actor,
    judged: Iterable[tuple[ImportRow, Judgement]],
    known: KnownPeople,
) -> None:
    """Carry into the records of matched rows what the list says otherwise than before.

    Where the record is gone since the list was read, the row waits for a person.
    """
    differing = []
    for row, judgement in judged:
        if judgement.record_id is not None:
            row.record_id = judgement.record_id
            differing += [(row, judgement.record_id)] if judgement.outcome == "updated" else []
    wanted = sorted({record_id for _, record_id in differing})
    before = known.last_values(wanted)
    for start in range(0, len(differing), CHUNK):
        part = differing[start : start + CHUNK]
        loaded = load_records(session, sorted({record_id for _, record_id in part}))
        records = {record.id: record for record in loaded}  # held, or each were read once more
        for row, record_id in part:
            if record_id in records:
                _carry(session, actor, row, records[record_id], before.get(record_id, {}))
            else:
                row.record_id, row.outcome = None, "waiting"


def load_records(session: Session, record_ids: Sequence[int]) -> Sequence[Record]:
    """These records with their names and entries, in two statements more."""
    return session.scalars(
        select(Record)
        .where(Record.id.in_(record_ids))
        .options(selectinload(Record.identity), selectinload(Record.entries))
    ).all()


def update_person(
    session: Session, *, actor: Actor, row: ImportRow, record_id: int, before: Values
) -> None:
    """Carry into a record what this row says otherwise than the list did before."""
    _carry(session, actor, row, session.get_one(Record, record_id), before)


def _carry(session: Session, actor: Actor, row: ImportRow, record: Record, before: Values) -> None:
    changed = apply_row(
        session, actor=actor, record=record, before=before, after=row.values, row_id=row.id
    )
    row.record_id, row.outcome = record.id, "updated" if changed else "same"
    if changed:
        add_change(session, record.mediator_id)


def discard_import(
    session: Session, *, actor: Actor, import_id: int, expected_version: int
) -> None:
    """Throw a file away that was read and not taken in; nothing that it said is kept."""
    staged = open_import(session, actor, import_id)
    check_state(staged, expected_version, "read", "queued", "reading", "failed")
    if staged.confirmed_at is not None:
        raise Refused("import_already_decided")
    throw_away(staged)
    audit_import(session, actor, "import.discarded", staged, {})


def throw_away(staged: SpreadsheetImport) -> None:
    """Keep nothing of a file but that there was one."""
    staged.state, staged.rows, staged.summary, staged.file_name = "discarded", [], {}, ""
    staged.content = None


def count_outcomes(session: Session, import_id: int) -> ImportOutcome:
    """How many rows of this import were, or would be, new, the same, updated, left out or wait."""
    counted = session.execute(
        select(ImportRow.outcome, func.count())
        .where(ImportRow.import_id == import_id)
        .group_by(ImportRow.outcome)
    )
    return ImportOutcome(import_id=import_id, **dict(counted.all()))


def open_import(session: Session, actor: Actor, import_id: int) -> SpreadsheetImport:
    """An import that this actor may work on; NotFound for one thrown away."""
    staged = session.get(SpreadsheetImport, import_id)
    if staged is None or staged.state == "discarded":
        raise NotFound
    require(Permission.IMPORT_SPREADSHEET, actor, Subject(network_code=staged.network_code))
    return staged


def check_state(staged: SpreadsheetImport, expected_version: int, *states: str) -> None:
    """Go on only if nobody has worked on the file since it was shown."""
    if staged.version != expected_version:
        raise StaleVersion({"state": staged.state}, {"state": states[0]})
    if staged.state not in states:
        raise Refused("import_already_decided")


def is_in_hand() -> tuple[ColumnElement[bool], ...]:
    """Conditions of a list that a job takes in or back: it was decided on, and is not done."""
    return (
        SpreadsheetImport.state.in_(("queued", "reading")),
        SpreadsheetImport.confirmed_at.is_not(None),
    )


def check_alone(session: Session, staged: SpreadsheetImport) -> None:
    """Refused while another list of this network is being taken in or back."""
    other = select(SpreadsheetImport.id).where(
        SpreadsheetImport.network_code == staged.network_code,
        SpreadsheetImport.id != staged.id,
        *is_in_hand(),
    )
    if session.scalar(other.limit(1)) is not None:
        raise Refused("import_another_in_hand")


def audit_import(
    session: Session,
    actor: Actor,
    action: str,
    staged: SpreadsheetImport,
    detail: dict[str, Any],
) -> None:
    """One event for one use case; which row became what stands in the rows."""
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="import",
        subject_id=staged.id,
        network_code=staged.network_code,
        detail=detail,
    )
