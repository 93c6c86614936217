"""Rows about one woman as plain values: which rows are hers, and how a value is written down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, inspect, select
from sqlalchemy.orm import Session

from roster.models import Account, Application, Base, Mediator, Record
from roster.queries.merges import list_closed_records

Row = dict[str, Any]
Rows = list[Row]


@dataclass(frozen=True)
class Her:
    """By what rows are known as hers."""

    mediator_id: int
    key: str
    records: tuple[int, ...]
    accounts: tuple[int, ...]
    applications: tuple[int, ...]
    closed_networks: tuple[str, ...] = ()
    """Networks that hold a record which she has not shown to be hers."""

    @classmethod
    def find(cls, session: Session, mediator: Mediator) -> Her:
        """Her records, accounts and applications by their numbers."""

        def ids(table: type[Record | Account | Application]) -> tuple[int, ...]:
            statement = select(table.id).where(table.mediator_id == mediator.id).order_by(table.id)
            return tuple(session.scalars(statement))

        closed = list_closed_records(session, mediator.id)
        records = tuple(number for number in ids(Record) if number not in closed)
        codes = select(Record.network_code).where(Record.id.in_(closed))
        networks = tuple(code for code in session.scalars(codes) if code)
        return cls(mediator.id, mediator.key, records, ids(Account), ids(Application), networks)


@dataclass(frozen=True)
class Part:
    """One kind of rows in her download: a table, its columns in it, and why others are not.

    ``left_out`` holds a reason for each column that is not in the download: a test compares both
    with the table, so that a new column needs a decision. ``takes`` may leave out a row; ``say``
    writes a column otherwise than it stands.
    """

    name: str
    what: str
    """In English, for whoever reads the file with a program."""
    table: type[Base]
    whose: Callable[[Her], ColumnElement[bool]]
    columns: tuple[str, ...]
    left_out: Mapping[str, str]
    takes: Callable[[Any, Her], bool] = lambda row, her: True
    say: Mapping[str, Callable[[Any, Her], Any]] = field(default_factory=dict)

    def load(self, session: Session, her: Her) -> Rows:
        """Her rows in the order in which they were written."""
        keys = inspect(self.table).primary_key
        rows = session.scalars(select(self.table).where(self.whose(her)).order_by(*keys))
        return [self._read(row, her) for row in rows if self.takes(row, her)]

    def _read(self, row: Base, her: Her) -> Row:
        return {
            column: write_value(
                self.say[column](row, her) if column in self.say else getattr(row, column)
            )
            for column in self.columns
        }


def write_value(value: Any) -> Any:
    """A value as JSON has it: instants in UTC and days in ISO 8601."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): write_value(each) for key, each in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return [write_value(each) for each in value]
    return value
