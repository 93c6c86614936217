"""The standard deployment in a folder of its own, as ``roster serve`` starts it, and what it holds.

Read from /proc, so on Linux alone: the memory of every process, and how many connections to the
database are open, which on SQLite are open files.
"""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

import psycopg
from sqlalchemy import make_url

from tests.conftest import SECRET
from tests.soak.processes import ROOT, clean_environment

START_SECONDS = 180
STOP_SECONDS = 60
LOOK_SECONDS = 1.0
MIB = 1024 * 1024


@dataclass(frozen=True)
class Held:
    """What the service holds at one moment. Memory in bytes, resident."""

    workers: tuple[int, ...]
    """Of each process that answers requests."""
    scheduler: int
    connections: int

    @property
    def memory(self) -> int:
        """Of the workers and the scheduler together."""
        return sum(self.workers) + self.scheduler

    def or_more(self, other: Held) -> Held:
        """The greater of each figure."""
        pairs = zip(sorted(self.workers), sorted(other.workers), strict=False)
        return Held(
            tuple(max(pair) for pair in pairs) or self.workers or other.workers,
            max(self.scheduler, other.scheduler),
            max(self.connections, other.connections),
        )


class Service:
    """One running deployment; ``stop`` ends all of its processes."""

    def __init__(self, folder: Path, database_url: str, key_file: Path, *, workers: int) -> None:
        self._url = database_url
        self._count = workers
        self.address = ("127.0.0.1", _find_port())
        self.log = folder / "service.log"
        environment = {
            **clean_environment(),
            "ROSTER_FOLDER": str(folder),
            "ROSTER_DATABASE_URL": database_url,
            "ROSTER_SECRET_KEY": SECRET,
            "ROSTER_KEY_FILE": str(key_file),
            "ROSTER_BASE_URL": "http://{}:{}".format(*self.address),
        }
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "roster", "serve", "--workers", str(workers)],
                env=environment,
                cwd=ROOT,
                stdout=log,
                stderr=log,
            )
        try:
            self._wait()
        except BaseException:
            self.stop()
            raise

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._process.poll() is not None:
                break
            if self._answers() and len(self.measure().workers) == self._count:
                return
            time.sleep(0.2)
        raise RuntimeError(f"the service did not start: {self.log.read_text()[-2000:]}")

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen("http://{}:{}/healthz".format(*self.address), timeout=5).close()
        except OSError:
            return False
        return True

    def measure(self) -> Held:
        """Look now."""
        children = _map_children()
        below = children.get(self._process.pid, [])
        masters = [one for one in below if "gunicorn" in _read_command(one)]
        schedulers = [one for one in below if one not in masters]
        workers = [one for master in masters for one in children.get(master, [])]
        return Held(
            tuple(_read_resident(one) for one in workers),
            sum(_read_resident(one) for one in schedulers),
            self._count_connections([*workers, *schedulers]),
        )

    def _count_connections(self, processes: list[int]) -> int:
        url = make_url(self._url)
        if url.get_backend_name() == "sqlite":
            path = str(Path(str(url.database)).resolve())
            return sum(_list_open(one).count(path) for one in processes)
        host = str(url.query["host"])
        with psycopg.connect(host=host, user=url.username, dbname="postgres") as connection:
            wanted = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s"
            found = connection.execute(wanted, (url.database,)).fetchone()
        return int(found[0]) if found else 0

    @contextmanager
    def watched(self) -> Iterator[list[Held]]:
        """The most that it held in the block, as the one member of the list at its end."""
        most, is_over = [self.measure()], Event()

        def watch() -> None:
            while not is_over.wait(LOOK_SECONDS):
                most[0] = most[0].or_more(self.measure())

        watcher = Thread(target=watch)
        watcher.start()
        try:
            yield most
        finally:
            is_over.set()
            watcher.join()

    def stop(self) -> None:
        """End it in order."""
        self._process.terminate()
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _map_children() -> dict[int, list[int]]:
    """Every process of this machine by its parent."""
    found: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        stat = _read(folder / "stat") if folder.name.isdecimal() else ""
        if stat:  # the parent is the second word after the name in brackets
            parent = int(stat.rpartition(")")[2].split()[1])
            found.setdefault(parent, []).append(int(folder.name))
    return found


def _read_command(process: int) -> str:
    return _read(_find_folder(process) / "cmdline").replace("\0", " ")


def _read_resident(process: int) -> int:
    lines = _read(_find_folder(process) / "status").splitlines()
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("VmRSS:")), 0)


def _list_open(process: int) -> list[str]:
    found = []
    try:
        for one in (_find_folder(process) / "fd").iterdir():
            found.append(str(one.readlink()))
    except OSError:  # closed, or ended, while it was read
        pass
    return found


def _find_folder(process: int) -> Path:
    return Path("/proc") / str(process)


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it has just ended
        return ""
