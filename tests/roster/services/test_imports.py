"""A list is taken in at once; again it changes nothing; a changed row changes only what it says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import event, func, inspect, select, text
from sqlalchemy.orm import Session

from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import (
    AuditEvent,
    Availability,
    Change,
    Entry,
    Identity,
    ImportRow,
    Mediator,
    Membership,
    Record,
    SpreadsheetImport,
)
from roster.permissions import Actor
from roster.services.imports import (
    ImportOutcome,
    confirm_import,
    count_outcomes,
    discard_import,
)
from roster.services.records import RecordChange, WantedEntry, change_record
from roster.services.waiting_rows import decide_row
from roster.spreadsheets import read_spreadsheet
from tests.roster.services.lists import (
    ANNA,
    BRITA,
    COORDINATOR,
    DAY,
    HEADERS,
    SPOILT,
    Woman,
    describe_list,
    import_women,
    make_long_list,
    stage,
    take_in,
    write_list,
)

SAMPLES = Path(__file__).parents[3] / "roster" / "demo" / "samples"
LISTS = {
    "femwise": "a1_femwise.xlsx",
    "mwmn": "a2_mwmn.csv",
    "awmn": "a3_awmn.xlsx",
    "nwm": "a4_nordic.csv",
    "refemac": "a5_refemac.ods",
}
DOMAIN = (Mediator, Record, Entry, Membership, Availability, Change)


def count(database: Database) -> dict[str, int]:
    """Rows of the tables that hold people."""
    with database.reading() as session:
        return {
            model.__tablename__: session.scalar(select(func.count()).select_from(model)) or 0
            for model in DOMAIN
        }


def counts(outcome: ImportOutcome) -> tuple[int, int, int, int, int]:
    return outcome.new, outcome.same, outcome.updated, outcome.waiting, outcome.left_out


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


def decide(
    session: Session,
    staged: SpreadsheetImport,
    row: ImportRow,
    choice: str,
    record_id: int | None = None,
) -> ImportRow:
    return decide_row(
        session,
        actor=COORDINATOR,
        import_id=staged.id,
        row_id=row.id,
        choice=choice,
        record_id=record_id,
    )


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


LOOK_ALIKES: list[tuple[str, Woman]] = [
    ("a new address", {**ANNA, "E-mail": "new@example.org"}),
    ("no address", {**ANNA, "E-mail": "", "Phone": "", "Birth year": "", "Tracks": "I"}),
    ("another order of names", {**ANNA, "Name": "Lindqvist Anna", "E-mail": ""}),
    ("a new family name", {**ANNA, "Name": "Anna Berg", "Phone": ""}),
]


@pytest.mark.parametrize("changed", [w for _, w in LOOK_ALIKES], ids=[i for i, _ in LOOK_ALIKES])
def test_who_looks_like_somebody_on_the_list_waits_and_is_never_a_silent_second_entry(
    database: Database, changed: Woman
) -> None:
    import_women(database, ANNA)
    with database.writing() as session:
        staged = stage(session, write_list([changed]))
        preview = [
            (p["severity"], p["field"], p["records"])
            for p in staged.rows[0].problems
            if p["code"] == "DUP_SUSPECTED"
        ]
        record_id = session.scalars(select(Record.id)).one()
        assert preview == [("warning", "name", [record_id])]
        assert staged.rows[0].verdict == "ok"
        outcome = confirm_import(
            session, actor=COORDINATOR, import_id=staged.id, expected_version=staged.version
        )
        assert counts(outcome) == (0, 0, 0, 1, 0)
        assert decide(session, staged, staged.rows[0], "same", record_id).outcome == "updated"
        assert len(describe_list(session)) == 1
        again, _ = take_in(session, write_list([changed]))
        assert counts(again) == (0, 1, 0, 0, 0)


def test_twins_by_name_with_other_years_are_two_women(database: Database) -> None:
    import_women(database, ANNA)
    other = {**ANNA, "Birth year": "1984", "E-mail": "other@example.org", "Phone": "+000 3"}
    assert counts(import_women(database, ANNA, other)) == (1, 1, 0, 0, 0)


def test_two_rows_of_one_woman_in_a_file_wait_and_name_each_other(database: Database) -> None:
    with database.writing() as session:
        staged = stage(session, write_list([ANNA, BRITA, {**ANNA, "Name": "Lindqvist, Anna"}]))
        found = {
            row.row: [p["rows"] for p in row.problems if p["code"] == "DUP_IN_FILE"]
            for row in staged.rows
        }
        assert {n: [list(r) for r in rows] for n, rows in found.items()} == {
            2: [[4]],
            3: [],
            4: [[2]],
        }
        assert counts(count_outcomes(session, staged.id)) == (1, 0, 0, 2, 0)


def test_a_row_that_stands_twice_word_for_word_is_taken_once(database: Database) -> None:
    bare = {"Name": "Eva Moen", "Nationality": "Norway"}
    with database.writing() as session:
        outcome, staged = take_in(session, write_list([bare, bare]))
        assert counts(outcome) == (1, 0, 0, 1, 0)
        assert staged.rows[1].problems[-1]["rows"] == [2]


def test_another_networks_people_are_not_spoken_of(database: Database) -> None:
    """The same messages and outcome whether or not another network knows the women (F4)."""
    with database.writing() as session:
        fresh = stage(session, write_list([ANNA, SPOILT]))
        unknown = [(row.outcome, row.problems) for row in fresh.rows]
        session.rollback()
    import_women(database, ANNA, SPOILT, network="awmn")
    with database.writing() as session:
        staged = stage(session, write_list([ANNA, SPOILT]))
        assert [(row.outcome, row.problems) for row in staged.rows] == unknown


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


def test_a_file_thrown_away_leaves_nothing_and_is_not_found(database: Database) -> None:
    with database.writing() as session:
        staged = stage(session, write_list([ANNA]), name="secret-name.csv")
        discard_import(
            session, actor=COORDINATOR, import_id=staged.id, expected_version=staged.version
        )
        session.commit()
        assert (staged.state, staged.rows, staged.summary, staged.file_name) == (
            "discarded", [], {}, "",
        )  # fmt: skip
        with pytest.raises(NotFound):
            confirm_import(
                session, actor=COORDINATOR, import_id=staged.id, expected_version=staged.version
            )
    assert count(database)["mediator"] == 0


def test_a_second_confirmation_is_told_and_takes_in_nothing(database: Database) -> None:
    with database.writing() as session:
        staged = stage(session, write_list([ANNA]))
        seen = staged.version
        for expected in (None, StaleVersion):
            if expected is None:
                confirm_import(
                    session, actor=COORDINATOR, import_id=staged.id, expected_version=seen
                )
                continue
            with pytest.raises(expected):
                confirm_import(
                    session, actor=COORDINATOR, import_id=staged.id, expected_version=seen
                )
        with pytest.raises(Refused, match="import_already_decided"):
            discard_import(
                session, actor=COORDINATOR, import_id=staged.id, expected_version=staged.version
            )
        assert len(describe_list(session)) == 1


Act = Callable[[Session, SpreadsheetImport, Actor], object]
ACTS: dict[str, Act] = {
    "confirm": lambda s, i, a: confirm_import(
        s, actor=a, import_id=i.id, expected_version=i.version
    ),
    "discard": lambda s, i, a: discard_import(
        s, actor=a, import_id=i.id, expected_version=i.version
    ),
    "decide": lambda s, i, a: decide_row(
        s, actor=a, import_id=i.id, row_id=i.rows[0].id, choice="new"
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_a_coordinator_of_another_network_finds_no_such_file(database: Database, name: str) -> None:
    other = Actor("account", coordinates=frozenset({"awmn"}))
    with database.writing() as session:
        staged = stage(session, write_list([ANNA]))
        with pytest.raises(NotFound):
            ACTS[name](session, staged, other)
        with pytest.raises(NotFound):
            stage(session, write_list([ANNA]), actor=other)


def test_a_row_is_not_joined_to_a_record_of_another_network(database: Database) -> None:
    import_women(database, ANNA, network="awmn")
    with database.writing() as session:
        foreign = session.scalars(select(Record.id)).one()
        _, staged = take_in(session, write_list([SPOILT]))
        with pytest.raises(NotFound):
            decide(session, staged, staged.rows[0], "same", foreign)


def test_a_row_decided_meanwhile_tells_the_second_of_the_first(database: Database) -> None:
    with database.writing() as session:
        _, staged = take_in(session, write_list([SPOILT]))
        decide(session, staged, staged.rows[0], "new")
        with pytest.raises(StaleVersion) as told:
            decide(session, staged, staged.rows[0], "leave_out")
        assert (told.value.current["outcome"], told.value.wanted["outcome"]) == ("new", "leave_out")


def test_each_use_case_leaves_one_event_in_its_own_transaction(database: Database) -> None:
    with database.writing() as session:
        _, staged = take_in(session, write_list([ANNA, BRITA, SPOILT]))
        decide(session, staged, staged.rows[2], "leave_out")
        thrown = stage(session, write_list([ANNA]))
        discard_import(
            session, actor=COORDINATOR, import_id=thrown.id, expected_version=thrown.version
        )
        events = session.execute(select(AuditEvent.action, AuditEvent.n)).all()
        n = session.info["n"]
    actions = (
        "import.read",
        "import.confirmed",
        "import.row_decided",
        "import.read",
        "import.discarded",
    )
    assert [tuple(e) for e in events] == [(action, n) for action in actions]


def test_without_its_event_nothing_is_taken_in(database: Database) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("no room for the trail")

    with database.writing() as session:
        staged = stage(session, write_list([ANNA]))
        session.commit()
        import_id, version = staged.id, staged.version
    before = count(database)
    event.listen(AuditEvent, "before_insert", fail)
    try:
        with pytest.raises(RuntimeError, match="no room"), database.writing() as session:
            confirm_import(
                session, actor=COORDINATOR, import_id=import_id, expected_version=version
            )
            session.commit()
    finally:
        event.remove(AuditEvent, "before_insert", fail)
    assert count(database) == before


def test_no_name_or_address_stands_in_the_file_of_the_database(database: Database) -> None:
    import_women(database, ANNA, SPOILT)
    tables = inspect(database.engine).get_table_names()
    with database.engine.connect() as connection:
        dump = "".join(
            str(tuple(row))
            for table in tables
            for row in connection.execute(text(f'SELECT * FROM "{table}"'))
        )
    for secret in ("Lindqvist", "anna@", "Carin", "1112233", "list.csv"):
        assert secret not in dump


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
