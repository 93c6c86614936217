"""A list is taken in at once; again it changes nothing; a changed row changes only what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from roster.db import Database
from roster.errors import StaleVersion
from roster.models import Availability, Entry, Identity, Membership, Record
from roster.permissions import Actor
from roster.services.records import RecordChange, WantedEntry, change_record
from roster.spreadsheets import read_spreadsheet
from tests.roster.services.lists import (
    ANNA,
    BRITA,
    COORDINATOR,
    DAY,
    HEADERS,
    SPOILT,
    describe_list,
    import_women,
    make_long_list,
    take_in,
    write_list,
)
from tests.roster.services.taken_lists import count, counts, decide

SAMPLES = Path(__file__).parents[3] / "roster" / "demo" / "samples"
LISTS = {
    "femwise": "a1_femwise.xlsx",
    "mwmn": "a2_mwmn.csv",
    "awmn": "a3_awmn.xlsx",
    "nwm": "a4_nordic.csv",
    "refemac": "a5_refemac.ods",
}


@pytest.mark.parametrize("network", LISTS)
def test_the_same_file_again_changes_nothing(database: Database, network: str) -> None:
    content = (SAMPLES / LISTS[network]).read_bytes()
    actor = Actor("account", coordinates=frozenset({network}))
    with database.writing() as session:
        first, _ = take_in(session, content, network=network, actor=actor)
        session.commit()
    before = count(database)
    for _ in range(2):
        with database.writing() as session:
            again, staged = take_in(session, content, network=network, actor=actor)
            session.commit()
        assert counts(again) == (0, first.new + first.waiting, 0, 0, first.left_out)
        assert "DUP_SUSPECTED" not in {p["code"] for row in staged.rows for p in row.problems}
    assert count(database) == before
    assert first.new > 30 and first.waiting > 1


def test_a_row_decided_by_a_person_is_not_asked_again(database: Database) -> None:
    content = write_list([ANNA, SPOILT, {**SPOILT, "Name": "Dora Ek", "E-mail": "d@example.org",
                                         "Phone": "+000 999 0000"}])  # fmt: skip
    with database.writing() as session:
        _, staged = take_in(session, content)
        carin, dora = (row for row in staged.rows if row.outcome == "waiting")
        decide(session, staged, carin, "new")
        decide(session, staged, dora, "leave_out")
        again, _ = take_in(session, content)
        assert counts(again) == (0, 2, 0, 0, 1)
        assert sorted(describe_list(session)) == ["Anna Lindqvist", "Carin Malm"]


def test_a_moved_or_added_column_is_no_change(database: Database) -> None:
    import_women(database, ANNA, {**BRITA, "E-mail": "", "Phone": ""})
    content = write_list(
        [{**ANNA, "Shoe": "38"}, {**BRITA, "E-mail": "", "Phone": ""}],
        ("Shoe", *reversed(HEADERS)),
    )
    with database.writing() as session:
        outcome, _ = take_in(session, content)
    assert counts(outcome) == (0, 2, 0, 0, 0)


def test_a_changed_row_changes_only_what_it_says(database: Database) -> None:
    import_women(database, ANNA, BRITA)
    changed = {**ANNA, "Languages": "Swedish C2, French B2", "Phone": "+000 111 9999"}
    assert counts(import_women(database, changed, BRITA)) == (0, 1, 1, 0, 0)
    with database.reading() as session:
        assert describe_list(session)["Anna Lindqvist"] == {
            "email": "anna@example.org",
            "phone": "+0001119999",
            "entries": {
                ("birth_year", "", "1961", "import"),
                ("nationality", "SWE", "", "import"),
                ("language", "swe", "C2,C2", "import"),
                ("language", "fra", "B2,B2", "import"),
                ("track", "II", "", "import"),
            },
        }
    assert counts(import_women(database, changed, BRITA)) == (0, 2, 0, 0, 0)


def test_what_a_person_wrote_changed_or_took_away_stays(database: Database) -> None:
    import_women(database, ANNA)
    with database.writing() as session:
        record = session.scalars(select(Record)).one()
        change_record(
            session,
            actor=COORDINATOR,
            record_id=record.id,
            expected_version=record.version,
            change=RecordChange(
                identity={"display_name": "Anna Lindqvist", "phone": "+47 1"},
                membership={},
                entries=(WantedEntry("language", "eng", {"speaking": "C2"}, confirm=True),),
                fields=frozenset({"language", "track"}),
            ),
        )
        session.commit()
    changed = {
        **ANNA,
        "Languages": "Swedish C1, English B1",
        "Phone": "+000 5",
        "Nationality": "Norway",
    }
    assert counts(import_women(database, changed)) == (0, 0, 1, 0, 0)
    with database.reading() as session:
        assert describe_list(session)["Anna Lindqvist"] == {
            "email": "anna@example.org",
            "phone": "+47 1",
            "entries": {
                ("birth_year", "", "1961", "import"),
                ("nationality", "NOR", "", "import"),
                ("language", "eng", "C2", "coordinator"),
                ("language", "swe", "C1,C1", "import"),  # the list says something new of it
            },
        }


def test_an_unchanged_value_that_a_person_took_away_does_not_come_back(database: Database) -> None:
    import_women(database, ANNA)
    with database.writing() as session:
        record = session.scalars(select(Record)).one()
        nothing = RecordChange({}, {}, (), frozenset({"language", "track"}))
        change_record(
            session,
            actor=COORDINATOR,
            record_id=record.id,
            expected_version=record.version,
            change=nothing,
        )
        session.commit()
    import_women(database, {**ANNA, "Phone": "+000 111 0000"})
    with database.reading() as session:
        fields = set(session.scalars(select(Entry.field)))
    assert fields == {"birth_year", "nationality"}


def test_an_import_raises_the_version_that_an_open_form_holds(database: Database) -> None:
    import_women(database, ANNA)
    with database.reading() as session:
        seen = session.scalars(select(Record.version)).one()
    import_women(database, {**ANNA, "Phone": "+000 111 0000"})
    with database.writing() as session, pytest.raises(StaleVersion):
        change_record(
            session,
            actor=COORDINATOR,
            record_id=session.scalars(select(Record.id)).one(),
            expected_version=seen,
            change=RecordChange({"display_name": "Anna L."}, {}, (), frozenset()),
        )


def test_nothing_is_a_confirmation_and_nobody_is_visible(database: Database) -> None:
    content = (SAMPLES / LISTS["nwm"]).read_bytes()
    with database.writing() as session:
        take_in(session, content)
        assert set(session.scalars(select(Entry.source))) == {"import"}
        assert set(session.scalars(select(Entry.grade))) == {1}
        assert set(session.scalars(select(Availability.confirmed_by))) == {"import"}
        assert set(session.scalars(select(Membership.accreditation))) == {"draft"}


def test_figures_that_the_tables_refuse_do_not_stop_a_list(database: Database) -> None:
    headers = ("Name", "Days per month", "Availability", "Antenna", "Role")
    rows = [
        {"Name": "Eva Moen", "Days per month": "0", "Availability": "available"},
        {"Name": "Ida Strand", "Days per month": "2.5", "Availability": "available"},
        {"Name": "Ulla Rask", "Days per month": "45", "Availability": "available"},
        {"Name": "Siri Vang", "Antenna": "A" * 300, "Role": "trainer"},
    ]
    with database.writing() as session:
        outcome, _ = take_in(session, write_list(rows, headers))
        session.commit()
    assert outcome.new + outcome.waiting == 4
    with database.reading() as session:
        assert set(session.scalars(select(Availability.days_per_month))) <= {None}
        roles = set(session.scalars(select(Entry.code).where(Entry.field == "role_held")))
        assert roles <= {"trainer_coach"}


@pytest.mark.slow
def test_5000_rows_of_which_37_are_bad_report_exactly_these(database: Database) -> None:
    women, bad = make_long_list(5000, 37)
    content = write_list(women)
    result = read_spreadsheet(content, file_name="l.csv", network="nwm", reference_day=DAY)
    assert [row.row for row in result.rows if row.verdict != "ok"] == bad
    with database.writing() as session:
        outcome, staged = take_in(session, content)
        session.commit()
        assert [row.row for row in staged.rows if row.outcome == "waiting"] == bad
    assert counts(outcome) == (4963, 0, 0, 37, 0)
    with database.reading() as session:
        names = {woman["Name"] for i, woman in enumerate(women) if i + 2 not in bad}
        assert set(session.scalars(select(Identity.display_name))) == names
