"""One village, built once and copied for every test that changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path

import pytest
from flask import Flask

from roster.app import create_app
from roster.db import Database
from roster.settings import Settings
from tests.conftest import drop_database
from tests.settled import settle, sign_in_anew
from tests.walls.applicants import add_applicants
from tests.walls.village import Village
from tests.walls.village_building import build_village

SECRET = "Ylq3x-9fTzW0p_7sKc2mVb8nRd4gHj6e"


@pytest.fixture(scope="session")
def settled(
    make_database_url: Callable[..., str], migrated_template: str, key_file: Path
) -> tuple[str, Village]:
    """The address of a database that is only ever copied, and who lives in it."""
    url = make_database_url(migrated_template)
    return url, settle(url, _build)


def _build(database: Database) -> Village:
    village = build_village(database)
    with database.writing() as session:
        add_applicants(session, village)
        session.commit()
    return village


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
    sign_in_anew(url)
    yield url
    drop_database(url, database_kind)


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
