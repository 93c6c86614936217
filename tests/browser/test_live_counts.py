"""The one page that runs a script: counts that follow the form as it is being written."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import expect

from roster import clock
from roster.db import Database
from tests.browser.conftest import OpenVisitor
from tests.browser.visitor import Visitor
from tests.factories import add_mediator
from tests.roster.web.browser import make_account


def add_women(database: Database) -> None:
    with database.writing() as session:
        for number in range(7):
            add_mediator(session, languages={"fra": "C1", **({"ara": "C1"} if number else {})})
        session.commit()


def sign_in(visit: OpenVisitor, database: Database, language: str, **values: bool) -> Visitor:
    _, email = make_account(database, "envoy", country="NOR", office="Office", language=language)
    her = visit(language, **values)
    her.sign_in(email)
    return her


def test_the_counts_follow_the_form_without_a_button(
    visit: OpenVisitor, database: Database
) -> None:
    add_women(database)
    her = sign_in(visit, database, "en", runs_scripts=True)
    her.follow("New request")
    start = clock.now().date() + timedelta(days=30)
    days = {"start": start.isoformat(), "end": (start + timedelta(days=30)).isoformat()}
    her.fill_named(**days, **{"posts-0-languages-0-any_of": "French"})
    her.page.keyboard.press("Tab")
    counts = her.page.locator("#counts")
    expect(counts).to_contain_text("Women who would fit: 5.", timeout=20_000)
    her.fill_named(**{"posts-0-languages-0-any_of": "English"})
    her.page.keyboard.press("Tab")
    expect(counts).to_contain_text("Women who would fit: fewer than 5.")
    assert her.path == "/requests/new"
    assert her.complaints == []
