"""Folders in memory, where there is plenty: a test's database is written, read and thrown away."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

NEEDED_BYTES = 1 << 30


def make_fast_folder(prefix: str) -> Path:
    """A new folder, named after this process; those of runs that were killed are removed."""
    parent = _find_parent()
    _remove_left_over(parent, prefix)
    return Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-", dir=parent))


def _find_parent() -> Path:
    memory = Path("/dev/shm")
    has_room = memory.is_dir() and shutil.disk_usage(memory).free > NEEDED_BYTES
    return memory if has_room and os.access(memory, os.W_OK) else Path(tempfile.gettempdir())


def _remove_left_over(parent: Path, prefix: str) -> None:
    for folder in parent.glob(f"{prefix}*-*"):
        owner = folder.name.removeprefix(prefix).partition("-")[0]
        if owner.isdecimal() and not _is_alive(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)


def _is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
