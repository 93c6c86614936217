"""A long file is read in the background as a short one is read at once; broken off, it begins anew."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

import roster.jobs.reading_files as job
from roster.db import Database
from roster.jobs import Turn, get_job
from roster.models import AuditEvent, ImportRow, SpreadsheetImport
from roster.permissions import SCHEDULER
from roster.services.import_choices import decide_meanings
from roster.services.imports import count_outcomes, discard_import
from roster.services.reading_files import MOST_TRIES, note_progress, queue_import
from roster.settings import Settings
from tests.roster.services.lists import (
    ANNA,
    BRITA,
    COORDINATOR,
    SPOILT,
    import_women,
    stage,
    write_list,
)

WOMEN = [ANNA, SPOILT, {**ANNA, "Phone": ""}, BRITA, {"Name": "Total", "Birth year": "3"}]
MakeTurn = Callable[..., Turn]


@pytest.fixture
def make_turn(database: Database, settings: Settings) -> MakeTurn:
    return lambda **values: Turn(database, settings, SCHEDULER, **values)


def queue(database: Database, content: bytes, name: str = "list.csv") -> int:
    with database.writing() as session:
        staged = queue_import(
            session, actor=COORDINATOR, network_code="nwm", file_name=name, content=content
        )
        session.commit()
        return staged.id


def describe(database: Database, import_id: int) -> tuple[object, ...]:
    """All that a page could tell of an import."""
    with database.reading() as session:
        staged = session.get_one(SpreadsheetImport, import_id)
        summary = {k: v for k, v in staged.summary.items() if k != "reference_day"}
        rows = [
            (row.row, row.verdict, row.raw, row.values, row.problems, row.outcome, row.digest)
            for row in staged.rows
        ]
        return staged.state, summary, rows, staged.content


def test_it_says_the_same_as_a_file_that_is_read_at_once(
    database: Database, make_turn: MakeTurn
) -> None:
    import_women(database, BRITA)
    content = write_list(WOMEN)
    with database.writing() as session:
        at_once = stage(session, content).id
        session.commit()
    queued = queue(database, content)
    assert describe(database, queued)[0] == "queued"
    assert get_job("read_files").run(make_turn()) == 1
    assert describe(database, queued) == describe(database, at_once)
    with database.reading() as session:
        staged = session.get_one(SpreadsheetImport, queued)
        assert (staged.rows_read, staged.rows_total) == (5, 5)
        actions = session.scalars(
            select(AuditEvent.action).where(AuditEvent.subject_id == queued).order_by(AuditEvent.id)
        ).all()
    assert actions == ["import.queued", "import.read"]


def test_a_file_that_cannot_be_read_says_why_and_keeps_nothing(
    database: Database, make_turn: MakeTurn
) -> None:
    failed = queue(database, b"%PDF-1.7 nothing")
    good = queue(database, write_list([ANNA]))
    assert get_job("read_files").run(make_turn()) == 2
    assert describe(database, failed) == (
        "failed",
        {"refused": "not_a_spreadsheet", "values": {}},
        [],
        None,
    )
    assert describe(database, good)[0] == "read"


def test_a_reading_that_was_broken_off_begins_anew(
    database: Database, make_turn: MakeTurn, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued = queue(database, write_list(WOMEN))
    stops = iter([False, False, True])
    get_job("read_files").run(make_turn(is_stopping=lambda: next(stops, True)))
    with database.reading() as session:
        assert session.get_one(SpreadsheetImport, queued).state == "reading"
    get_job("read_files").run(make_turn())
    state, _, rows, _ = describe(database, queued)
    assert (state, [row[0] for row in rows]) == ("read", [2, 3, 4, 5, 6])  # type: ignore[attr-defined]


def test_a_file_over_which_the_process_dies_again_and_again_is_given_up(
    database: Database, make_turn: MakeTurn
) -> None:
    queued = queue(database, write_list([ANNA]))
    for _ in range(MOST_TRIES):
        with database.writing() as session:
            assert job.begin_reading(session, actor=SCHEDULER) is not None
            session.commit()
    get_job("read_files").run(make_turn())
    assert describe(database, queued)[:2] == ("failed", {"refused": "unreadable", "values": {}})


def test_a_file_thrown_away_while_it_is_read_leaves_no_row(
    database: Database, make_turn: MakeTurn
) -> None:
    queued = queue(database, write_list(WOMEN))
    with database.writing() as session:
        job.begin_reading(session, actor=SCHEDULER)
        session.commit()
    with database.writing() as session:
        version = session.get_one(SpreadsheetImport, queued).version
        discard_import(session, actor=COORDINATOR, import_id=queued, expected_version=version)
        session.commit()
    with database.writing() as session, pytest.raises(job.BrokenOff):
        note_progress(session, import_id=queued, rows_read=3)
    assert get_job("read_files").run(make_turn()) == 0
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ImportRow)) == 0
        assert session.get_one(SpreadsheetImport, queued).content is None


def test_a_long_list_waits_for_the_job_to_be_read_by_what_was_decided(
    database: Database, make_turn: MakeTurn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roster.services.import_choices.MOST_READ_AT_ONCE", 1)
    with database.writing() as session:
        staged = stage(session, write_list([ANNA, SPOILT]))
        decide_meanings(
            session,
            actor=COORDINATOR,
            import_id=staged.id,
            expected_version=staged.version,
            columns={},
            words={("countries", "Zzyzxland"): "NOR"},
        )
        session.commit()
        import_id = staged.id
        assert staged.state == "queued"
    assert get_job("read_files").run(make_turn()) == 1
    with database.reading() as session:
        staged = session.get_one(SpreadsheetImport, import_id)
        assert (staged.state, staged.summary["words"]) == ("read", [])
        outcome = count_outcomes(session, import_id)
        assert (outcome.new, outcome.waiting) == (2, 0)
        assert [row.values["nationalities"] for row in staged.rows] == [["SWE"], ["NOR"]]
