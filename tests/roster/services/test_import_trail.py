"""What is thrown away, decided twice or tried by others changes nothing; what is done leaves its event."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import event, inspect, select, text
from sqlalchemy.orm import Session

from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import AuditEvent, SpreadsheetImport
from roster.permissions import Actor
from roster.services.imports import confirm_import, discard_import
from roster.services.waiting_rows import decide_row
from tests.roster.services.lists import (
    ANNA,
    BRITA,
    COORDINATOR,
    SPOILT,
    describe_list,
    import_women,
    stage,
    take_in,
    write_list,
)
from tests.roster.services.taken_lists import count, decide


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
