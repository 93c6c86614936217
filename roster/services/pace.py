"""How many rows a job takes in one transaction, so that other writers wait briefly.

``make soak`` measures it with a process that writes twenty times a second beside the job, and says
by how much the machine itself was late: one that stands still makes everybody wait. At 1,000,000
answers of which 300,000 end (23 November 2026, two cores) no lock was held for more than 0.34 s on
SQLite and 0.37 s on PostgreSQL, and the longest of the other writes took 0.48 s and 0.38 s.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

AIM_SECONDS = 0.05
"""How long one transaction of a job should hold others up."""
FIRST = 20
LEAST = 5
MOST = 1_000

SHORTEST_REST_SECONDS = 0.04
"""Whoever waits for SQLite looks again within 10 ms (``roster.db``): several find such a gap."""


class Pace:
    """The size of the next batch, from the time that the last full one took."""

    def __init__(self) -> None:
        self.rows = min(FIRST, MOST)
        self._seconds = 0.0

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Around one batch, from when others have to wait until they need not any more."""
        began = time.monotonic()
        yield
        self._seconds = time.monotonic() - began

    def rest(self) -> None:
        """Let others write, for half as long as they were held up; then take what fits the aim.

        A batch grows twofold at most, since a quick one may have been luck, and shrinks at once.
        """
        time.sleep(max(SHORTEST_REST_SECONDS, self._seconds / 2))
        fitting = self.rows * AIM_SECONDS / max(self._seconds, 0.001)
        self.rows = round(min(max(fitting, LEAST), self.rows * 2, MOST))
