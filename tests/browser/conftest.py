"""Fixtures: one Chromium for the run, a live service for each test, people who visit it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roster.db import Database
from roster.settings import Settings
from tests.browser.chromium import NoChromium, start_chromium
from tests.browser.server import LiveServer
from tests.browser.visitor import Visitor, make_visitor
from tests.conftest import missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OpenVisitor = Callable[..., Visitor]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, of which every visitor gets a context of her own."""
    try:
        with start_chromium() as started:
            yield started
    except NoChromium as problem:
        missing(str(problem))


@pytest.fixture
def language(database_kind: str) -> str:
    """English on SQLite and Arabic on PostgreSQL: the long walks go once in each in a whole run."""
    return {"sqlite": "en", "postgresql": "ar"}[database_kind]


@pytest.fixture
def server(browser: Browser, settings: Settings, database: Database) -> Iterator[LiveServer]:
    """The service over this test's database, with its outbox page."""
    live = LiveServer(settings, database)
    yield live
    live.stop()


@pytest.fixture
def visit(browser: Browser, server: LiveServer) -> Iterator[OpenVisitor]:
    """A function that brings one more person to the service; nothing of theirs is kept."""
    visitors: list[Visitor] = []

    def open_visitor(language: str, **values: bool) -> Visitor:
        visitors.append(make_visitor(browser, server, language, **values))
        return visitors[-1]

    yield open_visitor
    for visitor in visitors:
        visitor.context.close()
