"""Runs the migrations; each in a transaction of its own, on SQLite too.

SQLite: an altered table is copied and the old one dropped, and with foreign keys on that drop
deletes the rows of tables that refer to it. So keys are off for the run (the switch works outside
a transaction only) and checked before each migration commits.
"""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import Connection, text

from roster.db import make_engine
from roster.models import Base

MIGRATION_LOCK = 7_041_955
"""PostgreSQL: two processes that start at once migrate one after the other."""


class BrokenReference(Exception):
    """A migration left rows that refer to nothing; it was rolled back."""


def check_references(ctx: Any, **_: Any) -> None:
    """Refuse to commit a migration that leaves a reference to a missing row."""
    if ctx.dialect.name != "sqlite":
        return  # PostgreSQL keeps its references itself
    broken = ctx.connection.execute(text("PRAGMA foreign_key_check")).fetchall()
    if broken:
        raise BrokenReference(f"rows that refer to nothing: {broken[:5]}")


def run(connection: Connection) -> None:
    """Apply what the command asks for, over this connection."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        transaction_per_migration=True,
        transactional_ddl=True,
        on_version_apply=check_references,
    )
    with context.begin_transaction():
        context.run_migrations()


engine = make_engine(context.config.attributes["url"]).execution_options(writes=True)
with engine.connect() as opened:
    if engine.dialect.name == "sqlite":
        opened.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        run(opened)
    else:
        opened.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": MIGRATION_LOCK})
        opened.commit()
        run(opened)
        opened.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": MIGRATION_LOCK})
        opened.commit()
engine.dispose()
