"""How long a process holds the place of the one writer: told by each process itself."""

from __future__ import annotations

import os
import time
import traceback
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.pool import Pool

TAKES_THE_HEAD = "UPDATE ledger_head"
PREFIX = "held-"


def watch(folder: str) -> None:
    """Note in ``folder`` each hold that is longer than any of this process before, in seconds.

    A hold begins when the head of the order is taken, on either database, and ends when the
    connection goes back after its commit. What a process that was killed held, the kernel ended.
    """
    taken: dict[int, float] = {}
    longest = 0.0

    @event.listens_for(Engine, "after_cursor_execute")
    def note_head(connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(TAKES_THE_HEAD):
            taken[id(connection.connection.dbapi_connection)] = time.monotonic()

    @event.listens_for(Pool, "checkin")
    def note_end(dbapi_connection: Any, _record: Any) -> None:
        nonlocal longest
        began = taken.pop(id(dbapi_connection), None)
        if began is not None and (held := time.monotonic() - began) > longest:
            longest = held
            note = f"{held:.4f} {_name_job()} at {time.time():.1f}"
            Path(folder, f"{PREFIX}{os.getpid()}").write_text(note)


def _name_job() -> str:
    """Whose hold it was: the outermost function of a job's module that is being called."""
    calls = traceback.extract_stack()
    jobs = (one.name for one in calls if "/roster/jobs/" in one.filename and one.name != "take")
    return next(jobs, "no job")


def read_longest(folder: Path) -> tuple[float, str]:
    """The longest hold of all the processes that were watched in seconds, and whose it was."""
    notes = (one.read_text().split(maxsplit=1) for one in folder.glob(f"{PREFIX}*"))
    return max((float(held), whose) for held, whose in notes)
