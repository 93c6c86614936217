"""The rows to correct leave as a text file or a workbook, and are counted like any other list."""

from __future__ import annotations

import io
from zipfile import ZipFile

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.db import Database
from roster.errors import TooMany
from roster.models import Export
from roster.permissions import Actor
from roster.services.exports import EXPORTS_PER_DAY
from roster.services.problem_files import write_problem_file
from roster.spreadsheets import read_spreadsheet
from tests.roster.services.lists import ANNA, DAY, SPOILT, stage, write_list


def test_the_rows_to_correct_leave_as_a_workbook_too_and_are_counted(database: Database) -> None:
    odd = {**SPOILT, "Name": "=1+1", "Phone": "+000 555 1212"}
    coordinator = Actor("account", coordinates=frozenset({"nwm"}), roles=frozenset({"coordinator"}))
    with database.writing() as session:
        staged = stage(session, write_list([ANNA, SPOILT, odd]))
        given = {
            kind: write_problem_file(
                session,
                actor=coordinator,
                import_id=staged.id,
                heading="What is to be corrected",
                word=lambda row: f"row {row.row}",
                kind=kind,
            )
            for kind in ("csv", "xlsx")
        }
        exports = session.execute(select(Export.format, Export.row_count, Export.network_code))
        assert exports.all() == [("csv", 2, "nwm"), ("xlsx", 2, "nwm")]
        for _ in range(EXPORTS_PER_DAY - 2):
            session.add(copy_export(session))
        session.flush()
        with pytest.raises(TooMany):
            write_problem_file(
                session, actor=coordinator, import_id=staged.id, heading="", word=lambda row: ""
            )
    text, book = (
        read_spreadsheet(content, file_name="x", network="nwm", reference_day=DAY)
        for content in given.values()
    )
    assert [(row.row, row.values, row.verdict) for row in book.rows] == [
        (row.row, row.values, row.verdict) for row in text.rows
    ]
    with ZipFile(io.BytesIO(given["xlsx"])) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet and "'=1+1" in sheet
        assert [name for name in archive.namelist() if "sheet" in name] == [
            "xl/worksheets/sheet1.xml"
        ]


def copy_export(session: Session) -> Export:
    """One file more that the same account took out."""
    one = session.scalars(select(Export).limit(1)).one()
    columns = ("account_id", "network_code", "format", "reason", "row_count", "file_digest")
    return Export(exported_at=one.exported_at, **{name: getattr(one, name) for name in columns})
