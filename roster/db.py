"""Engine, sessions and the one head for order.

Two kinds of unit of work: ``reading`` (BEGIN, refuses to flush) and ``writing`` (BEGIN IMMEDIATE
on SQLite, then the ledger head, so that writers queue instead of failing or losing updates).
Neither commits: the edge does, once, last.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

BUSY_TIMEOUT_MS = 15_000
"""How long a SQLite writer waits for another before it gives up."""
LOOK_TIMEOUT_MS = 25
"""SQLite looks again after 1, 2, 5, 10 ms and ever later, in the end each 100 ms: who has waited for
long would miss the moments that a job leaves her. Asked anew after this time, it looks soon again."""
LOG_TIMEOUT_MS = 300
"""How long other writers may wait for the log to be emptied."""
LOG_PAGES = 16_384
"""At this length (64 MB) of SQLite's log whoever writes carries it over herself: jobs come first."""


class Database:
    """One engine and the two kinds of session on it."""

    def __init__(self, url: str) -> None:
        self.engine = make_engine(url)
        self._writing_engine = self.engine.execution_options(writes=True)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database and changes nothing."""
        with Session(self.engine, expire_on_commit=False) as session:
            event.listen(session, "before_flush", _refuse_flush)
            if self.engine.dialect.name == "postgresql":
                session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that holds the ledger head; ``session.info['n']`` is its place in the order."""
        with Session(self._writing_engine, expire_on_commit=False) as session:
            session.info["n"] = session.execute(
                text("UPDATE ledger_head SET n = n + 1 RETURNING n")
            ).scalar_one()
            # what was noted of the order ends with the transaction that took the head
            event.listen(session, "after_commit", _forget_order)
            event.listen(session, "after_rollback", _forget_order)
            yield session

    def carry_log(self) -> None:
        """Carry SQLite's log of writes into its file while others read and write.

        The job that wrote much does it, so that nobody waits for the disk at the end of a page.
        """
        if self.engine.dialect.name == "sqlite":
            with closing(self.engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA wal_checkpoint(PASSIVE)")

    def empty_log(self) -> bool:
        """Carry SQLite's log of writes into its file and empty it: what was erased is in neither.

        Carried over first while others write; what is left for the step that holds them up is little.
        False while a long reader needs the log; the next turn tries again. PostgreSQL's log is its
        own, and what was erased leaves its files with the next VACUUM, which runs by itself.
        """
        if self.engine.dialect.name != "sqlite":
            return True
        self.carry_log()
        with closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout = {LOG_TIMEOUT_MS}")
            is_busy = bool(cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
            cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        return not is_busy

    def dispose(self) -> None:
        self.engine.dispose()


def make_engine(url: str) -> Engine:
    """An engine whose transactions begin as this house wants them; its errors name no value."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(parsed, pool_pre_ping=True, hide_parameters=True)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, hide_parameters=True)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver must not begin by itself: its deferred BEGIN loses updates under contention.
    connection.isolation_level = None
    for pragma in (
        f"busy_timeout = {BUSY_TIMEOUT_MS}",
        "journal_mode = WAL",
        "foreign_keys = ON",
        "synchronous = NORMAL",
        f"wal_autocheckpoint = {LOG_PAGES}",
        "secure_delete = ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    if not connection.get_execution_options().get("writes"):
        connection.exec_driver_sql("BEGIN")
        return
    connection.exec_driver_sql(f"PRAGMA busy_timeout = {LOOK_TIMEOUT_MS}")
    try:
        _begin_to_write(connection, time.monotonic() + BUSY_TIMEOUT_MS / 1_000)
    finally:
        connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")


def _begin_to_write(connection: Connection, deadline: float) -> None:
    """Take the one place of a writer as soon as it is free; OperationalError after the deadline."""
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except OperationalError as error:
            code = getattr(error.orig, "sqlite_errorcode", None)
            if code != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
        else:
            return


def _refuse_flush(session: Session, _context: Any, _instances: Any) -> None:
    if session.new or session.dirty or session.deleted:
        raise RuntimeError("a reading session was asked to write")


def _forget_order(session: Session) -> None:
    session.info.clear()
