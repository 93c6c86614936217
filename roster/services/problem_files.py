"""The rows with problems as a file of their own: to be corrected and read again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from roster.models import ImportRow, SpreadsheetImport
from roster.permissions import Actor
from roster.services.exports import Taken, note_export
from roster.services.imports import open_import
from roster.spreadsheets.written import write_csv
from roster.spreadsheets.written_workbooks import write_workbook

Problems = Sequence[Mapping[str, Any]]


def write_problem_file(
    session: Session,
    *,
    actor: Actor,
    import_id: int,
    heading: str,
    word: Callable[[ImportRow], str],
    kind: str = "csv",
    is_right_to_left: bool = False,
) -> bytes:
    """A file with the headings and the text as found of every row that waits, was left out for a
    fault or is to be confirmed, and in a last column under ``heading`` what ``word`` says.

    ``kind``: csv or xlsx. That column is passed over when the file is read again. It leaves the house
    like any other: counted among what the account takes out within a day, with its rows and digest
    in the trail.
    """
    staged = open_import(session, actor, import_id)
    rows = _list_rows(session, staged)
    lines = _list_lines(staged, rows, heading, word)
    content = (
        write_workbook(lines, sheet_name="1", is_right_to_left=is_right_to_left)
        if kind == "xlsx"
        else write_csv(lines)
    )
    reason = f"rows to correct of file {staged.id}"
    taken = Taken(staged.network_code, kind, reason, len(rows), content)
    note_export(session, actor=actor, taken=taken)
    return content


def _list_rows(session: Session, staged: SpreadsheetImport) -> Sequence[ImportRow]:
    is_to_correct = (
        ImportRow.verdict != "ok",
        ImportRow.outcome == "waiting",
        ImportRow.ordinal.in_(staged.summary.get("warned", ())),
    )
    return session.scalars(
        select(ImportRow)
        .where(ImportRow.import_id == staged.id, or_(*is_to_correct))
        .order_by(ImportRow.ordinal)
    ).all()


def _list_lines(
    staged: SpreadsheetImport,
    rows: Sequence[ImportRow],
    heading: str,
    word: Callable[[ImportRow], str],
) -> Iterator[list[str]]:
    """One list even where the file had several: columns of one heading come together."""
    tables = staged.summary["table_rows"]
    ends = [sum(tables[: number + 1]) for number in range(len(tables))]
    columns = [c for c in staged.summary["columns"] if c["field"] != "do_not_import"]
    names = list(dict.fromkeys(c["header"] or c["key"] for c in columns))
    yield [*names, heading]
    for row in rows:
        table = next((i for i, end in enumerate(ends, 1) if row.ordinal < end), 1)
        own = {c["header"] or c["key"]: c["key"] for c in columns if c.get("table", 1) == table}
        yield [*(row.raw.get(own.get(name, ""), "") for name in names), word(row)]
