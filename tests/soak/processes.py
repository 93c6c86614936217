"""Processes of the real service beside a test, with what they waited and how much they held."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
LOOKS_EVERY_SECONDS = 0.1

OTHER_WRITER = """
import json, select, sys, time
from roster import settings
from roster.db import Database
from roster.encryption import use_key_file
from roster.permissions import OPERATOR
from roster.services.trail import trace_mediator
loaded = settings.load_settings()
use_key_file(loaded.key_file)
database = Database(loaded.database_url)
waits, late = [], []
print("ready", flush=True)
asked = time.monotonic()
while not select.select([sys.stdin], [], [], 0.05)[0]:
    began = time.monotonic()
    late.append(began - asked - 0.05)
    with database.writing() as session:
        trace_mediator(session, OPERATOR, 1, "test.written")
        session.commit()
    asked = time.monotonic()
    waits.append((asked - began, time.time()))
waits.sort()
worst = [f"{wait:.2f} at {when:.1f}" for wait, when in waits[-5:]]
waits = [wait for wait, _ in waits]
p99 = waits[len(waits) * 99 // 100]
print(json.dumps({"writes": len(waits), "longest": waits[-1], "p99": p99, "late": max(late),
                  "when": ", ".join(worst)}))
"""
"""Writes twenty times a second until it gets a line; then tells how long its writes took (seconds),
and by how much the machine itself was late at most, which no lock explains."""


class Process:
    """One process and the most memory that it held."""

    def __init__(self, environment: Mapping[str, str], *arguments: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, *arguments],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.most_memory_mib = 0.0
        self._watcher = threading.Thread(target=self._watch, daemon=True)
        self._watcher.start()

    def _watch(self) -> None:
        status = Path(f"/proc/{self._process.pid}/status")
        while self._process.poll() is None:
            for line in _read_lines(status):
                if line.startswith("VmHWM:"):
                    self.most_memory_mib = int(line.split()[1]) / 1024
            try:
                self._process.wait(LOOKS_EVERY_SECONDS)
            except subprocess.TimeoutExpired:
                continue

    def read_line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def kill(self) -> None:
        """As ``kill -9``: at once, with nothing put in order."""
        self._process.kill()
        self._process.communicate()

    def stop(self, seconds: float = 60) -> int:
        """Tell it to stop in order; its exit code."""
        self._process.terminate()
        self._process.communicate(timeout=seconds)
        return self._process.returncode

    def finish(self, seconds: float, line: str | None = None) -> str:
        """Wait for its end, after a line if one is given; what it said. It must have succeeded."""
        said, complaints = self._process.communicate(line, timeout=seconds)
        assert self._process.returncode == 0, complaints
        return said

    @property
    def is_over(self) -> bool:
        return self._process.poll() is not None


def _read_lines(path: Path) -> list[str]:
    try:
        return path.read_text().splitlines()
    except OSError:  # it has just ended
        return []


def start_other_writer(start: Callable[..., Process]) -> Callable[[], dict[str, Any]]:
    """A second writer; the function returned ends it and gives its waits in seconds."""
    process = start("-c", OTHER_WRITER)
    assert process.read_line() == "ready"
    return lambda: json.loads(process.finish(60, "enough\n"))


def clean_environment() -> dict[str, str]:
    """This process's, without any setting of a service."""
    return {name: value for name, value in os.environ.items() if not name.startswith("ROSTER_")}
