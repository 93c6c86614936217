"""Readers that ask while a writer writes: started, waited for, and what each of them saw."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from roster.db import Database
from roster.models import LedgerHead
from tests.benchmarks.changes_processes import Mark
from tests.benchmarks.report import Disagreement
from tests.factories import add_mediator

ROOT = Path(__file__).parents[2]
MODULE = "tests.benchmarks.changes_processes"


@dataclass(frozen=True)
class Seen:
    """What one reader saw. ``followed`` counts the women whom it brought up to date, request by
    request; ``waits`` are seconds of its requests after the first."""

    requests: int
    seen: int
    missed: int
    early: int
    twice: int
    followed: int
    waits: tuple[float, ...]

    @property
    def is_right(self) -> bool:
        """Whether each change was in by the next request, none before its commit, none twice."""
        return not (self.missed or self.early or self.twice)


@dataclass(frozen=True)
class Ran:
    """What all readers saw, and the seconds in which the writer made all changes."""

    readers: tuple[Seen, ...]
    seconds: float


def fill(database: Database, women: int) -> None:
    """Put so many invented women on the roster."""
    with database.writing() as session:
        for _ in range(women):
            add_mediator(session)
        session.commit()


def run_processes(
    database: Database, address: str, key_file: Path, folder: Path, changes: int, readers: int
) -> Ran:
    """Let readers ask until they have seen all changes, which a process of its own makes."""
    with database.reading() as session:
        first = session.scalars(select(LedgerHead.n)).one()
    mark_file = folder / "mark"
    Mark.make(mark_file, changes, first)
    rest = (address, str(key_file), str(mark_file))
    started: list[subprocess.Popen[str]] = []
    try:
        for _ in range(readers):
            started.append(_start("read", *rest))
        for one in started:
            _read_line(one)  # it is ready: the writer may begin
        started.append(_start("write", *rest))
        said = [json.loads(_read_line(one)) for one in started]
    finally:
        for one in started:
            one.kill()
            one.communicate()
    return Ran(tuple(_read_seen(one) for one in said[:-1]), said[-1]["seconds"])


def _start(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", MODULE, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def _read_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise RuntimeError(f"a process ended with {process.wait()} and said nothing")
    return line


def _read_seen(said: dict[str, Any]) -> Seen:
    return Seen(**{**said, "waits": tuple(said["waits"])})


def refuse_wrong(ran: Ran, changes: int) -> None:
    """Disagreement where a reader did not see what was committed, all of it and once."""
    wrong = [one for one in ran.readers if not one.is_right or one.seen != changes]
    if wrong:
        counts = [(one.seen, one.missed, one.early, one.twice) for one in wrong]
        raise Disagreement(f"(seen, missed, early, twice) of {changes} changes: {counts}")


def join_waits(readers: Sequence[Seen]) -> tuple[float, ...]:
    """Return the seconds of all requests of all readers."""
    return tuple(wait for one in readers for wait in one.waits)
