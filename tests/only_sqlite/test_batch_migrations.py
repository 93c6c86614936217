"""SQLite copies a table to alter it: that must not take the rows that refer to it along."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from roster.db import Database
from roster.migration import FOLDER, make_configuration, migrate

RENAME = """
import sqlalchemy as sa
from alembic import op
revision = "9001"
down_revision = "{head}"
def upgrade():
    with op.batch_alter_table("mediator") as batch:
        batch.alter_column("language", new_column_name="writes_in")
"""
ORPHAN = """
from alembic import op
revision = "9001"
down_revision = "{head}"
def upgrade():
    op.execute("DELETE FROM mediator")
"""


def configure(url: str, folder: Path, head: str, source: str) -> Config:
    """The project's migrations and one more that stands in ``folder``."""
    (folder / "9001_extra.py").write_text(source.format(head=head))
    configuration = make_configuration(url)
    configuration.set_main_option("version_locations", f"{FOLDER / 'versions'}\n{folder}")
    configuration.set_main_option("path_separator", "newline")
    return configuration


@pytest.fixture
def filled(database: Database) -> Database:
    from tests.test_migrations import insert_samples

    with database.engine.begin() as connection:
        insert_samples(connection)
    return database


def head_of(database: Database) -> str:
    with database.engine.connect() as connection:
        return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def count(database: Database, table: str) -> int:
    with database.engine.connect() as connection:
        return int(connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)


def test_altering_a_parent_keeps_its_children(
    filled: Database, database_url: str, tmp_path: Path
) -> None:
    configuration = configure(database_url, tmp_path, head_of(filled), RENAME)
    command.upgrade(configuration, "head")
    assert {t: count(filled, t) for t in ("mediator", "membership", "record", "consent")} == {
        "mediator": 1,
        "membership": 1,
        "record": 1,
        "consent": 1,
    }


def test_a_migration_that_leaves_orphans_is_rolled_back(
    filled: Database, database_url: str, tmp_path: Path
) -> None:
    head = head_of(filled)
    with pytest.raises(Exception, match="rows that refer to nothing"):
        command.upgrade(configure(database_url, tmp_path, head, ORPHAN), "head")
    assert (count(filled, "mediator"), head_of(filled)) == (1, head)


def test_the_service_itself_keeps_foreign_keys_on(database: Database) -> None:
    migrate(str(database.engine.url))
    with database.engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
