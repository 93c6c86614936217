"""Units of work on SQLite: one writer at a time, and what becomes of those who wait."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from roster import db
from roster.db import Database


@pytest.fixture
def database(tmp_path: Path) -> Database:
    """A file of its own with the head that every writer takes."""
    made = Database(f"sqlite:///{tmp_path / 'roster.db'}")
    with made.engine.connect() as connection:
        connection.execute(text("CREATE TABLE ledger_head (n INTEGER)"))
        connection.execute(text("INSERT INTO ledger_head VALUES (0)"))
        connection.commit()
    return made


def read_timeout(database: Database) -> int:
    """How long, in milliseconds, a connection of the pool waits."""
    with database.reading() as session:
        return int(session.execute(text("PRAGMA busy_timeout")).scalar_one())


def test_whoever_waits_for_the_place_of_a_writer_takes_it_once_it_is_free(
    database: Database,
) -> None:
    with database.writing() as first:
        waiting = threading.Thread(target=write, args=[database])
        waiting.start()
        waiting.join(db.LOOK_TIMEOUT_MS * 4 / 1_000)
        assert waiting.is_alive()
        first.commit()
    waiting.join(10)
    with database.writing() as third:
        assert (waiting.is_alive(), third.info["n"]) == (False, 3)


def write(database: Database) -> None:
    with database.writing() as session:
        session.commit()


def test_a_writer_gives_up_after_the_time_that_is_set_and_the_connection_is_as_before(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_timeout(database) == db.BUSY_TIMEOUT_MS
    monkeypatch.setattr(db, "BUSY_TIMEOUT_MS", 60)
    with (
        database.writing(),
        pytest.raises(OperationalError, match="database is locked"),
        database.writing(),
    ):
        pass
    assert read_timeout(database) == 60
    with database.writing() as session:
        assert session.info["n"] == 1
