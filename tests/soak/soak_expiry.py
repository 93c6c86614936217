"""A night in which three in ten of a million answers end, while the job is killed twenty times."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.models import AuditEvent, Availability, Change, JobRun, OutboxMessage, Reminder
from roster.services.expiry import count_due
from roster.settings import Settings
from tests.soak.held import read_longest
from tests.soak.processes import Process, clean_environment, start_other_writer
from tests.soak.women import COUNT, ENDING, fill, is_one_that_ends

KILLS = 20
LONGEST_HOLD_SECONDS = 0.5
"""No lock is held longer: what each process of the service says that it held."""
LONGEST_WAIT_SECONDS = 0.5
"""What another writer waits, the lateness of the machine included: it must be quiet."""
MOST_MEMORY_MIB = 256
"""However many rows: a process that has just read the vocabulary and the words of six languages holds
150 already (November 2026)."""
IDLE_SECONDS = 0.05
"""What the job may read for where nothing is due: it looks every minute."""
NIGHT_SECONDS = 3_600

WATCHED = """
import os
from tests.soak import held
held.watch(os.environ["HELD_FOLDER"])
"""
SCHEDULE = f"""{WATCHED}
from roster.cli import main
main(["scheduler"])
"""
EXPIRE = f"""{WATCHED}
from roster import jobs, settings
from roster.db import Database
from roster.encryption import use_key_file
from roster.permissions import OPERATOR
loaded = settings.load_settings()
use_key_file(loaded.key_file)
print("ready", flush=True)
jobs.get_job("expiry").run(jobs.Turn(Database(loaded.database_url), loaded, OPERATOR))
"""

Start = Callable[..., Process]


@pytest.fixture
def start(settings: Settings, tmp_path: Path) -> Iterator[Start]:
    """Starts processes of the service; whatever still runs at the end is killed."""
    environment = {
        **clean_environment(),
        "ROSTER_DATABASE_URL": settings.database_url,
        "ROSTER_SECRET_KEY": settings.secret_key,
        "ROSTER_KEY_FILE": str(shutil.copy(settings.key_file, tmp_path)),
        "HELD_FOLDER": str(tmp_path),
    }
    started: list[Process] = []

    def start_one(*arguments: str) -> Process:
        started.append(Process(environment, *arguments))
        return started[-1]

    yield start_one
    for process in started:
        if not process.is_over:
            process.kill()


@pytest.fixture
def figures(database_kind: str, capsys: pytest.CaptureFixture[str]) -> Iterator[dict[str, Any]]:
    """What was measured, printed at the end however the test ends."""
    noted: dict[str, Any] = {}
    yield noted
    with capsys.disabled():
        print(f"\n{database_kind}: {COUNT:,} answers, {ENDING:,} of them end tonight")
        for name, value in noted.items():
            print(f"  {name:<42} {value}")


def test_each_answer_ends_once_however_the_night_goes(
    database: Database, start: Start, figures: dict[str, Any], tmp_path: Path
) -> None:
    began = time.monotonic()
    fill(database)
    figures["seconds to make the roster"] = round(time.monotonic() - began)
    end_other_writer = start_other_writer(start)
    left, memory = kill_again_and_again(database, start)
    assert left == sorted(left, reverse=True)
    figures["kills; of these in the midst of work"] = f"{KILLS}; {len(set(left)) - 1}"
    figures["marked before the last kill"] = f"{ENDING - left[-1]:,}"
    memory += finish_with_two_schedulers(database, start, figures)
    waits = end_other_writer()
    held, whose = read_longest(tmp_path)
    figures["longest that a lock was held (s)"] = f"{held:.3f}, {whose}"
    figures["other writer: writes meanwhile"] = f"{waits['writes']:,}"
    figures["other writer: longest write, p99 (s)"] = (
        f"{waits['longest']:.3f}, {waits['p99']:.3f}; {waits['when']}"
    )
    figures["the machine itself was late by (s)"] = f"{waits['late']:.3f}"
    figures["most memory of a process (MiB)"] = round(max(memory))
    figures["seconds that an idle minute's look takes"] = f"{look_when_idle(database):.4f}"
    check_rows(database)
    began = time.monotonic()
    assert "the trail is whole" in start("-m", "roster", "audit", "verify").finish(NIGHT_SECONDS)
    figures["seconds to verify the trail"] = round(time.monotonic() - began)
    assert held < LONGEST_HOLD_SECONDS
    assert waits["longest"] < LONGEST_WAIT_SECONDS
    assert max(memory) < MOST_MEMORY_MIB
    assert look_when_idle(database) < IDLE_SECONDS


def kill_again_and_again(database: Database, start: Start) -> tuple[list[int], list[float]]:
    """How many are left after each kill, and the memory that each process held."""
    moments, left, memory = random.Random(20261122), [count_left(database)], []
    longest = 1 + ENDING / 10_000  # together they do about half of the work
    for _ in range(KILLS):
        process = start("-c", EXPIRE)
        assert process.read_line() == "ready"
        time.sleep(moments.uniform(0.02, longest))
        process.kill()
        left.append(count_left(database))
        memory.append(process.most_memory_mib)
    return left, memory


def finish_with_two_schedulers(
    database: Database, start: Start, figures: dict[str, Any]
) -> list[float]:
    """Both are started at once; when nothing is left they are told to stop."""
    left, began = count_left(database), time.monotonic()
    both = [start("-c", SCHEDULE) for _ in range(2)]
    while count_left(database) or not list_expiries(database):
        assert not any(process.is_over for process in both)
        assert time.monotonic() - began < NIGHT_SECONDS
        time.sleep(2)
    figures["rows a second, rests included"] = round(left / (time.monotonic() - began))
    assert [process.stop() for process in both] == [0, 0]
    return [process.most_memory_mib for process in both]


def count_left(database: Database) -> int:
    with database.reading() as session:
        return count_due(session, now=clock.now())


def list_expiries(database: Database) -> list[datetime]:
    """The slots of the job that a scheduler has done."""
    with database.reading() as session:
        done = select(JobRun.slot).where(JobRun.job == "expiry", JobRun.state == "done")
        return list(session.scalars(done))


def look_when_idle(database: Database) -> float:
    began = time.monotonic()
    assert count_left(database) == 0
    return time.monotonic() - began


def check_rows(database: Database) -> None:
    """Each ended answer has one mark, one event, one message and one note of it; no other any."""
    with database.reading() as session:
        marked = count(session, Availability.mediator_id, Availability.expired_at.is_not(None))
        is_event = AuditEvent.action == "availability.expired"
        assert marked == (ENDING, ENDING)
        assert count(session, AuditEvent.subject_id, is_event) == (ENDING, ENDING)
        is_told = OutboxMessage.template == "ended"
        assert count(session, OutboxMessage.mediator_id, is_told) == (ENDING, ENDING)
        is_noted = Reminder.step == "ended"
        assert count(session, Reminder.mediator_id, is_noted) == (ENDING, ENDING)
        changed = select(func.count(distinct(Change.mediator_id)))
        assert session.scalar(changed.where(is_one_that_ends(Change.mediator_id))) == ENDING
        others = ~is_one_that_ends(Availability.mediator_id)
        assert count(session, Availability.id, others, Availability.expired_at.is_not(None))[0] == 0
    slots = list_expiries(database)
    assert len(slots) == len(set(slots))


def count(session: Session, column: Any, *where: Any) -> tuple[int, int]:
    """Rows, and different values among those that end tonight."""
    rows = session.scalar(select(func.count()).where(*where)) or 0
    chosen = is_one_that_ends(column)
    return rows, session.scalar(select(func.count(distinct(column))).where(*where, chosen)) or 0
