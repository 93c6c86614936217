"""From a spreadsheet to an answer that changes when its ground runs out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.jobs import Turn, get_job
from roster.models import Availability
from roster.permissions import SCHEDULER
from roster.wording import LANGUAGES
from roster.wording.answers import word_ask, word_cure, word_headline
from tests.browser.conftest import OpenVisitor
from tests.browser.look import examine
from tests.browser.server import LiveServer
from tests.browser.visitor import Visitor
from tests.roster.web.browser import make_account

LIST = Path(__file__).parents[2] / "roster" / "demo" / "samples" / "a4_nordic.csv"
NAME = "Kari Fjeldstad"
"""She speaks English well; what her list says of her time never counts."""


@dataclass(frozen=True)
class People:
    coordinator: str
    envoy: str
    language: str


@pytest.fixture(params=["en", "ar"])
def people(request: pytest.FixtureRequest, database: Database) -> Iterator[People]:
    language = str(request.param)
    yield People(
        make_account(database, "coordinator", network="nwm", language=language)[1],
        make_account(database, "envoy", country="CHE", office="Office", language=language)[1],
        language,
    )


def test_an_answer_changes_when_her_own_word_runs_out_whether_or_not_the_job_has_run(
    visit: OpenVisitor, server: LiveServer, database: Database, people: People
) -> None:
    coordinator = visit(people.language)
    coordinator.sign_in(people.coordinator)
    take_in_the_list(coordinator)
    accredit_and_ask_her(coordinator)
    her = visit(people.language, is_phone=True)
    answer_by_link(her, visit(people.language))

    envoy = visit(people.language)
    envoy.sign_in(people.envoy)
    ask_for_somebody(envoy)
    assert envoy.heading == word_headline(envoy.wording, 1, 0)
    handle = envoy.page.get_by_role("article").locator("bdi").inner_text()
    assert re.fullmatch(r"\w\d-\w{3}", handle)
    answer = envoy.path

    with clock.shifted(find_end(database) - clock.now()):
        envoy.sign_in(people.envoy)
        envoy.open(answer)
        said = "Something this answer rests on has run out since. Search again for the answer of today."
        assert envoy.shows(said)
        envoy.press("Search again")
        without_job = read_answer(envoy)
        check_that_she_is_a_step_away(envoy, handle)
        assert not is_marked(database)
        get_job("expiry").run(Turn(database, server.settings, SCHEDULER))
        assert is_marked(database)
        envoy.press("Search again")
        assert read_answer(envoy) == without_job
        envoy.follow("Search %(number)s", number=1)
        assert handle in envoy.page.get_by_role("article").locator("bdi").all_inner_texts()

    bodies = [one.text for one in server.recorder.answers if one.path.startswith("/requests")]
    assert not [body for body in bodies if "Fjeldstad" in body or "fjeldstad" in body]
    assert coordinator.complaints + her.complaints + envoy.complaints == []
    examine(server, envoy.context.browser, under="/requests/R-")


def find_end(database: Database) -> datetime:
    """The first instant at which her own answer no longer counts."""
    with database.reading() as session:
        own = select(Availability.valid_until).where(Availability.confirmed_by == "self")
        return session.scalars(own).one()


def is_marked(database: Database) -> bool:
    """Whether the job has noted that her own answer ran out."""
    with database.reading() as session:
        own = select(Availability.expired_at).where(Availability.confirmed_by == "self")
        return session.scalars(own).one() is not None


def take_in_the_list(coordinator: Visitor) -> None:
    coordinator.follow("Spreadsheets")
    coordinator.field("File").set_input_files(LIST)
    coordinator.press("Read the file")
    coordinator.click(coordinator.page.locator("form[action$='/confirm'] button"))


def accredit_and_ask_her(coordinator: Visitor) -> None:
    coordinator.follow("People")
    coordinator.fill("Name, language, theme or place, in any script", NAME)
    coordinator.press("Show")
    coordinator.follow("Open", about=NAME)
    coordinator.follow("Change this record")
    coordinator.choose("Accreditation", "accredited")
    coordinator.fill("Accredited on", clock.now().date().isoformat())
    english = coordinator.wording.term("language", "eng")
    row = coordinator.page.locator("details").filter(has_text=english).first
    row.locator("summary").click()
    row.get_by_label(coordinator.say("I confirm this level today")).check()
    coordinator.press("Save")
    coordinator.press("Ask her to answer for herself")


def answer_by_link(her: Visitor, outbox: Visitor) -> None:
    """She agrees to be found, and says that she is available, with no last day."""
    outbox.open("/outbox")
    her.open(outbox.link("Open its link").first.get_attribute("href") or "")
    if her.wording.language != "en":  # the service writes to her in English; she chooses hers
        her.click(her.page.get_by_role("link", name=LANGUAGES[her.wording.language].name))
    her.press("Open the form")
    her.tick("No, nothing of the kind")
    her.press("This is right: go on")
    for purpose in ("membership_file", "matching", "card"):
        her.page.locator(f"[value={purpose}]").check()
    her.press("Save and go on")
    for word in (
        her.wording.term("availability_status", "available"),
        her.wording.term("modality", "in_person"),
    ):
        her.page.get_by_label(word, exact=True).check()
    her.press("Save: that is all")
    assert her.say("Thank you. That is all.") in her.heading


def ask_for_somebody(envoy: Visitor) -> None:
    """English at B2, from a day on which only a fresh word of hers is missing."""
    start = clock.now().date() + timedelta(days=120)
    envoy.follow("New request")
    envoy.fill("First day", start.isoformat())
    envoy.fill("Last day", (start + timedelta(days=30)).isoformat())
    envoy.named("posts_0_languages_0_any_of").fill("English")
    envoy.press("Submit and search")


def read_answer(envoy: Visitor) -> tuple[str, list[str], list[str]]:
    """Heading, the women a step away with what is missing, and the funnel."""
    funnel = envoy.page.locator("table.fun tbody tr").all_inner_texts()
    return envoy.heading, read_steps(envoy), funnel


def read_steps(envoy: Visitor) -> list[str]:
    """The women who are one step away; where the request stands is told in rows, too."""
    steps = envoy.page.locator("main ul.rows > li").all_inner_texts()
    rows = [" ".join(step.split()) for step in steps]
    return [row for row in rows if re.match(r"\w\d-\w{3}", row)]


def check_that_she_is_a_step_away(envoy: Visitor, handle: str) -> None:
    """Nobody fits; the same woman would, if what was known of her time had not run out."""
    assert envoy.heading == word_headline(envoy.wording, 0, 1)
    [step] = read_steps(envoy)
    assert step.startswith(handle)
    assert envoy.say("expired, now unknown")[1:] in step
    cure = word_cure(envoy.wording, "A1")
    ask = word_ask(envoy.wording, "A1")
    assert step.endswith(f"{cure} {ask} , {handle}")
