"""Import of a network's spreadsheet: staged where nobody sees it, then taken in at once.

One transaction takes in all rows or none. The same file again changes nothing; a row that looks
like somebody already on the network's list waits for a person and is never merged by itself.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from matching import likeness
from roster import clock
from roster.encryption import keyring
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import ImportRow, Record, SpreadsheetImport, Suspicion
from roster.permissions import Actor, Permission, Subject
from roster.services.imported_values import (
    change_record,
    compared_person,
    create_imported_person,
    says_the_same,
)
from roster.services.trail import add_audit, add_change, require
from roster.spreadsheets import ReadResult, result_as_json


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
    """Keep what was read, so that a person can look before anything is taken in."""
    require(Permission.IMPORT_SPREADSHEET, actor, Subject(network_code=network_code))
    staged = SpreadsheetImport(
        network_code=network_code,
        file_name=file_name,
        file_digest=keyring().seal(content.hex()),
        summary=_summary(result),
        read_by=actor.account_id,
        read_at=clock.now(),
        rows=_staged_rows(result, network_code),
    )
    session.add(staged)
    session.flush()
    _audit(session, actor, "import.read", staged, {"rows": len(staged.rows)})
    return staged


def _summary(result: ReadResult) -> dict[str, Any]:
    document = result_as_json(result)
    return {key: value for key, value in document.items() if key != "rows"}


def _staged_rows(result: ReadResult, network_code: str) -> list[ImportRow]:
    document = result_as_json(result)
    return [
        ImportRow(
            ordinal=ordinal,
            digest=_row_digest(network_code, read.raw),
            row=read.row,
            verdict=read.verdict,
            raw=dict(read.raw),
            values=row["values"] or {},
            problems=row["problems"],
        )
        for ordinal, (read, row) in enumerate(zip(result.rows, document["rows"], strict=True))
    ]


def _row_digest(network_code: str, raw: Mapping[str, str]) -> str:
    return keyring().seal(json.dumps([network_code, sorted(raw.items())], ensure_ascii=False))


def confirm_import(
    session: Session, *, actor: Actor, import_id: int, expected_version: int
) -> ImportOutcome:
    """Take in every row that is ready; rows to review wait, rejected ones are left out."""
    staged = _get_import(session, actor, import_id)
    _check_state(staged, expected_version)
    known = _KnownPeople(session, staged.network_code)
    for row in staged.rows:
        _take_in(session, actor, staged, row, known)
    staged.state = "confirmed"
    staged.confirmed_at = clock.now()
    session.flush()
    outcome = count_outcomes(staged)
    counts = {"new": outcome.new, "same": outcome.same, "updated": outcome.updated}
    _audit(session, actor, "import.confirmed", staged, {**counts, "waiting": outcome.waiting})
    return outcome


def discard_import(
    session: Session, *, actor: Actor, import_id: int, expected_version: int
) -> None:
    """Throw a file away that was read and not taken in."""
    staged = _get_import(session, actor, import_id)
    _check_state(staged, expected_version)
    staged.state = "discarded"
    staged.rows = []
    _audit(session, actor, "import.discarded", staged, {})


def take_row(
    session: Session, *, actor: Actor, import_id: int, row_id: int, is_new_person: bool
) -> ImportRow:
    """A person has looked at a waiting row: take her in as a new person, or leave the row out."""
    staged = _get_import(session, actor, import_id)
    row = next((row for row in staged.rows if row.id == row_id), None)
    if row is None:
        raise NotFound
    if staged.state != "confirmed" or row.outcome != "waiting":
        raise Refused("row_already_decided", row=row.row)
    if is_new_person:
        _create(session, actor, staged, row, _KnownPeople(session, staged.network_code))
    else:
        row.outcome = "left_out"
    _audit(session, actor, "import.row_decided", staged, {"outcome": row.outcome})
    return row


def count_outcomes(staged: SpreadsheetImport) -> ImportOutcome:
    """How many rows of this import were new, the same, updated, left out or still wait."""
    outcomes = [row.outcome for row in staged.rows]
    return ImportOutcome(
        import_id=staged.id,
        new=outcomes.count("new"),
        same=outcomes.count("same"),
        updated=outcomes.count("updated"),
        waiting=outcomes.count("waiting"),
        left_out=outcomes.count("left_out"),
    )


def _get_import(session: Session, actor: Actor, import_id: int) -> SpreadsheetImport:
    staged = session.get(SpreadsheetImport, import_id)
    if staged is None:
        raise NotFound
    require(Permission.IMPORT_SPREADSHEET, actor, Subject(network_code=staged.network_code))
    return staged


def _check_state(staged: SpreadsheetImport, expected_version: int) -> None:
    if staged.version != expected_version:
        raise StaleVersion({"state": staged.state}, {"version": expected_version})
    if staged.state != "read":
        raise Refused("import_already_decided", state=staged.state)


class _KnownPeople:
    """The network's list as it stands while rows are taken in; look-ups do not grow with it."""

    def __init__(self, session: Session, network_code: str) -> None:
        seen = (
            select(ImportRow.digest, ImportRow.record_id)
            .join(SpreadsheetImport)
            .where(
                SpreadsheetImport.network_code == network_code,
                ImportRow.record_id.is_not(None),
            )
        )
        self.by_digest: dict[str, int | None] = dict(session.execute(seen).tuples().all())
        self._by_address: dict[str, list[Record]] = defaultdict(list)
        self._blocks: dict[str, list[tuple[Record, likeness.Identity]]] = defaultdict(list)
        statement = (
            select(Record)
            .where(Record.network_code == network_code)
            .options(selectinload(Record.identity), selectinload(Record.entries))
        )
        for record in session.scalars(statement):
            self.add(record)

    def add(self, record: Record) -> None:
        if record.identity.email_digest:
            self._by_address[record.identity.email_digest].append(record)
        person = compared_person(record)
        for key in likeness.list_keys(person):
            self._blocks[key].append((record, person))

    def same_person(self, values: Mapping[str, Any]) -> Record | None:
        """The one record that bears the same name and the same address; else None."""
        digest = keyring().digest(values["email"]) if values.get("email") else ""
        found = [r for r in self._by_address.get(digest, ()) if says_the_same(r, values)]
        return found[0] if len(found) == 1 else None

    def look_alikes(self, values: Mapping[str, Any]) -> list[tuple[Record, likeness.Suspicion]]:
        """Records that are probably the same woman, each with the evidence."""
        person = compared_person(values)
        near = {
            record.id: (record, other)
            for key in sorted(likeness.list_keys(person))
            for record, other in self._blocks.get(key, ())
        }
        pairs = (
            (record, likeness.suspect_same_person(person, other)) for record, other in near.values()
        )
        return [(record, found) for record, found in pairs if found and found.is_probable]


def _take_in(
    session: Session, actor: Actor, staged: SpreadsheetImport, row: ImportRow, known: _KnownPeople
) -> None:
    record_id = known.by_digest.get(row.digest)
    if record_id is not None:
        row.record_id, row.outcome = record_id, "same"
        return
    if row.verdict != "ok":
        row.outcome = "waiting" if row.verdict == "review" else "left_out"
        return
    same = known.same_person(row.values)
    if same is not None:
        changed = change_record(session, actor=actor, record=same, row=row)
        row.record_id, row.outcome = same.id, "updated" if changed else "same"
        return
    alike = known.look_alikes(row.values)
    if alike:
        row.problems = [*row.problems, _suspected_problem(len(alike))]
        return
    _create(session, actor, staged, row, known)


def _suspected_problem(count: int) -> dict[str, Any]:
    return {"code": "DUP_SUSPECTED", "severity": "warning", "field": "name", "count": count}


def _create(
    session: Session, actor: Actor, staged: SpreadsheetImport, row: ImportRow, known: _KnownPeople
) -> None:
    if not (row.values.get("name") or row.values.get("name_original")):
        raise Refused("row_without_name", row=row.row)
    alike = known.look_alikes(row.values)
    record = create_imported_person(session, actor=actor, network_code=staged.network_code, row=row)
    row.record_id, row.outcome = record.id, "new"
    for other, suspicion in alike:
        _note_judgement(session, staged.network_code, record, other, suspicion)
    known.add(record)
    known.by_digest[row.digest] = record.id
    add_change(session, record.mediator_id)


def _note_judgement(
    session: Session, network_code: str, one: Record, other: Record, found: likeness.Suspicion
) -> None:
    """She has taken a look-alike in as a new person: the pair is judged and not asked again."""
    first, second = sorted((one.id, other.id))
    session.add(
        Suspicion(
            network_code=network_code,
            first_record_id=first,
            second_record_id=second,
            features={"likeness": found.likeness, "evidence": list(found.evidence)},
            state="different",
            noted_at=clock.now(),
            judged_at=clock.now(),
        )
    )


def _audit(
    session: Session,
    actor: Actor,
    action: str,
    staged: SpreadsheetImport,
    detail: dict[str, Any],
) -> None:
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="import",
        subject_id=staged.id,
        network_code=staged.network_code,
        detail=detail,
    )
