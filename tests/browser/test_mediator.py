"""A mediator answers by her link, sees her card, renews, hides and comes back."""

from __future__ import annotations

from sqlalchemy import select

from roster.db import Database
from roster.models import Availability, Consent, Mediator, Record
from roster.permissions import OPERATOR
from roster.services.invitations import invite
from tests.browser.conftest import OpenVisitor
from tests.browser.look import examine
from tests.browser.server import LiveServer
from tests.browser.visitor import Visitor
from tests.browser.women import NAME, count_writings, names_nobody, read_link
from tests.factories import add_mediator

NEEDED = ("membership_file", "matching", "card")


def invite_somebody(database: Database, language: str) -> int:
    """A woman on a network's list is asked; her id."""
    with database.writing() as session:
        woman = add_mediator(
            session,
            name=NAME,
            consents=False,
            availability=False,
            has_own_record=False,
            declares=False,
            safety_class=2,
            languages={"fra": "C1"},
            entries=[("track", "II"), ("theme", "ceasefire"), ("nationality", "TCD")],
        )
        woman.language = language
        record = session.scalars(select(Record).where(Record.mediator_id == woman.id)).one()
        invite(session, actor=OPERATOR, record_id=record.id)
        session.commit()
        return woman.id


def test_a_mediator_answers_for_herself_on_her_phone(
    visit: OpenVisitor, server: LiveServer, database: Database, language: str
) -> None:
    woman = invite_somebody(database, language)
    link = read_link(visit("en"))
    her = visit(language, is_phone=True)
    before = count_writings(database)
    assert her.open(link) == 200
    assert names_nobody(her)
    assert her.context.cookies() == []
    assert count_writings(database) == before

    her.press("Open the form")
    answer_three_pages(her)
    with database.reading() as session:
        given = session.execute(
            select(Consent.purpose).where(Consent.mediator_id == woman).order_by(Consent.purpose)
        ).scalars()
        stated = session.execute(
            select(Availability.status, Availability.notice_days, Availability.modalities)
        ).all()
        assert sorted(given) == sorted(NEEDED)
        assert [tuple(row) for row in stated] == [("available", 7, ["in_person", "remote"])]

    look_at_her_pages(her)
    hide_and_come_back(her, database, woman)
    cookies = her.context.cookies()
    assert {(each["httpOnly"], each["sameSite"]) for each in cookies} == {(True, "Lax")}
    her.press("Sign out")
    left = {each["value"] for each in her.context.cookies()}
    assert left.isdisjoint(each["value"] for each in cookies)

    assert her.open(link) == 410
    assert her.heading == her.say("This page has ended.")
    assert names_nobody(her)

    assert her.complaints == []
    examine(server, her.context.browser)


def answer_three_pages(her: Visitor) -> None:
    """What is on file is right; yes to the first three points; available at a week's notice."""
    assert her.heading == her.say("Is this right?")
    assert NAME in her.main
    her.press("This is right: go on")
    assert her.page.get_by_role("alert").count() == 1
    her.tick("No, nothing of the kind")
    her.press("This is right: go on")

    assert her.heading == her.say("What may be done with it?")
    for purpose in NEEDED:
        her.page.get_by_role("checkbox").and_(her.page.locator(f"[value={purpose}]")).check()
    her.press("Save and go on")

    assert her.heading == her.say("When could you work?")
    her.page.get_by_label(her.wording.term("availability_status", "available"), exact=True).check()
    her.choose("How long before must you be asked?", "7")
    for modality in ("in_person", "remote"):
        her.page.get_by_label(her.wording.term("modality", modality), exact=True).check()
    her.press("Save: that is all")
    assert her.say("Thank you. That is all.") in her.heading


def look_at_her_pages(her: Visitor) -> None:
    """Her card, without her name; her home; her consents, details, ties and time."""
    her.follow("See your card as others see it")
    assert her.heading == her.say("How others see me")
    card = her.main
    assert her.wording.term("theme", "ceasefire") in card
    assert NAME not in card
    assert her.wording.term("country", "TCD") not in card
    her.follow("Your page")
    assert her.wording.days_left(90) in her.main
    her.press("Still right")
    assert her.page.get_by_role("status").count() == 1
    for place in ("My consents", "My details"):
        her.follow(place)
        assert her.heading == her.say(place)
    for path in (
        "/me/availability", "/me/availability/history", "/me/declaration", "/me/looks",
    ):  # fmt: skip
        assert her.open(path) == 200


def hide_and_come_back(her: Visitor, database: Database, woman: int) -> None:
    """One press hides her, at once and without a question; one press ends it."""
    her.follow("Your page")
    her.press("Hide me now")
    assert is_hidden(database, woman)
    assert her.shows("Nobody but your coordinator can find you.")
    her.press("Let me be found again")
    assert not is_hidden(database, woman)


def is_hidden(database: Database, woman: int) -> bool:
    with database.reading() as session:
        return session.get_one(Mediator, woman).is_hidden
