"""Import of a network's spreadsheet: staged where nobody sees it, then taken in at once.

One transaction takes in all rows or none. The same file again changes nothing; a row that looks
like somebody already on the network's list waits for a person and is never merged by itself.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from roster import clock
from roster.encryption import keyring
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import ImportRow, Network, Record, SpreadsheetImport
from roster.permissions import Actor, Permission, Subject
from roster.services.imported_people import apply_row, create_people
from roster.services.imported_values import Values, read_name
from roster.services.known_people import Alike, KnownPeople, digest_row
from roster.services.trail import add_audit, add_change, require
from roster.spreadsheets import ReadResult, result_as_json

SUSPECTED = "DUP_SUSPECTED"
"""Code of the finding that a row looks like somebody on the network's list."""
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


@dataclass(frozen=True)
class Judgement:
    """What is to become of a row. ``updated`` turns into *same* where no value differs."""

    outcome: str
    record_id: int | None = None
    alike: tuple[Alike, ...] = ()
    twin_row: int | None = None
    """The row of this file that says exactly the same."""


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
        summary={k: v for k, v in result_as_json(result).items() if k != "rows"},
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
        _note(row, judgement)
    return rows


def stage_rows(result: ReadResult) -> list[ImportRow]:
    """The rows of a reading as they are kept: text as found, values, problems, verdict."""
    problems = [row["problems"] for row in result_as_json(result)["rows"]]
    return [
        ImportRow(
            ordinal=ordinal,
            digest=digest_row(result.network, read.values, read.raw),
            row=read.row,
            verdict=read.verdict,
            raw=dict(read.raw),
            values=dict(read.values),
            problems=problems[ordinal],
        )
        for ordinal, read in enumerate(result.rows)
    ]


def judge_rows(rows: Sequence[ImportRow], known: KnownPeople) -> list[Judgement]:
    """What is to become of each row, against what the network's list says now."""
    first_rows: dict[str, int] = {}
    judgements = []
    for row in rows:
        judgement = _judge(row, known)
        if judgement.outcome == "new" and row.digest in first_rows:
            judgement = Judgement("waiting", twin_row=first_rows[row.digest])
        first_rows.setdefault(row.digest, row.row)
        judgements.append(judgement)
    return judgements


def _judge(row: ImportRow, known: KnownPeople) -> Judgement:
    seen = known.find_seen(row.digest)
    if seen is not None and seen.record_id is not None:
        return _matched(seen.record_id, row, known)
    if seen is not None and seen.outcome == "left_out" and seen.verdict != "reject":
        return Judgement("left_out")  # a person has decided so
    if row.verdict != "ok":
        if row.verdict == "reject":
            return Judgement("left_out")
        return Judgement("waiting" if seen is None else "same", alike=tuple(_alike(row, known)))
    same = known.find_same(row.values)
    if same is not None:
        return _matched(same, row, known)
    alike = tuple(_alike(row, known))
    if not alike:
        return Judgement("new")
    return Judgement("waiting" if seen is None else "same", alike=alike)


def _matched(record_id: int, row: ImportRow, known: KnownPeople) -> Judgement:
    is_same = known.is_unchanged(record_id, row.digest)
    return Judgement("same" if is_same else "updated", record_id)


def _alike(row: ImportRow, known: KnownPeople) -> list[Alike]:
    return known.find_alike(row.values) if read_name(row.values) else []


def _note(row: ImportRow, judgement: Judgement) -> None:
    """Write the judgement into the row, in place of an earlier one."""
    row.outcome = judgement.outcome
    kept = [problem for problem in row.problems if problem["code"] != SUSPECTED]
    found = []
    if judgement.alike:
        evidence = list(dict.fromkeys(code for a in judgement.alike for code in a.evidence))
        ids = [alike.record_id for alike in judgement.alike]
        found = [{**_SUSPECTED, "note": ", ".join(evidence), "records": ids}]
    elif judgement.twin_row is not None:
        found = [{**_SUSPECTED, "note": "same_text", "rows": [judgement.twin_row]}]
    if found or len(kept) != len(row.problems):
        row.problems = [*kept, *found]


_SUSPECTED: dict[str, Any] = {"code": SUSPECTED, "severity": "warning", "field": "name"}


def confirm_import(
    session: Session, *, actor: Actor, import_id: int, expected_version: int
) -> ImportOutcome:
    """Take in every row that is ready; rows to review wait, rejected ones are left out."""
    staged = open_import(session, actor, import_id)
    check_state(staged, expected_version, "read")
    known = KnownPeople(session, staged.network_code)
    judgements = judge_rows(staged.rows, known)
    for row, judgement in zip(staged.rows, judgements, strict=True):
        _note(row, judgement)
    network = session.get_one(Network, staged.network_code)
    new = [row for row in staged.rows if row.outcome == "new"]
    create_people(session, actor=actor, network=network, rows=new)
    _update_all(session, actor, staged.rows, judgements, known)
    staged.state, staged.confirmed_at = "confirmed", clock.now()
    session.flush()
    outcome = count_outcomes(staged)
    counts = {"new": outcome.new, "same": outcome.same, "updated": outcome.updated}
    audit_import(session, actor, "import.confirmed", staged, {**counts, "waiting": outcome.waiting})
    return outcome


def _update_all(
    session: Session,
    actor: Actor,
    rows: Sequence[ImportRow],
    judgements: Sequence[Judgement],
    known: KnownPeople,
) -> None:
    """Carry into the records of matched rows what the list says otherwise than before."""
    differing = []
    for row, judgement in zip(rows, judgements, strict=True):
        if judgement.record_id is not None:
            row.record_id = judgement.record_id
            differing += [(row, judgement.record_id)] if judgement.outcome == "updated" else []
    wanted = sorted({record_id for _, record_id in differing})
    before = known.last_values(wanted)
    for start in range(0, len(wanted), CHUNK):
        load_records(session, wanted[start : start + CHUNK])
    for row, record_id in differing:
        update_person(
            session, actor=actor, row=row, record_id=record_id, before=before.get(record_id, {})
        )


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
    record = session.get_one(Record, record_id)
    changed = apply_row(
        session, actor=actor, record=record, before=before, after=row.values, row_id=row.id
    )
    row.record_id, row.outcome = record_id, "updated" if changed else "same"
    if changed:
        add_change(session, record.mediator_id)


def discard_import(
    session: Session, *, actor: Actor, import_id: int, expected_version: int
) -> None:
    """Throw a file away that was read and not taken in; nothing that it said is kept."""
    staged = open_import(session, actor, import_id)
    check_state(staged, expected_version, "read")
    staged.state, staged.rows, staged.summary, staged.file_name = "discarded", [], {}, ""
    audit_import(session, actor, "import.discarded", staged, {})


def count_outcomes(staged: SpreadsheetImport) -> ImportOutcome:
    """How many rows of this import were, or would be, new, the same, updated, left out or wait."""
    outcomes = [row.outcome for row in staged.rows]
    return ImportOutcome(
        import_id=staged.id,
        new=outcomes.count("new"),
        same=outcomes.count("same"),
        updated=outcomes.count("updated"),
        waiting=outcomes.count("waiting"),
        left_out=outcomes.count("left_out"),
    )


def open_import(session: Session, actor: Actor, import_id: int) -> SpreadsheetImport:
    """An import that this actor may work on; NotFound for one thrown away."""
    staged = session.get(SpreadsheetImport, import_id)
    if staged is None or staged.state == "discarded":
        raise NotFound
    require(Permission.IMPORT_SPREADSHEET, actor, Subject(network_code=staged.network_code))
    return staged


def check_state(staged: SpreadsheetImport, expected_version: int, state: str) -> None:
    """Go on only if nobody has worked on the file since it was shown."""
    if staged.version != expected_version:
        raise StaleVersion({"state": staged.state}, {"state": state})
    if staged.state != state:
        raise Refused("import_already_decided")


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
