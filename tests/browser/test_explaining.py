"""An envoy asks her answer why; a coordinator asks the same of one of her own women."""

from __future__ import annotations

from sqlalchemy import select

from roster.db import Database
from roster.models import Record, RunRow
from tests.browser.conftest import OpenVisitor
from tests.browser.look import examine
from tests.browser.server import LiveServer
from tests.factories import add_mediator, find_canaries
from tests.roster.web.browser import make_account
from tests.roster.web.test_envoy_pages import form_values

NICE = {
    "posts-0-languages-1-any_of": "eng",
    "posts-0-languages-1-weight": "nice",
    "posts-0-languages-0-any_of": "fra",
}


def add_women(database: Database) -> int:
    """Two who fit, one by more points than the other, and three a step away; a record of one."""
    with database.writing() as session:
        add_mediator(session, languages={"fra": "C1", "eng": "C1"})
        add_mediator(session, languages={"fra": "C1"})
        near = [add_mediator(session, languages={"fra": "B1"}) for _ in range(3)]
        hers = select(Record.id).where(
            Record.mediator_id == near[0].id, Record.network_code == "nwm"
        )
        record = session.scalars(hers).one()
        session.commit()
    return record


def test_an_answer_is_asked_why_and_the_form_is_filled_with_less(
    visit: OpenVisitor, server: LiveServer, database: Database, language: str
) -> None:
    record = add_women(database)
    _, email = make_account(database, "envoy", country="NOR", language=language)
    her = visit(language)
    her.sign_in(email)
    her.open("/requests/new")
    for name, value in {**form_values(), **NICE}.items():
        if name in ("modality", "do", "posts-0-languages-0-level"):
            continue
        control = her.page.locator(f'[name="{name}"]')
        if name.endswith("weight"):
            control.and_(her.page.locator(f"[value={value}]")).check()
        else:
            control.fill(value)
    her.press("Submit and search")
    code = her.page.url.rpartition("/")[2]
    with database.reading() as session:
        handle = session.scalars(select(RunRow.handle).where(RunRow.state == "near_miss")).all()[0]

    her.fill("Handle", handle.lower())
    her.press("Why not her?")
    assert her.heading == her.say("One step away today.")
    her.fill("Handle", "Z9-Z9Z")
    her.press("Why not her?")
    assert her.heading == her.say("Not found in this request.")
    her.follow("Back to the answer")
    her.press("Compare")
    assert her.page.get_by_role("table").locator("tbody tr").count() > 1
    her.follow("Back to the answer")
    her.follow("What could be asked less?")
    assert her.heading == her.say("What could be asked less?")
    her.page.get_by_role("link", name=her.say("Fill this into the form")).first.click()
    assert her.named("posts_0_languages_0_level").input_value() == "B1"

    _, email = make_account(database, "coordinator", network="nwm", language=language)
    other = visit(language)
    other.sign_in(email)
    other.open(f"/people/{record}")
    other.follow("Why was she not proposed?")
    other.fill("Code of the request", code)
    other.press("Why not her?")
    assert other.heading == other.say("One step away today.")

    asked = [one.text for one in server.recorder.answers if one.path.startswith("/requests")]
    assert [find_canaries(page) for page in asked] == [set() for _ in asked]
    assert (her.complaints, other.complaints) == ([], [])
    examine(server, her.context.browser, under="/requests")
    examine(server, other.context.browser, under=f"/people/{record}/why-not")
