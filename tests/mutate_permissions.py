"""How much of the access matrix turns red if everybody may everything, then if nobody may anything.

``python -m tests.mutate_permissions`` replaces ``permissions.decide`` and walks the matrix anew,
each cell in a fresh copy of the world. It fails below 95 %.
"""

from __future__ import annotations

import logging
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from flask import Flask

from roster import permissions
from roster.db import Database
from roster.encryption import use_key_file
from roster.migration import migrate
from roster.settings import Settings
from tests.access_world import World, build_world
from tests.test_access_matrix import MATRIX, REFUSED, ask, make_app, read_row, word_answer

WANTED = 0.95
Row = tuple[str, str, str, str]
"""Route, role, side, and the expected answer."""


def list_cells() -> list[Row]:
    """Every cell of the matrix."""
    return [
        (route, role, side, answer)
        for route in MATRIX
        for (role, side), answer in read_row(route).items()
    ]


def matches(row: Row, *, allowed: bool) -> bool:
    """Whether this mutation contradicts the cell.

    Allow-all contradicts refusals, deny-all contradicts answers; a dead one-time link answers 410
    to everybody, but deny-all refuses that too.
    """
    is_refused = row[3] in REFUSED
    return is_refused if allowed else not is_refused


class Walk:
    """The matrix under one mutation."""

    def __init__(self, folder: Path) -> None:
        self._template, self._copy = folder / "template.sqlite", folder / "copy.sqlite"
        url = f"sqlite:///{self._template}"
        migrate(url)
        database = Database(url)
        self.world: World = build_world(database)
        database.dispose()  # the last connection takes what is in the WAL into the one file
        settings = Settings(
            database_url=f"sqlite:///{self._copy}",
            secret_key="Ylq3x-9fTzW0p_7sKc2mVb8nRd4gHj6e",
            key_file=folder / "keys" / "field.key",
        )
        self.app: Flask = make_app(settings, Database(settings.database_url))

    def answer(self, row: Row) -> str:
        """What the cell answers in a fresh world."""
        for suffix in ("", "-wal", "-shm"):
            Path(f"{self._copy}{suffix}").unlink(missing_ok=True)
        shutil.copyfile(self._template, self._copy)
        database = Database(f"sqlite:///{self._copy}")
        self.app.extensions["database"] = database
        self.app.extensions.pop("roster_index", None)  # it follows one database
        try:
            return word_answer(ask(self.app, self.world, *row[:3]))
        finally:
            database.dispose()


def list_green(walk: Walk, decide: Callable[..., bool], *, allowed: bool) -> tuple[int, list[Row]]:
    """How many cells this mutation contradicts, and which of them stay green nevertheless."""
    original = permissions.decide
    permissions.decide = decide
    try:
        cells = [row for row in list_cells() if matches(row, allowed=allowed)]
        return len(cells), [row for row in cells if walk.answer(row) == row[3]]
    finally:
        permissions.decide = original


def main() -> int:
    """Print both figures; 0 if both reach what is wanted."""
    logging.disable(logging.CRITICAL)
    is_enough = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        use_key_file(folder / "keys" / "field.key")
        walk = Walk(folder)
        unmutated = [row for row in list_cells() if walk.answer(row) != row[3]]
        print(f"as it is: {len(list_cells())} cells, {len(unmutated)} red")
        for title, allowed in (("allow all", True), ("deny all", False)):
            number, green = list_green(walk, lambda *_args, a=allowed, **_kw: a, allowed=allowed)
            share = 1 - len(green) / number
            is_enough = is_enough and share >= WANTED
            print(f"{title}: {number - len(green)} of {number} matching cells red, {share:.1%}")
            for row in green:
                print("  still green:", *row)
    return 0 if is_enough and not unmutated else 1


if __name__ == "__main__":
    sys.exit(main())
