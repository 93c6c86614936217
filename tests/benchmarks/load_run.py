"""One run of the whole service under load: a roster, users of all kinds at once, what came of it."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from sqlalchemy import create_engine, make_url, text

from roster.db import Database
from roster.encryption import use_key_file
from roster.migration import migrate
from tests.benchmarks.load_browser import Browser, Pace, Sample
from tests.benchmarks.load_roster import Users, add_users, fill
from tests.benchmarks.load_service import Held, Service
from tests.benchmarks.load_users import Life, list_lives
from tests.postgresql import Server

STACK_BYTES = 512 * 1024
ARRIVE_SECONDS = 30.0
"""Within which all have come: a morning, not a stampede."""
WARM_SECONDS, WARM_PAUSE = 60.0, 2.0
"""Every worker meets every kind of page and every network, so that its caches are full."""
WARM_STEP = 3
"""Every third user: of all kinds, and coordinators of all ten networks."""


@dataclass(frozen=True)
class Plan:
    """What to run."""

    database: str = "postgresql"
    """Or sqlite."""
    women: int = 10_000
    users: int = 200
    minutes: float = 10.0
    pause_seconds: float = 10.0
    """How long a user looks at a page before the next step, on average."""
    workers: int = 2
    """What ``roster serve`` starts unless told otherwise."""
    rounds: int = 1_000_000
    """After which a user leaves, if the time is not up before."""
    quiet_seconds: float = 15.0
    """After which what a worker gives back is given back."""


@dataclass(frozen=True)
class Outcome:
    """What came of a run."""

    plan: Plan
    samples: tuple[Sample, ...]
    astray: tuple[str, ...]
    """What ended a round early, once for each time: the step, and its status or what was missing."""
    seconds: float
    before: Held
    """Warm, before the users came."""
    peak: Held
    after: Held
    """Some seconds after they left."""
    log: str
    """What the service wrote meanwhile: errors, if any."""


def run(plan: Plan) -> Outcome:
    """A run in a folder of its own."""
    with made_database(plan.database) as (folder, url, key_file):
        return run_over(plan, folder, url, key_file)


def run_over(plan: Plan, folder: Path, url: str, key_file: Path) -> Outcome:
    """Make the roster, start the service, let everybody in, and look at it before and after."""
    with deployed(plan, folder, url, key_file) as (service, users):
        lives = list(list_lives(users))
        warm = replace(plan, pause_seconds=min(WARM_PAUSE, plan.pause_seconds))
        _drive(service, lives[::WARM_STEP], warm, min(WARM_SECONDS, plan.minutes * 60))
        time.sleep(plan.quiet_seconds)
        before, written = service.measure(), service.log.stat().st_size
        with service.watched() as most:
            began = time.monotonic()
            samples, astray = _drive(service, lives, plan, plan.minutes * 60)
            seconds = time.monotonic() - began
        time.sleep(plan.quiet_seconds)
        log = service.log.read_text()[written:]
        return Outcome(plan, samples, astray, seconds, before, most[0], service.measure(), log)


@contextmanager
def made_database(kind: str) -> Iterator[tuple[Path, str, Path]]:
    """A folder, the address of a migrated database, its field keys; all are gone at the end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="roster-load-")))
        key_file = folder / "keys" / "field.key"
        use_key_file(key_file)
        url = _make_database(stack, kind, folder)
        migrate(url)
        yield folder, url, key_file


@contextmanager
def deployed(plan: Plan, folder: Path, url: str, key_file: Path) -> Iterator[tuple[Service, Users]]:
    """The service over a new roster in a migrated database, and who may use it."""
    database = Database(url)
    fill(database, plan.women)
    users = add_users(database, plan.users, minutes=plan.minutes)
    database.dispose()
    service = Service(folder, url, key_file, workers=plan.workers)
    try:
        yield service, users
    finally:
        service.stop()


def _make_database(stack: ExitStack, kind: str, folder: Path) -> str:
    if kind == "sqlite":
        return f"sqlite:///{folder / 'data' / 'roster.sqlite'}"
    server = Server()
    stack.callback(server.stop)
    engine = create_engine(server.url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("CREATE DATABASE roster"))
    engine.dispose()
    return make_url(server.url).set(database="roster").render_as_string(hide_password=False)


def _drive(
    service: Service, lives: Sequence[Life], plan: Plan, seconds: float
) -> tuple[tuple[Sample, ...], tuple[str, ...]]:
    """Let these users live for so long, each in a thread; an error of the driver itself is raised."""
    noted = _Noted([], [], [], threading.Event())
    ended = threading.Timer(seconds, noted.over.set)
    ended.start()
    gap = min(ARRIVE_SECONDS, seconds / 3, plan.pause_seconds * 3) / len(lives)
    threads = []
    with _small_stacks():
        for number, life in enumerate(lives):
            browser = Browser(
                service.address,
                Pace(plan.pause_seconds, noted.over, Random(number)),
                noted.samples.append,
            )
            thread = threading.Thread(
                target=_live, args=(life, browser, number, plan.rounds, noted)
            )
            threads.append(thread)
            thread.start()
            noted.over.wait(gap)
    for thread in threads:
        thread.join()
    ended.cancel()
    if noted.faults:
        raise noted.faults[0]
    return tuple(noted.samples), tuple(noted.astray)


@dataclass(frozen=True)
class _Noted:
    """What all threads write to."""

    samples: list[Sample]
    astray: list[str]
    faults: list[Exception]
    over: threading.Event


def _live(life: Life, browser: Browser, number: int, rounds: int, noted: _Noted) -> None:
    try:
        life.live(browser, Random(number), rounds, noted.astray.append)
    except Exception as fault:
        noted.faults.append(fault)
        noted.over.set()


@contextmanager
def _small_stacks() -> Iterator[None]:
    before = threading.stack_size(STACK_BYTES)
    try:
        yield
    finally:
        threading.stack_size(before)
