"""A letter walked to its document by everybody whom it takes: envoy, woman, network; no scripts."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from pypdf import PdfReader
from sqlalchemy import select

from roster.db import Database
from roster.models import Approach, Mediator, RunRow
from tests.browser.conftest import OpenVisitor
from tests.browser.server import LiveServer
from tests.browser.visitor import Visitor
from tests.factories import add_account, find_canaries
from tests.requests.carrying import Letter, add_women, load_letter, on_the_day
from tests.roster.web.browser import make_account, stored_password

if TYPE_CHECKING:
    from playwright.sync_api import APIResponse

LETTERS = {"en": "sudan", "ar": "yemen"}
BEST = {"sudan": "opens_corridors", "yemen": "knows_truces"}
"""Who stands first in the answer to each letter."""


def test_a_letter_goes_to_a_document_that_names_only_whom_she_and_her_network_released(
    visit: OpenVisitor, server: LiveServer, database: Database, language: str
) -> None:
    letter = load_letter(LETTERS[language])
    with on_the_day(letter):
        ids = add_women(database, letter)
        woman = ids[BEST[letter.name]]
        envoy, herself, network = (
            enter(visit, email, language)
            for email in (
                make_account(database, "envoy", country="NOR", office="Office", language=language)[
                    1
                ],
                add_own_account(database, woman, language),
                make_account(database, "coordinator", network="nwm", language=language)[1],
            )
        )
        code = search(envoy, letter)
        handle = ask_the_first(envoy, database, code, woman)
        say_yes(herself)
        network.open("/approaches")
        network.follow("Read it")
        network.press("We agree")
        assert network.shows("You agreed")
        shown = release(envoy, code, handle)
        pages = issue(envoy, code)
        assert len(pages) == 2
        text = "".join(pages)
        assert code in text and handle in text
        assert find_canaries(text) == shown
        assert envoy.complaints == herself.complaints == network.complaints == []


def enter(visit: OpenVisitor, email: str, language: str) -> Visitor:
    visitor = visit(language)
    visitor.sign_in(email)
    return visitor


def add_own_account(database: Database, mediator_id: int, language: str) -> str:
    with database.writing() as session:
        account = add_account(
            session,
            "mediator",
            mediator=session.get_one(Mediator, mediator_id),
            password_hash=stored_password(),
            language=language,
        )
        session.commit()
        return account.email


def search(envoy: Visitor, letter: Letter) -> str:
    """Paste, confirm what was read as it is, and search; the code of the request."""
    envoy.open("/requests/letter")
    envoy.fill("Your letter", letter.text)
    envoy.fill("Received on", letter.received.isoformat())
    envoy.press("Read the letter")
    assert envoy.page.locator("mark").count() >= len(letter.read) - 3
    envoy.press("Fill the form")
    envoy.press("Submit and search")
    return envoy.path.rpartition("/")[2]


def ask_the_first(envoy: Visitor, database: Database, code: str, woman: int) -> str:
    """Ask the woman on the first card; her handle."""
    with database.reading() as session:
        first = session.scalars(select(RunRow).where(RunRow.position == 1)).one()
        assert first.mediator_id == woman
        handle = first.handle
    envoy.page.locator('[name="card"][value="1"]').check()
    envoy.press("Write what they are told")
    envoy.fill("Who asks", "Office of the envoy")
    envoy.fill("What for", "Talks (invented)")
    envoy.fill("Where", "Geneva")
    envoy.fill("How much time", "Eight weeks")
    for name, value in (("risk", "some"), ("pay", "fee")):
        envoy.page.locator(f'[name="{name}"][value="{value}"]').check()
    for one in envoy.page.locator('[name="languages"]').all():
        one.check()
    envoy.press("Ask them")
    with database.reading() as session:
        assert session.scalars(select(Approach.mediator_id)).all() == [woman]
    return handle


def say_yes(herself: Visitor) -> None:
    herself.open("/me/approaches")
    herself.press("Read it")
    herself.page.locator('[name="ties"]').first.check()
    herself.press("Yes")


def release(envoy: Visitor, code: str, handle: str) -> set[tuple[str, int]]:
    """Release her name; what the page of it shows, which is the name alone."""
    envoy.open(f"/requests/{code}/approaches/{handle}")
    envoy.press("Release her name")
    envoy.follow("Show her name")
    shown = find_canaries(envoy.main)
    assert {field for field, _ in shown} == {"displayname"}
    return shown


def issue(envoy: Visitor, code: str) -> list[str]:
    """Issue the document with the first woman, and read the file back."""
    envoy.open(f"/requests/{code}")
    envoy.follow("Documents")
    envoy.page.locator('[name="chosen"][value="1"]').check()
    envoy.press("Issue the document")
    address = envoy.link("PDF").first.get_attribute("href")
    answer: APIResponse = envoy.context.request.get(envoy.server.url + str(address))
    assert answer.headers["content-type"] == "application/pdf"
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.body())).pages]
