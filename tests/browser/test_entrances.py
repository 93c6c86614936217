"""Ways in for a woman without a password: a link from hand to hand, and a link to sign in with."""

from __future__ import annotations

from roster.db import Database
from tests.browser.conftest import OpenVisitor
from tests.browser.look import examine
from tests.browser.server import LiveServer
from tests.browser.visitor import Visitor
from tests.browser.women import NAME, add_woman, names_nobody, open_first, read_link, read_standing
from tests.roster.web.browser import make_account


def test_a_link_on_paper_renews_her_answer_and_tells_nothing(
    visit: OpenVisitor, server: LiveServer, database: Database, language: str
) -> None:
    woman = add_woman(database, language)
    _, email = make_account(database, "coordinator", network="nwm", language=language)
    coordinator, her = visit(language), visit(language, is_weak=True)
    coordinator.sign_in(email)
    coordinator.open(f"/people/{woman.record_id}")
    coordinator.follow("Hand a link over")
    coordinator.press("Make the link")
    link = coordinator.named("address").input_value().strip().removeprefix(server.url)
    assert NAME in coordinator.main
    assert prints_no_name(coordinator)

    open_first(her, link)
    assert names_nobody(her)
    assert her.shows(
        "Somebody passed this page on to you. It cannot sign you in, and it agrees to nothing in "
        "your name."
    )
    her.press("Yes, nothing has changed")
    assert her.say("Thank you. That is all.") in her.heading
    assert read_standing(database, woman) == ("available", "self")
    assert her.context.cookies() == []
    assert her.complaints + coordinator.complaints == []
    examine(server, her.context.browser, under="/people")


def prints_no_name(visitor: Visitor) -> bool:
    """On paper stands the picture of the address, and neither whose it is nor from whom."""
    visitor.page.emulate_media(media="print")
    printed = visitor.page.locator("body").inner_text()
    is_shown = visitor.page.locator("main p[role=img]").is_visible()
    visitor.page.emulate_media(media="screen")
    named = (NAME, visitor.say("Roster of Women Mediators"), visitor.wording.term("network", "nwm"))
    return is_shown and not any(one in printed for one in named)


def test_a_link_by_mail_opens_her_page_once(
    visit: OpenVisitor, server: LiveServer, database: Database, language: str
) -> None:
    woman = add_woman(database, language)
    outbox, her = visit("en"), visit(language, is_weak=True)
    open_first(her, "/sign-in")
    her.follow("For mediators without a password: send me a link")
    her.fill("E-mail address", woman.email)
    her.press("Send me a link")
    assert her.heading == her.say("Look into your mailbox")
    link = read_link(outbox)
    phone = visit(language, is_weak=True)
    open_first(phone, link)
    assert names_nobody(phone)
    assert phone.context.cookies() == []
    phone.press("Open my page")
    assert phone.heading == phone.say("Home")
    phone.press("Sign out")
    assert phone.open(link) == 410
    assert her.complaints + phone.complaints == []
    for pages in ("/s", "/me"):
        examine(server, her.context.browser, under=pages)
