"""Fixtures of every test: a fresh migrated database, the application, a browser stand-in.

``pytest --database sqlite`` (the default) or ``--database postgresql``: the same tests on both,
but that those which touch no database run once, with SQLite, unless they are named.
Tests of one database only stand in ``tests/only_sqlite`` and ``tests/only_postgresql``.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import create_engine, make_url, text

from roster import clock
from roster.db import Database
from roster.encryption import use_key_file
from roster.migration import migrate
from roster.services.sign_in import WINDOW
from roster.settings import Settings
from tests.fast_folder import make_fast_folder
from tests.postgresql import NoServer, Server
from tests.settled import gather

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

SERVER_VARIABLE = "ROSTER_TEST_SERVER"
"""Address of the run's one server; the workers inherit it from the first process."""
NO_SERVER_VARIABLE = "ROSTER_TEST_NO_SERVER"

SECRET = "Ylq3x-9fTzW0p_7sKc2mVb8nRd4gHj6e"

hypothesis_settings.register_profile("roster", deadline=None)  # machines differ, and are shared
hypothesis_settings.load_profile("roster")

_server: Server | None = None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database", choices=("sqlite", "postgresql"), default="sqlite")


def pytest_configure(config: pytest.Config) -> None:
    global _server
    is_worker = hasattr(config, "workerinput")
    if config.getoption("--database") != "postgresql" or is_worker:
        return
    os.environ.pop(NO_SERVER_VARIABLE, None)
    try:
        _server = Server()
        os.environ[SERVER_VARIABLE] = _server.url
    except NoServer as problem:
        os.environ[NO_SERVER_VARIABLE] = str(problem)


def pytest_unconfigure(config: pytest.Config) -> None:
    global _server
    if _server is not None:
        _server.stop()
        _server = None
        os.environ.pop(SERVER_VARIABLE, None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    other = {"sqlite": "only_postgresql", "postgresql": "only_sqlite"}
    kind = config.getoption("--database")
    left_out = [item for item in items if other[kind] in item.path.parts]
    if kind == "postgresql" and config.args_source.name != "ARGS":
        left_out += [item for item in items if not touches_database(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]


def touches_database(item: pytest.Item) -> bool:
    """Whether a test asks for a database: one that does not says the same in both runs."""
    return "database_kind" in getattr(item, "fixturenames", ())


def missing(reason: str) -> None:
    """A part of the machine is missing: skip by name, or fail where nothing may be missing."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def database_kind(request: pytest.FixtureRequest) -> str:
    """``sqlite`` or ``postgresql``."""
    return str(request.config.getoption("--database"))


@pytest.fixture(scope="session", autouse=True)
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The field keys of this process, outside the database's folder."""
    path = tmp_path_factory.mktemp("keys") / "field.key"
    use_key_file(path)
    return path


@pytest.fixture(scope="session")
def make_database_url(database_kind: str) -> Iterator[Callable[..., str]]:
    """A function that returns the address of a new database: empty, or a copy of a template."""
    maker = _make_sqlite if database_kind == "sqlite" else _make_postgresql
    folder = make_fast_folder("roster-sqlite-")
    names = (f"{os.environ.get('PYTEST_XDIST_WORKER', 'gw')}_{number}" for number in range(10**6))
    yield lambda template=None: maker(folder, f"roster_{next(names)}", template)
    shutil.rmtree(folder, ignore_errors=True)


def _make_sqlite(folder: Path, name: str, template: str | None) -> str:
    path = folder / f"{name}.sqlite"
    if template is not None:
        shutil.copyfile(str(make_url(template).database), path)
    return f"sqlite:///{path}"


def _make_postgresql(folder: Path, name: str, template: str | None) -> str:
    if SERVER_VARIABLE not in os.environ:
        missing(os.environ.get(NO_SERVER_VARIABLE, "no PostgreSQL server"))
    server = make_url(os.environ[SERVER_VARIABLE])
    copied = f' TEMPLATE "{make_url(template).database}"' if template is not None else ""
    _on_server(f'CREATE DATABASE "{name}"{copied}')
    return server.set(database=name).render_as_string(hide_password=False)


def _on_server(statement: str) -> None:
    engine = create_engine(os.environ[SERVER_VARIABLE], isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def empty_url(make_database_url: Callable[..., str], database_kind: str) -> Iterator[str]:
    """The address of a database without any table."""
    url = make_database_url()
    yield url
    drop_database(url, database_kind)


@pytest.fixture(scope="session")
def migrated_template(make_database_url: Callable[..., str]) -> str:
    """The address of a migrated database that is only ever copied."""
    url = make_database_url()
    migrate(url)
    gather(url)
    return url


@pytest.fixture
def database_url(
    make_database_url: Callable[..., str], migrated_template: str, database_kind: str
) -> Iterator[str]:
    """The address of a fresh migrated database: for tests that start processes of their own."""
    url = make_database_url(migrated_template)
    yield url
    drop_database(url, database_kind)


def drop_database(url: str, kind: str) -> None:
    """Take a database of one test away."""
    if kind == "postgresql":
        _on_server(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')
        return
    for suffix in ("", "-wal", "-shm"):
        Path(f"{make_url(url).database}{suffix}").unlink(missing_ok=True)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh migrated database: ledger head at 0, the networks of the vocabulary, no people."""
    made = Database(database_url)
    yield made
    made.dispose()


@pytest.fixture
def settings(database_url: str, key_file: Path) -> Settings:
    """Settings of a service that is no demo."""
    return Settings(
        database_url=database_url,
        secret_key=SECRET,
        key_file=key_file,
    )


@pytest.fixture(scope="session")
def compiled_app(key_file: Path) -> Flask:
    """One application for all tests, so that its pages are compiled once."""
    return _make_app(Settings(database_url="sqlite://", secret_key=SECRET, key_file=key_file))


@pytest.fixture
def app(compiled_app: Flask, settings: Settings, database: Database) -> Iterator[Flask]:
    """The application over this test's database; no test may change its routes."""
    kept = dict(compiled_app.extensions)
    compiled_app.extensions |= {"settings": settings, "database": database}
    yield compiled_app
    compiled_app.extensions = kept  # what it learnt of one database is unknown to the next


@pytest.fixture
def own_app(settings: Settings, database: Database) -> Flask:
    """An application that a test may change."""
    return _make_app(settings, database)


def _make_app(settings: Settings, database: Database | None = None) -> Flask:
    from roster.app import create_app

    made = create_app(settings, database)
    made.testing = True
    return made


@pytest.fixture
def early_in_a_window() -> Iterator[None]:
    """Tries are counted by quarters of an hour: on a slow machine a test may meet the next one."""
    window = int(WINDOW.total_seconds())
    with clock.shifted(timedelta(seconds=window - int(clock.now().timestamp()) % window)):
        yield


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser stand-in that keeps cookies."""
    return app.test_client()
