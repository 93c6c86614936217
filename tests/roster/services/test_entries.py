"""What a record said before is kept with who said it and who ended it, whoever writes."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.facts import Grade
from roster import clock
from roster.db import Database
from roster.models import Entry, EntryHistory, ImportRow, Record
from roster.permissions import Actor
from roster.services import profiles
from roster.services.records import RecordChange, WantedEntry, change_record
from roster.services.undoing_imports import undo_import
from tests.factories import add_account, add_mediator
from tests.roster.services.lists import ANNA, BRITA, COORDINATOR, take_in, write_list

SOURCES = Path(profiles.__file__).parent.parent
ENTRY_WRITTEN = re.compile(
    r"\.(sealed|detail)\b(, \S+)* = |\.entries\.(remove|append|clear)|(delete|update)\(Entry\b"
)


def test_only_one_place_writes_entries() -> None:
    places = {
        path.name
        for path in SOURCES.rglob("*.py")
        if "spreadsheets" not in path.parts  # what a file's cell says is called an entry there
        and ENTRY_WRITTEN.search(path.read_text(encoding="utf-8"))
    }
    assert places == {"entries.py"}


def read_former(session: Session, record_id: int) -> list[dict[str, Any]]:
    """The history of a record, oldest first, without numbers and instants."""
    rows = session.scalars(
        select(EntryHistory).where(EntryHistory.record_id == record_id).order_by(EntryHistory.id)
    )
    return [
        {
            "value": (row.field, row.code, row.detail, row.sealed),
            "said": (row.source, row.entered_by, row.grade, row.import_row_id),
            "ended": (row.act, row.ended_source, row.ended_by),
        }
        for row in rows
    ]


def test_a_coordinators_change_and_removal_keep_what_stood_and_an_unchanged_value_leaves_no_row(
    database: Database,
) -> None:
    with database.writing() as session:
        her = add_mediator(session, entries=[("theme", "ceasefire"), ("theme", "elections")])
        add_mediator(session, entries=[("theme", "ceasefire")])
        editor = add_account(session, "coordinator", network="nwm")
        record = session.scalars(
            select(Record).where(Record.mediator_id == her.id, Record.network_code == "nwm")
        ).one()
        entered_at = record.entries[0].entered_at
        wanted = (
            WantedEntry("theme", "elections"),
            WantedEntry("theme", "borders"),
            WantedEntry("language", "eng", {"speaking": "B2"}),
        )
        with clock.shifted(timedelta(days=3)):
            change_record(
                session,
                actor=Actor("account", editor.id, coordinates=frozenset({"nwm"})),
                record_id=record.id,
                expected_version=record.version,
                change=RecordChange({}, {}, wanted, frozenset({"theme", "language"})),
            )
            assert read_former(session, record.id) == [
                {
                    "value": ("theme", "ceasefire", {}, None),
                    "said": ("coordinator", None, 2, None),
                    "ended": ("removed", "coordinator", editor.id),
                },
                {
                    "value": ("language", "eng", {"level": "C1"}, None),
                    "said": ("coordinator", None, 2, None),
                    "ended": ("changed", "coordinator", editor.id),
                },
            ]
            rows = session.scalars(select(EntryHistory)).all()
            assert {row.ended_at - row.entered_at for row in rows} == {clock.now() - entered_at}
            assert {row.record_id for row in rows} == {record.id}


def test_a_confirmation_keeps_whose_word_it_was_and_from_which_row(database: Database) -> None:
    with database.writing() as session:
        take_in(session, write_list([ANNA, BRITA]))
        record = session.scalars(select(Record).order_by(Record.id)).first()
        assert record is not None
        levels = {"speaking": "C1", "listening": "C1"}
        wanted = (
            WantedEntry("language", "eng", levels, confirm=True),
            WantedEntry("language", "swe", dict.fromkeys(levels, "C2")),
        )
        change_record(
            session,
            actor=COORDINATOR,
            record_id=record.id,
            expected_version=record.version,
            change=RecordChange({}, {}, wanted, frozenset({"language"})),
        )
        row = session.scalars(select(ImportRow).where(ImportRow.record_id == record.id)).one()
        assert read_former(session, record.id) == [
            {
                "value": ("language", "eng", levels, None),
                "said": ("import", None, Grade.STATED, row.id),
                "ended": ("changed", "coordinator", None),
            }
        ]
        entry = next(e for e in record.entries if e.code == "eng")
        assert (entry.source, entry.import_row_id) == ("coordinator", row.id)


def test_a_later_list_and_its_undoing_keep_each_row_they_replace(database: Database) -> None:
    with database.writing() as session:
        take_in(session, write_list([ANNA, BRITA]))
        record = session.scalars(select(Record).order_by(Record.id)).first()
        assert record is not None
        changed = {**ANNA, "Languages": "Swedish C2, English B2", "Birth year": ""}
        _, staged = take_in(session, write_list([changed]))
        first, second = session.scalars(
            select(ImportRow.id).where(ImportRow.record_id == record.id).order_by(ImportRow.id)
        )
        born = ("birth_year", "", {"number": 1961}, None)
        high, low = ({"speaking": level, "listening": level} for level in ("C1", "B2"))
        by_first, by_second = (("import", None, 1, row) for row in (first, second))
        removed, replaced = (("removed", "import", None), ("changed", "import", None))
        said = [
            {"value": born, "said": by_first, "ended": removed},
            {"value": ("language", "eng", high, None), "said": by_first, "ended": replaced},
        ]
        assert read_former(session, record.id) == said
        undo_import(
            session, actor=COORDINATOR, import_id=staged.id, expected_version=staged.version
        )
        undone = {"value": ("language", "eng", low, None), "said": by_second, "ended": replaced}
        assert read_former(session, record.id) == [*said, undone]
        sources = {(e.field, e.code): e.import_row_id for e in record.entries}
        assert sources["language", "eng"] == sources["birth_year", ""] == first


def test_her_own_change_keeps_what_she_said_and_no_list_touches_it(database: Database) -> None:
    with database.writing() as session:
        take_in(session, write_list([ANNA, BRITA]))
        record = session.scalars(select(Record).order_by(Record.id)).first()
        assert record is not None
        her = Actor("link", mediator_id=record.mediator_id)
        own = profiles.keep_record(
            session, actor=her, mediator_id=record.mediator_id, expected_version=0
        )
        assert read_former(session, own.id) == []
        own = profiles.keep_record(
            session,
            actor=her,
            mediator_id=record.mediator_id,
            expected_version=own.version,
            levels={"eng": "B1"},
        )
        said = {"speaking": "C1", "listening": "C1"}
        assert read_former(session, own.id) == [
            {
                "value": ("language", "eng", said, None),
                "said": ("self", None, Grade.STATED, None),
                "ended": ("changed", "self", None),
            }
        ]
        take_in(session, write_list([{**ANNA, "Languages": "English A2", "Birth year": "1950"}]))
        beside = {(e.field, e.code): e for e in record.entries}
        hers = {(e.field, e.code): e for e in session.get_one(Record, own.id).entries}
        assert beside["language", "eng"].detail["speaking"] == "A2"
        assert hers["language", "eng"].detail["speaking"] == "B1"
        assert (hers["language", "swe"].source, hers["birth_year", ""].detail) == (
            "self",
            {"number": 1961},
        )
        assert len(read_former(session, own.id)) == 1


def test_history_goes_with_the_record(database: Database) -> None:
    with database.writing() as session:
        take_in(session, write_list([ANNA]))
        _, staged = take_in(session, write_list([{**ANNA, "Languages": "English B2"}]))
        record = session.scalars(select(Record)).one()
        assert read_former(session, record.id)
        session.delete(record)
        session.flush()
        assert session.scalars(select(EntryHistory)).all() == []
        assert session.scalars(select(Entry)).all() == []
