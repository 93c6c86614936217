"""How long a process holds the place of the one writer: told by each process itself."""

from __future__ import annotations

import os
import time
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
            Path(folder, f"{PREFIX}{os.getpid()}").write_text(f"{held:.4f}")


def read_longest(folder: Path) -> float:
    """The longest hold of all the processes that were watched, in seconds."""
    return max(float(one.read_text()) for one in folder.glob(f"{PREFIX}*"))
