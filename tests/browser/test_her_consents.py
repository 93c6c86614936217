"""What she agrees to: asked again by a link, taken back, widened, said by voice; and hiding by a link."""

from __future__ import annotations

from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.models import Mediator, Record
from roster.services.consent_links import make_consent_message
from tests.answer_factories import PURPOSES
from tests.browser.conftest import OpenVisitor
from tests.browser.look import examine
from tests.browser.server import LiveServer
from tests.browser.visitor import Visitor
from tests.browser.women import (
    NAME,
    Woman,
    add_woman,
    is_hidden,
    list_consents,
    names_nobody,
    open_first,
    read_link,
)
from tests.factories import add_mediator
from tests.roster.web.browser import make_account


def test_she_says_yes_again_takes_it_back_and_hides_by_a_link_of_her_own(
    visit: OpenVisitor, server: LiveServer, database: Database, language: str
) -> None:
    woman = add_woman(database, language, safety_class=1)
    outbox, her = visit("en"), visit(language, is_weak=True)
    open_first(her, ask_again(database, woman, outbox))
    assert names_nobody(her)
    assert True not in her.controls().values()
    her.press("As I answered last time")
    assert her.shows("Your answer holds for twelve months.")
    assert list_consents(database, woman.id) == dict.fromkeys(sorted(PURPOSES), "link")
    her.open(ask_again(database, woman, outbox))
    her.press("Take everything back")
    assert names_nobody(her)
    assert her.context.cookies() == []
    assert list_consents(database, woman.id) == {}

    her.sign_in(woman.email)
    assert her.shows("Nobody can find you")
    agree_for_fewer(her, database, woman)
    hide_by_link(her, visit(language, is_weak=True), database, woman)
    assert her.complaints == []
    for pages in ("/me", "/c", "/h"):
        examine(server, her.context.browser, under=pages)


def ask_again(database: Database, woman: Woman, outbox: Visitor) -> str:
    with database.writing() as session:
        assert make_consent_message(session, session.get_one(Mediator, woman.id)) is not None
        session.commit()
    return read_link(outbox)


def agree_for_fewer(her: Visitor, database: Database, woman: Woman) -> None:
    """Yes to three points, and nobody but whoever she fits a request of sees her card."""
    her.follow("Look at my consents")
    for purpose in PURPOSES:
        her.page.locator(f"[name=purposes][value={purpose}]").check()
    her.page.locator("[name=safety_class][value='2']").check()
    her.press("Save my answers")
    assert sorted(list_consents(database, woman.id)) == sorted(PURPOSES)
    her.open("/me/consents")
    assert her.page.locator("[name=safety_class][value='2']").is_checked()
    her.follow("Every yes I gave, and the words I read")
    assert her.page.locator("dl.led > div").count() == 9  # three, said anew, then once more


def hide_by_link(her: Visitor, other: Visitor, database: Database, woman: Woman) -> None:
    """Made on her page, pressed on a telephone that holds nothing of her; undone by her alone."""
    her.open("/me/hide-link")
    her.press("Make the link")
    link = her.named("address").input_value().strip().removeprefix(her.server.url)
    open_first(other, link)
    assert names_nobody(other)
    assert not is_hidden(database, woman)
    for _ in range(2):
        other.open(link)
        other.press("Hide me now")
        assert other.shows("You are hidden")
        assert is_hidden(database, woman)
    assert names_nobody(other)
    assert other.context.cookies() == []
    assert other.complaints == []
    her.open("/me")
    her.press("Let me be found again")
    assert not is_hidden(database, woman)


def test_one_coordinator_writes_down_a_yes_by_voice_and_another_confirms_it(
    visit: OpenVisitor, server: LiveServer, database: Database, language: str
) -> None:
    with database.writing() as session:
        woman = add_mediator(
            session, name=NAME, language=language, consents=False, has_own_record=False
        )
        record = session.scalars(select(Record).where(Record.mediator_id == woman.id)).one()
        record.identity.email = record.identity.email_digest = None
        session.commit()
    first, second = visit(language), visit(language)
    for visitor in (first, second):
        visitor.sign_in(make_account(database, "coordinator", network="nwm", language=language)[1])
    first.open(f"/people/{record.id}")
    first.follow("She agrees by voice")
    for purpose in PURPOSES:
        first.page.locator(f"[name=purposes][value={purpose}]").check()
    first.page.locator("[name=channel][value=telephone]").check()
    first.fill("Day on which she said it", clock.now().date().isoformat())
    first.press("Write it down")
    first.open("/spoken-consents")
    assert first.button("Confirm", about=NAME).count() == 0
    second.open("/spoken-consents")
    second.press("Confirm", about=NAME)
    assert second.shows("Nothing is to be done here.")
    assert list_consents(database, woman.id) == dict.fromkeys(sorted(PURPOSES), "voice")
    assert first.complaints + second.complaints == []
    for pages in ("/people", "/spoken"):
        examine(server, first.context.browser, under=pages)
