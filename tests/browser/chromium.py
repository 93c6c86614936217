"""The Chromium of this machine, driven by Playwright."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
"""No sandbox: it opens only our own pages, often as root in a container."""


class NoChromium(Exception):
    """What is missing, and what to do about it."""


@contextmanager
def start_chromium() -> Iterator[Browser]:
    """A browser that is closed at the end. Raises NoChromium."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as problem:
        raise NoChromium("Playwright is not installed: make test installs it") from problem
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        raise NoChromium("Chromium is not installed: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
