"""A file whose headings nobody recognised is read as a person says; what is private stays out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.jobs import Turn, get_job
from roster.models import AuditEvent, ColumnChoice, SpreadsheetImport
from roster.permissions import SCHEDULER, Actor
from roster.services.reading_files import queue_import
from roster.services.shown_layouts import keep_unrecognised, show_layout
from roster.settings import Settings
from roster.spreadsheets import SpreadsheetRefused, read_spreadsheet
from roster.spreadsheets.written_workbooks import write_workbook
from tests.roster.services.lists import COORDINATOR, DAY

LINES = [
    ["Qvarterly zheet", "", "", ""],
    ["", "", "", ""],
    ["Vem", "Annat", "Kvot", "Home address"],
    ["Anna Lindqvist", "p. 1102", "7", "Storgatan 1"],
    ["Brita Hovland", "p. 1304", "8", "Lillegata 2"],
]
CHOSEN = {"A": "name", "B": "notes", "D": "bio"}


def make_file(lines: Sequence[Sequence[str]] = LINES) -> bytes:
    return write_workbook(lines, sheet_name="Blad")


@pytest.fixture
def read(database: Database, settings: Settings) -> Callable[[], int]:
    return lambda: get_job("read_files").run(Turn(database, settings, SCHEDULER))


def keep(session: Session, content: bytes) -> SpreadsheetImport | None:
    return keep_unrecognised(
        session, actor=COORDINATOR, network_code="nwm", file_name="list.xlsx", content=content
    )


def show(session: Session, staged: SpreadsheetImport, **values: Any) -> SpreadsheetImport:
    given: dict[str, Any] = {"heading_row": 3, "columns": CHOSEN, "actor": COORDINATOR, **values}
    return show_layout(
        session, **{"import_id": staged.id, "expected_version": staged.version, **given}
    )


def describe(staged: SpreadsheetImport) -> list[tuple[object, ...]]:
    return [
        (row.row, row.values.get("name"), row.values.get("notes"), row.raw) for row in staged.rows
    ]


def test_the_file_is_read_from_the_line_that_was_shown(
    database: Database, read: Callable[[], int]
) -> None:
    with pytest.raises(SpreadsheetRefused, match="no_table"):
        read_spreadsheet(make_file(), file_name="x.xlsx", network="nwm", reference_day=DAY)
    with database.writing() as session:
        staged = keep(session, make_file())
        assert staged is not None
        assert staged.summary["sketch"]["keys"] == ["A", "B", "C", "D"]
        assert [number for number, _ in staged.summary["sketch"]["lines"]] == [1, 3, 4, 5]
        show(session, staged)
        session.commit()
        import_id = staged.id
    assert read() == 1
    with database.reading() as session:
        staged = session.get_one(SpreadsheetImport, import_id)
        assert (staged.state, staged.content, "sketch" in staged.summary) == ("read", None, False)
        raw = {"A": "Brita Hovland", "B": "p. 1102", "C": "8"}
        assert describe(staged) == [
            (4, "Anna Lindqvist", "p. 1102", {**raw, "A": "Anna Lindqvist", "C": "7"}),
            (5, "Brita Hovland", "p. 1304", {**raw, "B": "p. 1304"}),
        ]
        kept = session.execute(select(ColumnChoice.heading, ColumnChoice.field)).all()
        assert {("vem", "name"), ("annat", "notes")} <= set(kept)
        actions = select(AuditEvent.action).where(AuditEvent.subject_id == import_id)
        assert session.scalars(actions.order_by(AuditEvent.id)).all() == [
            "import.queued",
            "import.layout_shown",
            "import.read",
        ]


def test_a_list_without_headings_is_read_from_its_first_line(
    database: Database, read: Callable[[], int]
) -> None:
    with database.writing() as session:
        content = b"Anna Lindqvist;Sweden\nBrita Hovland;Norway\n"
        staged = keep(session, content)
        assert staged is not None
        show(session, staged, heading_row=0, columns={"1": "name", "2": "residence"})
        session.commit()
        import_id = staged.id
    read()
    with database.reading() as session:
        rows = session.get_one(SpreadsheetImport, import_id).rows
        assert [(row.values["name"], row.values["residence"]) for row in rows] == [
            ("Anna Lindqvist", "SWE"),
            ("Brita Hovland", "NOR"),
        ]


def test_a_long_file_without_headings_waits_with_its_first_lines(
    database: Database, read: Callable[[], int]
) -> None:
    with database.writing() as session:
        for content in (make_file(), b"%PDF-1.7 nothing"):
            queue_import(
                session, actor=COORDINATOR, network_code="nwm", file_name="x", content=content
            )
        session.commit()
    assert read() == 2
    with database.reading() as session:
        waiting, refused = session.scalars(select(SpreadsheetImport).order_by("id"))
        assert (waiting.state, waiting.content is not None) == ("failed", True)
        assert len(waiting.summary["sketch"]["lines"]) == 4
        assert (refused.state, refused.content, "sketch" in refused.summary) == (
            "failed",
            None,
            False,
        )


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"heading_row": 99}, "line_not_shown"),
        ({"columns": {"A": "notes"}}, "no_name_column"),
        ({"columns": {}}, "no_name_column"),
        ({"columns": {"A": "name", "Z": "notes"}}, "meaning_unknown"),
        ({"columns": {"A": "name", "B": "salary"}}, "meaning_unknown"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    database: Database, values: dict[str, object], code: str
) -> None:
    with database.writing() as session:
        staged = keep(session, make_file())
        assert staged is not None
        with pytest.raises(Refused, match=code):
            show(session, staged, **values)


def test_only_her_own_network_shows_it_and_only_once(database: Database) -> None:
    with database.writing() as session:
        staged = keep(session, make_file())
        assert staged is not None
        with pytest.raises(NotFound):
            show(session, staged, actor=Actor("account", coordinates=frozenset({"awmn"})))
        with pytest.raises(StaleVersion):
            show(session, staged, expected_version=staged.version - 1)
        show(session, staged)
        session.flush()
        with pytest.raises(Refused, match="import_already_decided"):
            show(session, staged)


def test_a_file_of_which_nothing_can_be_shown_is_not_kept(database: Database) -> None:
    with database.writing() as session:
        assert keep(session, b"%PDF-1.7 nothing") is None
        assert session.scalar(select(SpreadsheetImport.id)) is None
