"""From an open call to her own page: she puts herself forward, stops, goes on, and is taken in."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.models import Application
from tests.browser.conftest import OpenVisitor
from tests.browser.look import examine
from tests.browser.server import LiveServer
from tests.browser.visitor import Visitor
from tests.browser.women import NAME, add_woman, names_nobody, open_first, read_link
from tests.roster.web.browser import make_account

ADDRESS = "forward@example.org"


def test_a_woman_answers_a_call_in_two_goes_and_is_taken_in(
    visit: OpenVisitor, server: LiveServer, database: Database, language: str
) -> None:
    add_woman(database, language, name=f"{NAME} Elder")  # looks like her
    _, email = make_account(database, "coordinator", network="nwm", language=language)
    coordinator, outbox = visit(language), visit("en")
    her = visit(language, is_weak=True)
    coordinator.sign_in(email)
    take_first_step(her, open_call(coordinator))
    link = read_link(outbox)
    fill_in(her, link)
    assert read_states(database) == ["submitted"]

    coordinator.follow("Applications")
    coordinator.follow("Open", about=NAME)
    assert coordinator.heading.strip() == NAME
    coordinator.press("Take her in")
    her.open(read_link(outbox))
    assert names_nobody(her)
    her.press("Open the form")
    assert her.heading == her.say("Is this right?")
    assert NAME in her.main
    assert read_states(database) == ["accepted"]
    assert her.complaints + coordinator.complaints == []
    for pages in ("/apply", "/a/", "/i", "/calls", "/applications"):
        examine(server, her.context.browser, under=pages)


def read_states(database: Database) -> list[str]:
    with database.reading() as session:
        return list(session.scalars(select(Application.state)))


def open_call(coordinator: Visitor) -> str:
    """The path of the address that the new call has."""
    coordinator.follow("Applications")
    coordinator.follow("Open a call, or ask one woman")
    today = clock.now().date()
    coordinator.fill("First day", today.isoformat())
    coordinator.fill("Last day", (today + timedelta(days=30)).isoformat())
    coordinator.press("Open the call")
    coordinator.page.locator("main details summary").click()
    address = coordinator.page.locator("main details bdi").inner_text()
    return address.removeprefix(coordinator.server.url)


def take_first_step(her: Visitor, call: str) -> None:
    open_first(her, call)
    her.fill("Name", NAME)
    her.fill("E-mail", ADDRESS)
    her.choose("In which language shall we write to you?", her.wording.language)
    her.press("Send me the link")
    assert her.heading == her.say("Look into your mail")
    assert ADDRESS not in her.page.content()


def fill_in(her: Visitor, link: str) -> None:
    """Her work; a language that nobody knows is refused and kept; then another day, the rest."""
    her.open(link)
    assert names_nobody(her)
    her.press("Go on")
    her.fill_named(languages_0_language="Atlantean")
    her.press("Save and go on")
    assert her.named("languages_0_language").input_value() == "Atlantean"
    her.fill_named(languages_0_language=her.wording.term("language", "fra"))
    her.page.locator("[name=track][value=II]").check()
    her.press("Save and go on")

    her.open(link)
    assert names_nobody(her)
    her.press("Go on")
    assert her.field("Name").input_value() == NAME
    her.fill("Experience in short", "Two villages (invented).")
    her.page.locator("[name=ties][value=none]").check()
    her.press("Save and go on")
    assert her.wording.term("language", "fra") in her.main
    her.press("Hand it in")
    assert her.heading == her.say("Thank you. Your form is handed in.")
