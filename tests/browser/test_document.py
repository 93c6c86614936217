"""An envoy issues a document on pages, prints it on two sheets, and hands a copy to a reader."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pypdf import PdfReader
from sqlalchemy import select

from roster.db import Database
from roster.models import Account
from tests.approach_factories import add_french, add_office
from tests.browser.conftest import OpenVisitor
from tests.browser.look import examine
from tests.browser.server import LiveServer
from tests.roster.web.browser import stored_password

if TYPE_CHECKING:
    from playwright.sync_api import Browser


def add_desk(database: Database, language: str) -> tuple[str, str]:
    """The address of an envoy and the code of her request, in which three women fit."""
    with database.writing() as session:
        for _ in range(3):
            add_french(session)
        office = add_office(session, title="Talks on corridors", notice_days=14)
        account = session.scalars(
            select(Account).where(Account.id == office.actor.account_id)
        ).one()
        account.password_hash, account.language = stored_password(), language
        session.commit()
        return account.email, office.request.code


def test_a_document_goes_from_the_answer_to_two_printed_pages_and_to_its_reader(
    visit: OpenVisitor,
    server: LiveServer,
    database: Database,
    browser: Browser,
    language: str,
) -> None:
    email, code = add_desk(database, language)
    her = visit(language)
    her.sign_in(email)
    her.open(f"/requests/{code}")
    her.follow("Documents")
    for place in ("1", "2"):
        her.page.locator(f'[name="chosen"][value="{place}"]').check()
    her.page.locator('[name="reserves"][value="3"]').check()
    her.press("Issue the document")
    assert her.shows("The document is issued. Open it, or give somebody a copy.")
    her.page.get_by_role("link", name=her.say("Open")).first.click()
    printed = PdfReader(io.BytesIO(her.page.pdf(prefer_css_page_size=True)))
    assert len(printed.pages) == 2
    assert "Talks on corridors" in printed.pages[0].extract_text()
    her.page.go_back()
    her.page.get_by_role("link", name=her.say("Readers")).first.click()
    her.fill("Who reads it", "A second office")
    her.press("Make the copy")
    link = her.page.get_by_label(her.say("The address of the link")).input_value()
    reader = visit(language)
    reader.open(f"/d/{link.rpartition('/')[2]}")
    assert reader.heading == reader.say("A document for you")
    reader.press("Open it here")
    assert "A second office" in reader.page.locator("body").inner_text()
    assert her.complaints == reader.complaints == []
    examine(server, browser, under="/documents")
    examine(server, browser, under="/d/")
    examine(server, browser, under=f"/requests/{code}/documents")
