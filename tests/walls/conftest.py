"""One village, built once and copied for every test that changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, update

from roster import clock
from roster.app import create_app
from roster.db import Database
from roster.models import WebSession
from roster.settings import Settings
from tests.conftest import _drop
from tests.walls.applicants import add_applicants
from tests.walls.village import Village, build_village

SECRET = "Ylq3x-9fTzW0p_7sKc2mVb8nRd4gHj6e"


@pytest.fixture(scope="session")
def settled(
    make_database_url: Callable[..., str], migrated_template: str, key_file: Path
) -> tuple[str, Village]:
    """The address of a database that is only ever copied, and who lives in it."""
    url = make_database_url(migrated_template)
    database = Database(url)
    village = build_village(database)
    with database.writing() as session:
        add_applicants(session, village)
        session.commit()
    database.dispose()
    if url.startswith("sqlite"):
        with create_engine(url).connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")  # all in the one file
    return url, village


@pytest.fixture
def village(settled: tuple[str, Village]) -> Village:
    """Who lives there, for this test alone: what it notes is unknown to the next."""
    return deepcopy(settled[1])


@pytest.fixture
def database_url(
    make_database_url: Callable[..., str], settled: tuple[str, Village], database_kind: str
) -> Iterator[str]:
    """The address of a village of one's own, in which everybody has just signed in."""
    url = make_database_url(settled[0])
    _sign_in_anew(url)
    yield url
    _drop(url, database_kind)


def _sign_in_anew(url: str) -> None:
    """However long ago the village was built: a password is fresh for ten minutes only."""
    now, database = clock.now(), Database(url)
    with database.engine.begin() as connection:
        connection.execute(update(WebSession).values(seen_at=now, proved_at=now))
    database.dispose()


@pytest.fixture(scope="session")
def compiled_app(key_file: Path) -> Flask:
    """One application for all tests, so that its templates are compiled once.

    CSRF tokens have tests of their own; a failure becomes the page that a person sees.
    """
    settings = Settings(database_url="sqlite://", secret_key=SECRET, key_file=key_file)
    made = create_app(settings, Database(settings.database_url))
    made.config["WTF_CSRF_ENABLED"] = False
    return made


@pytest.fixture
def app(compiled_app: Flask, database: Database) -> Flask:
    compiled_app.extensions["database"] = database
    compiled_app.extensions.pop("roster_index", None)  # it follows one database
    return compiled_app
