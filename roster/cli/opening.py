"""The database and the field keys, as every command that reads or writes needs them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import inspect

from matching.terms import Terms
from roster.db import Database
from roster.encryption import use_key_file
from roster.models import TermChange
from roster.queries.terms import load_terms
from roster.settings import load_settings
from roster.vocabulary import vocabulary_in_force


@contextmanager
def open_database() -> Iterator[Database]:
    """The database of the settings in the environment, closed at the end.

    Meanwhile the vocabulary is in force as administrators have changed it.
    """
    settings = load_settings()
    use_key_file(settings.key_file)
    database = Database(settings.database_url)
    try:
        with vocabulary_in_force(_load_terms(database)):
            yield database
    finally:
        database.dispose()


def _load_terms(database: Database) -> Terms | None:
    """None for the vocabulary as it was shipped: also where no table is laid yet."""
    if not inspect(database.engine).has_table(TermChange.__tablename__):
        return None
    with database.reading() as session:
        return load_terms(session)
