"""What a request has changed in the database: rows added, rows gone, and each changed column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from roster.db import Database
from roster.models import AuditEvent, Base

Rows = dict[str, dict[tuple[Any, ...], dict[str, Any]]]
"""Table -> primary key -> column -> value, read as the application reads it."""
OUTLASTS = frozenset({"ledger_head", "sign_in_counter", "read_event"})
"""Tables with transactions of their own: the head for order, counters, the read log."""
SEEN_AT = "seen_at"
"""When a session was last seen is such a change as well."""


@dataclass(frozen=True)
class Difference:
    """``table+`` for an added row, ``table-`` for one gone, else ``table.column``; its value."""

    what: str
    value: Any


def read_rows(database: Database) -> Rows:
    """Every row of every table but those that outlast a failed request."""
    found: Rows = {}
    with database.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            if table.name not in OUTLASTS:
                keys = [column.name for column in table.primary_key]
                found[table.name] = {
                    tuple(row[key] for key in keys): {k: v for k, v in row.items() if k != SEEN_AT}
                    for row in connection.execute(select(table)).mappings()
                }
    return found


def compare(before: Rows, after: Rows) -> Iterator[Difference]:
    """All that differs."""
    for table in after:
        old, new = before[table], after[table]
        for key in old.keys() | new.keys():
            if key not in new:
                yield Difference(f"{table}-", None)
                continue
            for column, value in new[key].items():
                if key not in old:
                    yield Difference(f"{table}+", value)
                elif old[key][column] != value:
                    yield Difference(f"{table}.{column}", value)


def count_events(database: Database) -> int:
    """Events in the trail."""
    with database.reading() as session:
        return session.scalar(select(func.count(AuditEvent.id))) or 0
