"""Her answer by the link in a message: five ways, one minute, a weak line."""

from __future__ import annotations

import re
from datetime import timedelta

from roster import clock
from roster.db import Database
from roster.models import Mediator
from roster.permissions import OPERATOR
from roster.services.invitations import send_renewal
from roster.wording import LANGUAGES
from tests.browser.conftest import OpenVisitor
from tests.browser.look import examine
from tests.browser.server import LiveServer
from tests.browser.visitor import Visitor
from tests.browser.women import (
    Woman,
    add_woman,
    count_writings,
    is_hidden,
    names_nobody,
    open_first,
    read_link,
    read_standing,
)

MINUTE = 60


def test_she_answers_by_the_link_in_her_message_in_every_way_there_is(
    visit: OpenVisitor, server: LiveServer, database: Database, language: str
) -> None:
    woman = add_woman(database, language, availability=clock.now() + timedelta(days=5))
    outbox, her = visit("en"), visit(language, is_weak=True)

    link = send_letter(database, woman, outbox)
    say_it_is_still_right(her, database, link)
    assert read_standing(database, woman) == ("available", "self")
    older, link = link, send_letter(database, woman, outbox)
    assert her.open(older) == 410
    say_what_has_changed(her, database, link)
    assert read_standing(database, woman) == ("partly", "self")
    her.open(send_letter(database, woman, outbox))
    her.press("I am not available for now")
    assert thanks(her)
    assert read_standing(database, woman) == ("unavailable", "self")
    ask_not_to_be_asked(her, send_letter(database, woman, outbox))
    with database.reading() as session:
        paused_until = session.get_one(Mediator, woman.id).paused_until
        assert paused_until is not None
        assert timedelta(days=39) < paused_until - clock.now() < timedelta(days=41)
    her.open(send_letter(database, woman, outbox))
    her.press("Hide me now")
    assert her.shows("You are hidden")
    assert is_hidden(database, woman)

    assert names_nobody(her)
    assert her.context.cookies() == []
    assert her.complaints == []
    examine(server, her.context.browser, under="/r")


def send_letter(database: Database, woman: Woman, outbox: Visitor) -> str:
    """She is asked again; the one link that stands in her letter, without its host."""
    with database.writing() as session:
        send_renewal(session, actor=OPERATOR, mediator_id=woman.id)
        session.commit()
    link = read_link(outbox)
    letter = outbox.page.locator(".letter").first.inner_text()
    assert re.findall(r"http\S+", letter) == [f"{outbox.server.url}{link}"]
    return link


def say_it_is_still_right(her: Visitor, database: Database, link: str) -> None:
    """The link in the message and one press; nothing before the press changes anything."""
    before = count_writings(database)
    open_first(her, link)
    assert names_nobody(her)
    assert count_writings(database) == before
    her.press("Yes, nothing has changed")
    assert thanks(her)
    assert her.line.presses == 1
    assert her.line.seconds < MINUTE
    print(f"from the link to the thanks: {her.line.seconds:.1f} s, {her.line.presses + 1} taps")


def thanks(her: Visitor) -> bool:
    return her.say("Thank you. That is all.") in her.heading and names_nobody(her)


def say_what_has_changed(her: Visitor, database: Database, link: str) -> None:
    """A refusal keeps what was typed, another language too, and the link is spent by neither."""
    before = count_writings(database)
    her.open(link)
    her.press("Something has changed")
    assert her.controls()["status available"] is False
    her.page.get_by_label(her.wording.term("availability_status", "partly"), exact=True).check()
    her.fill("Days a month at most", "9")
    her.fill("Where you will not go", "Atlantis")
    her.press("Save my answer")
    assert her.page.get_by_role("alert").count() == 1
    other = next(one for one in LANGUAGES.values() if one.code == "fr")
    her.click(her.page.get_by_role("button", name=other.name))
    assert her.named("refused").input_value() == "Atlantis"
    assert count_writings(database) == before
    hers = LANGUAGES[her.wording.language]
    her.click(her.page.get_by_role("button", name=hers.name))
    her.fill("Where you will not go", her.wording.term("country", "TCD"))
    her.press("Save my answer")
    assert thanks(her)


def ask_not_to_be_asked(her: Visitor, link: str) -> None:
    her.open(link)
    her.press("Do not ask me until …")
    her.fill("Last day of the pause", (clock.now() + timedelta(days=40)).date().isoformat())
    her.press("Pause")
    assert thanks(her)
