"""Fixtures: one Chromium for the run, a live service for each test, people who visit it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from roster.db import Database
from roster.settings import Settings
from tests.browser.server import LiveServer
from tests.browser.visitor import Visitor, make_visitor
from tests.conftest import missing

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CHROMIUM = os.environ.get("CHROMIUM", "chromium")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]

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
        from playwright.sync_api import sync_playwright
    except ImportError as problem:
        missing(f"Playwright is not installed: {problem}")
    path = shutil.which(CHROMIUM)
    if path is None:
        missing("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


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

    def open_visitor(language: str, *, is_phone: bool = False) -> Visitor:
        visitors.append(make_visitor(browser, server, language, is_phone=is_phone))
        return visitors[-1]

    yield open_visitor
    for visitor in visitors:
        visitor.context.close()
