"""What is held and shown of her: her own words with what would change, records, mirror, answers, ties."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.models import Declaration, Record
from tests.answer_factories import add_declaration
from tests.browser.conftest import OpenVisitor
from tests.browser.look import examine
from tests.browser.pictures import VIEWERS
from tests.browser.server import LiveServer
from tests.browser.visitor import Visitor
from tests.browser.women import NAME, Woman, add_woman
from tests.roster.web.browser import make_account, sign_in_as
from tests.roster.web.test_envoy_pages import ask


def test_she_reads_and_changes_what_is_said_of_her_and_who_sees_it(
    visit: OpenVisitor, server: LiveServer, database: Database, language: str, app: Flask
) -> None:
    woman = prepare(database, app, language)
    her = visit(language, is_weak=True)
    her.sign_in(woman.email)
    change_details(her, database, woman)
    her.open("/me/records")
    her.press("Keep it to myself")
    assert her.button("Let them read it").count() == 1
    look_as_others(her)
    her.open("/me/shortlists")
    assert her.shows("You were named once.")
    assert "BIVWAK" not in her.main  # the title of the request is not hers to read
    her.open("/me/looks")
    assert her.page.locator("main ul.plain > li").count() == 2  # a profile opened, an answer
    her.open("/me")
    assert her.shows("Your declaration of ties runs out soon")
    her.click(her.page.locator("main .note").get_by_role("link"))
    her.press("Still right")
    with database.reading() as session:
        newest = select(Declaration.declared_on).order_by(Declaration.id.desc()).limit(1)
        assert session.scalars(newest).one() == clock.now().date()
    assert her.complaints == []
    examine(server, her.context.browser, under="/me")


def prepare(database: Database, app: Flask, language: str) -> Woman:
    """She was in an answer, her coordinator opened her profile, and her declaration is old."""
    woman = add_woman(database, language, languages={"fra": "C1"}, declares=False)
    with database.writing() as session:
        own = select(Record).where(Record.mediator_id == woman.id, Record.network_code.is_(None))
        session.scalars(own).one().identity.phone = "+47 000 11"  # one that can be called
        record = session.get_one(Record, woman.record_id)
        declared = add_declaration(session, record.mediator)
        declared.declared_on = clock.now().date() - timedelta(days=350)
        session.commit()
    _, coordinator = make_account(database, "coordinator", network="nwm")
    _, envoy = make_account(database, "envoy", country="CHE", office="Office")
    opened = sign_in_as(app, coordinator).get(f"/people/{woman.record_id}")
    assert opened.status_code == 200
    ask(sign_in_as(app, envoy), title="BIVWAK")
    return woman


def change_details(her: Visitor, database: Database, woman: Woman) -> None:
    """Nothing is stored before she has read what would change."""
    her.follow("My details")
    her.fill("Country of residence", her.wording.term("country", "COL"))
    her.press("Show what would change")
    assert her.heading == her.say("What would change")
    lines = her.page.locator("dl.led > div").all_inner_texts()
    assert len(lines) == 1
    assert her.wording.term("country", "COL") in lines[0]
    assert list_residences(database, woman) == []
    her.press("Save my details")
    assert list_residences(database, woman) == ["COL"]


def list_residences(database: Database, woman: Woman) -> list[str | None]:
    with database.reading() as session:
        own = select(Record).where(Record.mediator_id == woman.id, Record.network_code.is_(None))
        return [one.code for one in session.scalars(own).one().entries if one.field == "residence"]


def look_as_others(her: Visitor) -> None:
    """Her coordinator reads her name; nobody else does."""
    for viewer in VIEWERS:
        her.open(f"/me/card?viewer={viewer}")
        assert (NAME in her.main) == (viewer == "coordinator"), viewer
