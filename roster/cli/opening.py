"""The database and the field keys, as every command that reads or writes needs them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from roster.db import Database
from roster.encryption import use_key_file
from roster.settings import load_settings


@contextmanager
def open_database() -> Iterator[Database]:
    """The database of the settings in the environment, closed at the end."""
    settings = load_settings()
    use_key_file(settings.key_file)
    database = Database(settings.database_url)
    try:
        yield database
    finally:
        database.dispose()
