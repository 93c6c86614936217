"""An envoy asks by the form and reads an answer that names nobody."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.models import Run, RunRow
from roster.services.stored_evidence import read_evidence
from roster.wording.answers import word_headline
from roster.wording.evidence import word_card
from tests.browser.conftest import OpenVisitor
from tests.browser.look import examine
from tests.browser.server import LiveServer
from tests.browser.visitor import Visitor
from tests.factories import add_mediator, find_canaries
from tests.roster.web.browser import make_account

WOMEN = (
    {"fra": "C2", "ara": "C1"},
    {"fra": "C1", "ara": "B2"},
    {"fra": "C1"},
    {"fra": "B2", "eng": "C1"},
    {"fra": "B1"},
    {"fra": "B1", "ara": "C1"},
    {"eng": "C1"},
)
"""Four who speak French well enough, two who are one level below, one who does not speak it."""


def add_women(database: Database) -> None:
    with database.writing() as session:
        for languages in WOMEN:
            add_mediator(
                session,
                languages=languages,
                entries=[("track", "II"), ("theme", "ceasefire"), ("nationality", "NOR")],
            )
        session.commit()


def test_an_envoy_asks_by_the_form_and_reads_an_answer_that_names_nobody(
    visit: OpenVisitor, server: LiveServer, database: Database, language: str
) -> None:
    add_women(database)
    _, email = make_account(database, "envoy", country="NOR", office="Office", language=language)
    her = visit(language)
    her.sign_in(email)
    assert her.heading == her.say("You have not asked for anybody yet.")
    her.follow("New request")
    fill_form(her)
    check_that_nothing_is_lost(her)
    her.press("Submit and search")

    assert her.heading == word_headline(her.wording, 4, 2)
    with database.reading() as session:
        run = session.scalars(select(Run)).one()
        check_answer(her, run, list(run.rows))
    her.follow("Change the criteria")
    her.fill_named(posts_0_languages_0_any_of="Finnish")
    her.click(her.page.get_by_role("button", name=her.say("Search"), exact=True))
    assert her.heading == her.say("Nobody fits.")
    her.follow("Requests")
    her.follow("Open")
    her.follow("Search %(number)s", number=1)
    assert her.heading == word_headline(her.wording, 4, 2)
    assert her.open("/requests/R-26-AAAAA") == 404
    assert her.open("/how-matching-works") == 200

    read = [one.text for one in server.recorder.answers if one.is_page]
    assert [find_canaries(page) for page in read] == [set() for _ in read]
    assert her.complaints == []
    examine(server, her.context.browser)


def fill_form(her: Visitor) -> None:
    """French at B2, and Arabic if it can be had; the language is misspelt."""
    start = clock.now().date() + timedelta(days=30)
    her.fill("Process", "Corridor talks (invented)")
    her.fill("First day", start.isoformat())
    her.fill("Last day", (start + timedelta(days=50)).isoformat())
    her.choose("Notice", "14")
    her.page.get_by_label(her.wording.term("track", "II"), exact=True).check()
    her.named("posts_0_languages_0_any_of").fill("Frensh?")
    her.named("posts_0_languages_1_any_of").fill("Arabic")
    her.named("posts_0_languages_1_weight").and_(her.page.locator("[value=nice]")).check()
    her.fill("Nationalities kept out", "Chad, Sudan")
    her.fill("Women in the team now", "2")
    her.fill("Men in the team now", "4")
    her.fill("Target share of women, per cent", "40")


def check_that_nothing_is_lost(her: Visitor) -> None:
    """One wrong word is said beside it; all else stands as it was typed."""
    typed = her.controls()
    her.press("Submit and search")
    assert her.page.get_by_role("alert").count() == 1
    assert her.controls() == typed
    wrong = her.page.locator("main [aria-invalid=true]")
    assert wrong.input_value() == "Frensh?"
    wrong.fill("French")


def check_answer(her: Visitor, run: Run, rows: list[RunRow]) -> None:
    """Persons with every line of their evidence, near misses with the one step, the funnel."""
    listed = [row for row in rows if row.state == "listed"]
    articles = her.page.get_by_role("article")
    assert articles.get_by_role("heading").locator("bdi").all_inner_texts() == [
        row.handle for row in listed
    ]
    for row in listed:
        evidence = [read_evidence(one) for one in row.evidence]
        worded = word_card(her.wording, evidence, now=run.at)
        article = her.page.get_by_role("article", name=row.handle)
        shown = article.locator("dl.evs dt").all_inner_texts()
        assert len(shown) == len(worded)
        for line, text in zip(worded, shown, strict=True):
            assert text.endswith(line.label)
        values = article.locator("dl.evs dd .sign").all_inner_texts()
        assert [value.strip() for value in values] == [line.value for line in worded]
    near = [row.handle for row in rows if row.state == "near_miss"]
    section = her.page.locator("section").filter(
        has=her.page.get_by_role("heading", name=her.say("One step away"))
    )
    assert section.locator("bdi.code").all_inner_texts() == near
    assert section.get_by_text(her.say("Would fit at one level lower")).count() == len(near)
    funnel = her.page.get_by_role("region", name=her.say("How many women passed each gate"))
    assert funnel.locator("tbody tr").count() > 5
