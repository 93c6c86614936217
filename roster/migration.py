"""Bring a database to the newest migration. No configuration file: the address is an argument.

``python -m roster.migration`` checks that the migrations make exactly the tables of the models.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError

FOLDER = Path(__file__).parent.parent / "migrations"


def make_configuration(url: str) -> Config:
    """Alembic's settings for the database at ``url``."""
    configuration = Config()
    configuration.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    configuration.attributes["url"] = url
    return configuration


def migrate(url: str, revision: str = "head") -> None:
    """Go up to ``revision``; a database that is already there is left as it is."""
    command.upgrade(make_configuration(url), revision)


def migrate_down(url: str, revision: str) -> None:
    """Go back to ``revision`` (``base`` is empty)."""
    command.downgrade(make_configuration(url), revision)


def list_revisions() -> list[str]:
    """All revisions, oldest first."""
    scripts = ScriptDirectory.from_config(make_configuration(""))
    return [script.revision for script in reversed(list(scripts.walk_revisions()))]


def check() -> str | None:
    """Migrate an empty SQLite file; say in what the models differ from it, None if in nothing."""
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/check.sqlite"
        migrate(url)
        try:
            command.check(make_configuration(url))
        except CommandError as difference:
            return str(difference)
    return None


if __name__ == "__main__":
    sys.exit(check())
