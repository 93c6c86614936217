"""Pictures of every page, for people to look at: ``python -m tests.browser.pictures FOLDER``.

Each demo user's pages, on a phone and on a desk, in English and Arabic, and ``docs/shortlist.png``
for the README. A copy of the demo of ``ROSTER_FOLDER`` is served, so that nothing in it changes.
A second word takes only the pictures whose name begins with it: ``mediator``, ``link``, ``nobody``.
"""

from __future__ import annotations

import logging
import re
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from sqlalchemy import make_url, select

from roster.db import Database
from roster.encryption import use_key_file
from roster.models import Account
from roster.services.sign_in import start_session
from roster.settings import load_settings
from tests.browser.chromium import start_chromium
from tests.browser.picture_links import take_links
from tests.browser.server import LiveServer
from tests.browser.visitor import Visitor, make_visitor

if TYPE_CHECKING:
    from playwright.sync_api import Browser

README_PICTURE = Path(__file__).parents[2] / "docs" / "shortlist.png"
README_SIZE = {"x": 0, "y": 0, "width": 1366, "height": 1000}
NOBODY = (
    "/sign-in",
    "/sign-in/link",
    "/consent-texts",
    "/how-matching-works",
    "/nothing",
    "/i/ended",
    "/outbox",
)
VIEWERS = ("envoy", "coordinator", "other", "administrator", "auditor", "public")
KIND = re.compile(r"\d+|R-26-\w+|(?<=/data/)\w+")
"""What tells pages of one kind apart in their addresses."""


def list_accounts(database: Database) -> list[tuple[str, int]]:
    """One account of each role, and that of each coordinator: the name of its pictures, its id."""
    with database.reading() as session:
        accounts = session.scalars(
            select(Account).where(Account.password_hash.is_not(None)).order_by(Account.id)
        )
        return [
            ("-".join(filter(None, (each.grants[0].role, each.grants[0].network_code))), each.id)
            for each in accounts
        ]


def enter(visitor: Visitor, database: Database, account_id: int, language: str) -> None:
    """Sign in without a password, which this copy of the demo does not know."""
    with database.writing() as session:
        account = session.get_one(Account, account_id)
        account.language = language
        key, _ = start_session(session, account=account)
        session.commit()
    cookie = {"name": "session_key", "value": key, "url": visitor.server.url}
    visitor.context.add_cookies([cookie])  # type: ignore[list-item]  # a dictionary of its own


def wander_once(visitor: Visitor) -> Iterator[str]:
    """One page of each kind that links lead to."""
    kinds = set()
    for path in visitor.wander(lambda path: KIND.sub("…", path) not in kinds):
        kinds.add(KIND.sub("…", path))
        yield path


def take(visitor: Visitor, folder: Path, name: str) -> None:
    """One picture, named by the page's address."""
    slug = re.sub(r"\W+", "-", KIND.sub("n", visitor.path)).strip("-") or "home"
    save(visitor, folder, f"{name}-{slug}")


def save(visitor: Visitor, folder: Path, name: str) -> None:
    """The whole page as it stands."""
    size = visitor.page.viewport_size
    device = "phone" if size and size["width"] < 500 else "desk"
    path = folder / f"{name}-{visitor.wording.language}-{device}.png"
    visitor.page.screenshot(path=path, full_page=True)


def take_all(
    browser: Browser, server: LiveServer, database: Database, folder: Path, only: str
) -> None:
    """Everybody's pages, in both directions of writing and both sizes."""
    for language in ("en", "ar"):
        for is_phone in (True, False):
            visitor = make_visitor(browser, server, language, is_phone=is_phone)
            if "nobody".startswith(only):
                for path in NOBODY:
                    visitor.open(path)
                    take(visitor, folder, "nobody")
            if "link".startswith(only):
                take_links(visitor, database, partial(save, visitor, folder), language)
            for name, account_id in list_accounts(database):
                if name.startswith(only):
                    enter(visitor, database, account_id, language)
                    for _ in wander_once(visitor):
                        take(visitor, folder, name)
                    if name == "mediator":
                        take_mirror(visitor, folder)
            visitor.context.close()


def take_mirror(visitor: Visitor, folder: Path) -> None:
    """Her card as each kind of viewer gets it."""
    for viewer in VIEWERS:
        visitor.open(f"/me/card?viewer={viewer}")
        save(visitor, folder, f"mediator-mirror-{viewer}")


def take_for_readme(browser: Browser, server: LiveServer, database: Database) -> None:
    """The top of the envoy's answer."""
    visitor = make_visitor(browser, server, "en")
    enter(visitor, database, dict(list_accounts(database))["envoy"], "en")
    visitor.open("/requests")
    visitor.follow("Open")
    visitor.press("Search again")  # what the first answer rests on may have run out
    README_PICTURE.parent.mkdir(exist_ok=True)
    visitor.page.set_viewport_size({"width": README_SIZE["width"], "height": README_SIZE["height"]})
    visitor.page.screenshot(path=README_PICTURE, clip=README_SIZE)  # type: ignore[arg-type]
    visitor.context.close()


def main(folder: Path, only: str = "") -> None:
    """Take all pictures into ``folder``, or those whose name begins with ``only``."""
    folder.mkdir(parents=True, exist_ok=True)
    logging.disable(logging.WARNING)
    settings = load_settings()
    use_key_file(settings.key_file)
    with TemporaryDirectory() as place, start_chromium() as browser:
        copy = Path(place) / "copy.sqlite"
        stored = str(make_url(settings.database_url).database)
        with closing(sqlite3.connect(stored)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
        settings = replace(settings, database_url=f"sqlite:///{copy}")
        database = Database(settings.database_url)
        server = LiveServer(settings, database)
        if not only:
            take_for_readme(browser, server, database)
        take_all(browser, server, database, folder, only)
        server.stop()
        database.dispose()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:3])
