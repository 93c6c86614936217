"""Bring a database to the newest migration. No configuration file: the address is an argument."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory

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
