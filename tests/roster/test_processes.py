"""Real processes: jobs killed at any moment, two at once, the scheduler, the whole service."""

from __future__ import annotations

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from roster import clock
from roster.db import Database
from roster.models import AuditEvent, Availability, Lease, Mediator
from roster.permissions import OPERATOR
from roster.services.anchors import find_trail_fault
from roster.settings import Settings

ROOT = Path(__file__).parents[2]
WAIT_SECONDS = 60

EXPIRE_IN_SMALL_BATCHES = """
import sys
from roster import jobs, settings
from roster.db import Database
from roster.encryption import use_key_file
from roster.permissions import OPERATOR
from roster.services import pace
pace.MOST, pace.SHORTEST_REST_SECONDS = 5, 0.0
loaded = settings.load_settings()
use_key_file(loaded.key_file)
turn = jobs.Turn(Database(loaded.database_url), loaded, OPERATOR, is_confirmed=True)
print("ready", flush=True)
sys.stdin.readline()
jobs.get_job("expiry").run(turn)
"""


@pytest.fixture
def environment(settings: Settings, tmp_path: Path) -> dict[str, str]:
    """That of a service; its anchors go to a folder of this test."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ROSTER_")}
    return {
        **kept,
        "ROSTER_DATABASE_URL": settings.database_url,
        "ROSTER_SECRET_KEY": settings.secret_key,
        "ROSTER_KEY_FILE": str(shutil.copy(settings.key_file, tmp_path)),
    }


def add_expired(database: Database, count: int) -> None:
    now = clock.now()
    with database.writing() as session:
        women = [Mediator(created_at=now) for _ in range(count)]
        session.add_all(women)
        session.flush()
        for woman in women:
            statement = Availability(
                mediator_id=woman.id,
                status="available",
                refused=[],
                confirmed_at=now - timedelta(days=2),
                confirmed_by="self",
                valid_until=now - timedelta(days=1),
            )
            session.add(statement)
        session.commit()


def count_unmarked(database: Database) -> int:
    with database.reading() as session:
        unmarked = select(func.count()).where(Availability.expired_at.is_(None))
        return session.scalar(unmarked) or 0


def count_events(database: Database) -> Counter[int | None]:
    with database.reading() as session:
        assert find_trail_fault(session, actor=OPERATOR, anchors=[]) is None
        return Counter(session.scalars(select(AuditEvent.subject_id)))


Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(environment: dict[str, str]) -> Iterator[Start]:
    """Starts the command line's processes; whatever still runs at the end is killed."""
    started: list[subprocess.Popen[bytes]] = []

    def start_one(*arguments: str, **more: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            env={**environment, **more},
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        started.append(process)
        return process

    yield start_one
    for process in started:
        process.kill()
        process.communicate()


def start_expiry(start: Start) -> subprocess.Popen[bytes]:
    """A process that waits, loaded and ready, for a line."""
    process = start("-c", EXPIRE_IN_SMALL_BATCHES)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    return process


def let_go(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.write(b"go\n")
    process.stdin.flush()


def finish(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    """Its exit code, and what it complained of."""
    _, complaints = process.communicate(timeout=WAIT_SECONDS)
    return process.returncode, complaints.decode()


def wait_until(is_so: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + WAIT_SECONDS
    while not is_so():
        assert process.poll() is None, finish(process)
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def test_a_job_killed_again_and_again_marks_each_statement_once(
    database: Database, start: Start
) -> None:
    add_expired(database, 400)
    moments = random.Random(20261122)
    left = [count_unmarked(database)]
    for _ in range(5):
        process = start_expiry(start)
        let_go(process)
        time.sleep(moments.uniform(0.02, 0.25))
        process.kill()
        finish(process)
        left.append(count_unmarked(database))
    assert left == sorted(left, reverse=True)
    last = start_expiry(start)
    let_go(last)
    assert (finish(last), count_unmarked(database)) == ((0, ""), 0)
    assert set(count_events(database).values()) == {1}


def test_two_jobs_at_once_mark_each_statement_once(database: Database, start: Start) -> None:
    add_expired(database, 120)
    both = [start_expiry(start), start_expiry(start)]
    for process in both:
        let_go(process)
    assert [finish(process) for process in both] == [(0, ""), (0, "")]
    events = count_events(database)
    assert (count_unmarked(database), len(events), set(events.values())) == (0, 120, {1})


def test_the_scheduler_catches_up_at_once_and_leaves_its_lease_when_told_to_stop(
    database: Database, start: Start
) -> None:
    add_expired(database, 3)
    process = start("-m", "roster", "scheduler")
    wait_until(lambda: count_unmarked(database) == 0, process)
    process.terminate()
    assert finish(process)[0] == 0
    with database.reading() as session:
        assert session.get_one(Lease, "scheduler").ends_at <= clock.now()


def is_served(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def test_the_service_serves_and_schedules_until_it_is_told_to_stop(
    database: Database, start: Start
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{probe.getsockname()[1]}"
    add_expired(database, 1)
    serve = ("-m", "roster", "serve", "--workers", "1")
    first = start(*serve, ROSTER_BASE_URL=url)
    wait_until(lambda: is_served(url) and count_unmarked(database) == 0, first)
    code, complaints = finish(start(*serve, ROSTER_BASE_URL=url))
    assert (code, "is taken" in complaints) == (1, True)
    first.send_signal(signal.SIGINT)
    said, _ = first.communicate(timeout=WAIT_SECONDS)
    assert (first.returncode, said.decode().splitlines()) == (
        0,
        [f"The roster is at {url}  (Ctrl-C ends it)", "Stopping"],
    )
    assert not is_served(url)
