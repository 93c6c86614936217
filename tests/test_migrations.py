"""The migrations make the tables of the models, and lose no row on the way up or down."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from alembic import command
from sqlalchemy import Connection, Inspector, inspect, select, text

from roster.db import Database
from roster.migration import list_revisions, make_configuration, migrate, migrate_down
from roster.models import Base
from tests.sample_rows import NOT_SAMPLED, SAMPLE_ROWS


def insert_samples(connection: Connection) -> None:
    """One row into each table that has none yet."""
    counts = count_rows(connection)
    for name in (name for name in SAMPLE_ROWS if counts.get(name) == 0):
        present = {column["name"] for column in inspect(connection).get_columns(name)}
        row = {column: value for column, value in SAMPLE_ROWS[name].items() if column in present}
        holders = ", ".join(f":{column}" for column in row)
        columns = ", ".join(f'"{column}"' for column in row)
        connection.execute(text(f'INSERT INTO "{name}" ({columns}) VALUES ({holders})'), row)


def count_rows(connection: Connection) -> dict[str, int]:
    counts = {}
    for name in sorted(inspect(connection).get_table_names()):
        if name != "alembic_version":
            counts[name] = connection.scalar(text(f'SELECT count(*) FROM "{name}"')) or 0
    return counts


def prepare(url: str) -> dict[str, int]:
    """Fill the tables that stand at ``url``; return the rows in each."""
    database = Database(url)
    with database.engine.begin() as connection:
        insert_samples(connection)
        counts = count_rows(connection)
    database.dispose()
    return counts


def list_broken_references(url: str) -> list[Any]:
    database = Database(url)
    with database.engine.connect() as connection:
        broken: list[Any] = []
        if connection.dialect.name == "sqlite":
            broken = list(connection.execute(text("PRAGMA foreign_key_check")))
    database.dispose()
    return broken


def test_every_table_has_a_sample_row_or_a_reason() -> None:
    assert set(Base.metadata.tables) == (set(SAMPLE_ROWS) | NOT_SAMPLED) - {"alembic_version"}


def test_the_newest_migration_equals_the_models(database_url: str) -> None:
    command.check(make_configuration(database_url))


def test_checks_and_their_names_equal_the_models(empty_url: str, database_url: str) -> None:
    """Alembic's own comparison passes over CHECK constraints."""
    assert list_checks(database_url) == list_checks(empty_url, with_models=True) != set()


def list_checks(url: str, *, with_models: bool = False) -> set[tuple[str, str | None, str]]:
    database = Database(url)
    if with_models:
        Base.metadata.create_all(database.engine)
    inspector: Inspector = inspect(database.engine)
    found = {
        (table, check["name"], check["sqltext"])
        for table in inspector.get_table_names()
        for check in inspector.get_check_constraints(table)
    }
    database.dispose()
    return found


def test_each_migration_up_down_and_up_keeps_the_rows_of_the_tables_before_it(
    empty_url: str,
) -> None:
    rows_before: dict[str, int] = {}
    for before, revision in pairwise(["base", *list_revisions()]):
        migrate(empty_url, revision)
        rows_at = prepare(empty_url)
        assert rows_at.items() >= rows_before.items(), revision
        migrate_down(empty_url, before)
        assert prepare(empty_url) == rows_before, revision
        migrate(empty_url, revision)
        assert prepare(empty_url) == rows_at, revision
        rows_before = rows_at
    assert list_broken_references(empty_url) == []


def test_all_the_way_down_leaves_nothing(database_url: str) -> None:
    counts = prepare(database_url)
    assert {name for name, count in counts.items() if count == 0} <= NOT_SAMPLED
    migrate_down(database_url, "base")
    assert prepare(database_url) == {}
    migrate(database_url)
    command.check(make_configuration(database_url))


def test_a_migrated_database_left_alone_is_unchanged_by_another_migration(
    database_url: str,
) -> None:
    rows = prepare(database_url)
    migrate(database_url)
    assert prepare(database_url) == rows


def test_a_migrated_database_holds_the_ledger_head_and_the_networks(database: Database) -> None:
    with database.reading() as session:
        head = session.execute(text("SELECT id, n FROM ledger_head")).all()
        networks = session.execute(
            text("SELECT code, parent_code, has_members FROM network ORDER BY code")
        ).all()
    assert [tuple(row) for row in head] == [(1, 0)]
    assert [(code, parent, bool(keeps)) for code, parent, keeps in networks] == [
        ("awln", None, True),
        ("awmn", None, True),
        ("awpr", None, True),
        ("femwise", None, True),
        ("global_alliance", None, False),
        ("mwmn", None, True),
        ("nwm", None, True),
        ("refemac", "femwise", True),
        ("sadc", "femwise", True),
        ("seawpm", None, True),
        ("wmc", None, True),
    ]


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_event SET actor = 'x'", "DELETE FROM audit_event"]
)
def test_the_database_itself_refuses_to_change_the_trail(
    database: Database, statement: str
) -> None:
    audit_event = Base.metadata.tables["audit_event"]
    with database.engine.begin() as connection:
        insert_samples(connection)
    with (
        pytest.raises(Exception, match="audit events are never changed"),
        database.engine.begin() as c,
    ):
        c.execute(text(statement))
    with database.engine.connect() as connection:
        assert connection.scalar(select(audit_event.c.actor)) == "operator"
