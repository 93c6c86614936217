"""Long files are read in the background: they wait with their bytes, then row by row in small commits.

Nobody sees the rows before the last one is judged; a reading that was broken off begins anew.
"""

from __future__ import annotations

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from roster import clock
from roster.encryption import keyring
from roster.errors import NotFound
from roster.models import ImportRow, SpreadsheetImport
from roster.permissions import Actor, Permission, Subject
from roster.services.import_choices import load_choices
from roster.services.import_rows import judge_rows, note_judgement, row_columns
from roster.services.imports import audit_import
from roster.services.known_people import KnownPeople
from roster.services.trail import require
from roster.spreadsheets import Choices, Layout, Problem, ReadRow, problems_as_json
from roster.spreadsheets.crossing import Found
from roster.spreadsheets.hand_layouts import sketch_file
from roster.spreadsheets.rereading import KeptRow
from roster.spreadsheets.results import judge

LONG_BYTES = 100_000
"""A larger file is read in the background: a workbook of about 1,400 rows, a text file of about 600."""
NO_TABLE = "no_table"
"""Why a file is refused in which no headings were recognised."""
MOST_TRIES = 3
"""A file over which the reading broke off so often is given up."""


def is_long(content: bytes) -> bool:
    """Whether a file is read in the background."""
    return len(content) > LONG_BYTES


def queue_import(
    session: Session, *, actor: Actor, network_code: str, file_name: str, content: bytes
) -> SpreadsheetImport:
    """Keep the bytes of a long file until the job has read them."""
    require(Permission.IMPORT_SPREADSHEET, actor, Subject(network_code=network_code))
    staged = SpreadsheetImport(
        network_code=network_code,
        file_name=file_name,
        file_digest=keyring().seal(hashlib.sha256(content).hexdigest()),
        state="queued",
        summary={},
        content=b64encode(content).decode(),
        read_by=actor.account_id,
        read_at=clock.now(),
        rows_read=0,
    )
    session.add(staged)
    session.flush()
    audit_import(session, actor, "import.queued", staged, {"bytes": len(content)})
    return staged


@dataclass(frozen=True)
class Task:
    """A file to be read. Without ``content`` its kept rows are read again."""

    import_id: int
    network_code: str
    file_name: str
    content: bytes | None
    summary: Mapping[str, Any]
    reference_day: date
    choices: Choices
    layout: Layout | None = None
    """How a person says that the file is to be read, where its headings were not recognised."""


class BrokenOff(Exception):
    """The file was thrown away while it was being read, or somebody else reads it."""


def begin_reading(session: Session, *, actor: Actor) -> Task | None:
    """Take the oldest waiting file, or one over which a reading broke off; None if none waits."""
    require(Permission.RUN_JOBS, actor)
    staged = session.scalar(
        select(SpreadsheetImport)
        .where(
            SpreadsheetImport.state.in_(("queued", "reading")),
            SpreadsheetImport.confirmed_at.is_(None),
        )
        .order_by(SpreadsheetImport.id)
        .limit(1)
    )
    if staged is None:
        return None
    tries = staged.summary.get("tries", 0) + 1 if staged.state == "reading" else 1
    staged.state, staged.rows_read = "reading", 0
    staged.summary = {**staged.summary, "tries": tries}
    if staged.content is not None:
        session.execute(delete(ImportRow).where(ImportRow.import_id == staged.id))
    return Task(
        import_id=staged.id,
        network_code=staged.network_code,
        file_name=staged.file_name,
        content=b64decode(staged.content) if staged.content is not None else None,
        summary=staged.summary,
        reference_day=staged.read_at.date(),
        choices=load_choices(session, staged.network_code),
        layout=Layout(**staged.summary["layout"]) if "layout" in staged.summary else None,
    )


def note_progress(
    session: Session, *, import_id: int, rows_read: int, rows_total: int | None = None
) -> None:
    """Say how far the reading is; ``BrokenOff`` where the file is no longer being read."""
    values = {"rows_read": rows_read}
    if rows_total is not None:
        values["rows_total"] = rows_total
    going_on = session.execute(
        update(SpreadsheetImport)
        .where(SpreadsheetImport.id == import_id, SpreadsheetImport.state == "reading")
        .values(**values)
        .returning(SpreadsheetImport.id)
    )
    if going_on.scalar() is None:
        raise BrokenOff


def keep_rows(
    session: Session, *, task: Task, first: int, rows: Sequence[ReadRow], is_again: bool
) -> None:
    """Keep some rows of a reading, in place of what they said where they are read again."""
    columns = [
        {"ordinal": first + i, **row_columns(task.network_code, row)} for i, row in enumerate(rows)
    ]
    if not is_again:
        session.execute(
            insert(ImportRow), [{"import_id": task.import_id, **one} for one in columns]
        )
        return
    for one in columns:
        ordinal = one.pop("ordinal")
        session.execute(
            update(ImportRow)
            .where(ImportRow.import_id == task.import_id, ImportRow.ordinal == ordinal)
            .values(**one)
        )


def keep_found(session: Session, *, import_id: int, place: int, found: Found) -> None:
    """Add to a row what others show of it."""
    row = session.scalars(
        select(ImportRow).where(ImportRow.import_id == import_id, ImportRow.ordinal == place)
    ).one()
    before, after = problems_as_json(found.before), problems_as_json(found.after)
    row.problems = [*before, *row.problems, *after]
    row.verdict = _judge_again(row.verdict, [*found.before, *found.after])


def _judge_again(verdict: str, problems: Sequence[Problem]) -> str:
    found = judge(tuple(problems))
    order = ("ok", "review", "reject")
    return max(verdict, found, key=order.index)


def list_kept(session: Session, import_id: int) -> list[KeptRow]:
    """The rows of an import as they were found."""
    rows = session.execute(
        select(ImportRow.row, ImportRow.raw, ImportRow.problems)
        .where(ImportRow.import_id == import_id)
        .order_by(ImportRow.ordinal)
    )
    return [KeptRow(row, raw, problems) for row, raw, problems in rows]


def judge_part(
    session: Session,
    *,
    import_id: int,
    first: int,
    limit: int,
    known: KnownPeople,
    first_rows: dict[str, int],
) -> int:
    """Note on some rows what would become of them; return how many."""
    rows = session.scalars(
        select(ImportRow)
        .where(ImportRow.import_id == import_id, ImportRow.ordinal >= first)
        .order_by(ImportRow.ordinal)
        .limit(limit)
    ).all()
    for row, judgement in zip(rows, judge_rows(rows, known, first_rows), strict=True):
        note_judgement(row, judgement)
    return len(rows)


def end_reading(
    session: Session, *, actor: Actor, import_id: int, summary: Mapping[str, Any]
) -> None:
    """The whole file is read: from now on it may be looked at. Its bytes are gone."""
    staged = _open_reading(session, import_id)
    staged.state, staged.summary, staged.content = "read", dict(summary), None
    staged.rows_read = staged.rows_total = sum(summary["table_rows"])
    audit_import(session, actor, "import.read", staged, {"rows": staged.rows_read})


def fail_reading(
    session: Session, *, actor: Actor, import_id: int, code: str, values: Mapping[str, Any]
) -> None:
    """The file cannot be read; nothing of it is kept but its name and why.

    Where only its headings were not recognised, it waits for a person to show them.
    """
    staged = _open_reading(session, import_id)
    sketch = _sketch(staged) if code == NO_TABLE else None
    staged.state, staged.rows = "failed", []
    staged.summary = {"refused": code, "values": {k: str(v) for k, v in values.items()}}
    if sketch is None:
        staged.content = None
    else:
        staged.summary = {**staged.summary, "sketch": sketch}
    audit_import(session, actor, "import.failed", staged, {"code": code})


def _sketch(staged: SpreadsheetImport) -> dict[str, Any] | None:
    if staged.content is None:
        return None
    return sketch_file(b64decode(staged.content), file_name=staged.file_name)


def _open_reading(session: Session, import_id: int) -> SpreadsheetImport:
    staged = session.get(SpreadsheetImport, import_id)
    if staged is None:
        raise NotFound
    if staged.state != "reading":
        raise BrokenOff
    return staged
