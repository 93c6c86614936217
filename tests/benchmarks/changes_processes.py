"""One writer and several readers, each a process of its own, and how far the writer has come.

    python -m tests.benchmarks.changes_processes write|read ADDRESS KEY_FILE MARK

Change k (from 1) puts the instant k seconds after ``BASE`` to one woman, each in her turn, in a
transaction of its own that leaves what every writing of the service leaves. After each commit the
writer notes k in the file ``MARK``. A reader notes k before a request and knows from its number
alone what every woman's instant must be: nothing is to be missed, nothing to be seen early.
"""

from __future__ import annotations

import json
import mmap
import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select

from matching.codecs import NO_INSTANT, count_microseconds
from matching.columns import Columns
from roster.db import Database
from roster.encryption import use_key_file
from roster.models import LedgerHead, Mediator
from roster.permissions import OPERATOR
from roster.roster_index import RosterIndex
from roster.services.trail import trace_mediator
from roster.vocabulary import load_vocabulary

BASE = datetime(2026, 1, 1, tzinfo=UTC)
SECOND = 1_000_000
"""Microseconds, the unit in which the columns hold instants."""
COMMITTED, TOTAL, FIRST = range(3)
"""Places in the mark: changes committed, changes in all, number of the ledger before the first."""

Instants = NDArray[np.int64]


class Mark:
    """Three whole numbers in a file that several processes hold in memory."""

    def __init__(self, path: Path) -> None:
        with path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), 3 * 8)
        self._numbers = memoryview(self._memory).cast("q")

    def __getitem__(self, place: int) -> int:
        return self._numbers[place]

    def __setitem__(self, place: int, value: int) -> None:
        self._numbers[place] = value

    @classmethod
    def make(cls, path: Path, total: int, first: int) -> Mark:
        """Lay the file down: nothing committed yet."""
        path.write_bytes(bytes(3 * 8))
        mark = cls(path)
        mark[TOTAL], mark[FIRST] = total, first
        return mark


def expect(women: int, changes: int) -> Instants:
    """Return the instants of so many women after so many changes, as the columns hold them."""
    turns = np.arange(women, dtype=np.int64)
    newest = changes - (changes - 1 - turns) % women
    instants: Instants = count_microseconds(BASE) + newest * SECOND
    return np.where(newest >= 1, instants, NO_INSTANT)


def read_instants(columns: Columns, ids: Sequence[int]) -> Instants:
    """Return the instants of these women, in their order."""
    rows = [columns.row(one) for one in ids]
    instants: Instants = columns.scalars["last_proposed_at"][rows].astype(np.int64)
    return instants


def list_women(database: Database) -> list[int]:
    """Return everybody's number, in the order of their turns."""
    with database.reading() as session:
        return list(session.scalars(select(Mediator.id).order_by(Mediator.id)))


def write(database: Database, mark: Mark) -> dict[str, object]:
    """Make all changes, one commit each; returns the seconds taken."""
    women, began = list_women(database), time.monotonic()
    for number in range(1, mark[TOTAL] + 1):
        with database.writing() as session:
            woman = session.get_one(Mediator, women[(number - 1) % len(women)])
            woman.last_proposed_at = BASE + timedelta(seconds=number)
            trace_mediator(session, OPERATOR, woman.id, "test.written")
            session.commit()
        mark[COMMITTED] = number
    return {"seconds": time.monotonic() - began}


class Reader:
    """A worker as the service has it: one index, brought up to date at each request."""

    def __init__(self, database: Database, mark: Mark) -> None:
        self._database, self._mark = database, mark
        self._index = RosterIndex(load_vocabulary())
        self._women = list_women(database)
        self.seen, self._version = 0, 0
        self.told = {"requests": 0, "missed": 0, "early": 0, "twice": 0, "followed": 0}
        self.waits: list[float] = []

    def read(self) -> None:
        """One request: everything committed before it began must be in, each change once."""
        before, floor, began = self.seen, self._mark[COMMITTED], time.perf_counter()
        with self._database.reading() as session:
            columns = self._index.current(session)
            last = session.scalars(select(LedgerHead.n)).one() - self._mark[FIRST]
        self.waits.append(time.perf_counter() - began)
        self.seen = last
        found = read_instants(columns, self._women)
        wanted = expect(len(self._women), last)
        self.told["requests"] += 1
        self.told["missed"] += int((found < wanted).sum()) + (last < floor)
        self.told["early"] += int((found > wanted).sum())
        self._count_applied(columns, min(last - before, len(self._women)))

    def _count_applied(self, columns: Columns, changed: int) -> None:
        """Every woman who changed is put into the columns once, and nobody else is."""
        applied = columns.version - self._version
        self._version = columns.version
        if self.told["requests"] > 1:  # the first request reads everybody
            self.told["twice"] += max(applied - changed, 0)
            self.told["missed"] += max(changed - applied, 0)
            self.told["followed"] += changed

    def follow(self) -> dict[str, object]:
        """Ask until all changes are seen."""
        self.read()
        print("ready", flush=True)
        while self.seen < self._mark[TOTAL]:
            self.read()
        return {**self.told, "seen": self.seen, "waits": self.waits[1:]}


def main(arguments: Sequence[str]) -> None:
    """Do one process's part and print what it found, as JSON."""
    part, address, key_file, mark_file = arguments
    use_key_file(Path(key_file))
    database, mark = Database(address), Mark(Path(mark_file))
    done = write(database, mark) if part == "write" else Reader(database, mark).follow()
    print(json.dumps(done), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
