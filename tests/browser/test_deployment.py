"""From the choice to what both sides say of the work: an envoy at a desk, a woman on her phone."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.models import Account, Appraisal, Availability, Deployment
from tests.approach_factories import add_french, add_office, add_released
from tests.browser.conftest import OpenVisitor
from tests.browser.look import examine
from tests.browser.server import LiveServer
from tests.browser.visitor import Visitor
from tests.factories import add_account
from tests.roster.web.browser import stored_password

HERS, THEIRS = "كان الوقت قصيرًا", "عملت بهدوء"
REPLY, ADDED = "نتفق على ذلك", "والسفر كان آمنًا"


@dataclass(frozen=True)
class Mission:
    """Two who can sign in, and where each finds the same approach."""

    envoy: str
    herself: str
    of_envoy: str
    of_her: str


@pytest.fixture
def mission(database: Database) -> Mission:
    """A woman whose name was released to the office that asked for her."""
    with database.writing() as session:
        her = add_french(session)
        add_french(session)
        office = add_office(session)
        approach = add_released(session, office, her.id)
        asking = session.get_one(Account, office.actor.account_id)
        asking.password_hash, asking.language = stored_password(), "ar"
        own = add_account(
            session, "mediator", mediator=her, language="ar", password_hash=stored_password()
        )
        session.commit()
        return Mission(
            asking.email,
            own.email,
            f"/requests/{office.request.code}/approaches/{approach.handle}",
            f"/me/approaches/{approach.code}",
        )


def test_both_sides_walk_from_the_choice_to_a_reply_without_scripts_in_arabic(
    visit: OpenVisitor, server: LiveServer, database: Database, mission: Mission
) -> None:
    envoy, herself = visit("ar"), visit("ar", is_phone=True)
    envoy.sign_in(mission.envoy)
    herself.sign_in(mission.herself)
    with database.reading() as session:
        before = session.scalars(select(Availability.status)).all()
    work(envoy, mission)
    say(envoy, "with_changes", THEIRS)
    herself.open(mission.of_her)
    herself.follow("My assignment")
    assert THEIRS in herself.main
    say(herself, "yes", HERS)
    herself.fill("Your reply", REPLY)
    herself.press("Reply")
    envoy.open(f"{mission.of_envoy}/deployment")
    assert HERS in envoy.main and REPLY in envoy.main
    envoy.fill("Add to what you said", ADDED)
    envoy.press("Add")
    herself.open(f"{mission.of_her}/deployment")
    assert ADDED in herself.main
    with database.reading() as session:
        said = session.scalars(select(Appraisal).order_by(Appraisal.id)).all()
        assert [(one.given_by, one.answers, one.reply) for one in said] == [
            ("requester", {"again": "with_changes", "text": THEIRS}, REPLY),
            ("herself", {"again": "yes", "text": HERS}, None),
        ]
        assert session.scalars(select(Deployment.state)).one() == "ended"
        assert session.scalars(select(Availability.status)).all() == before
    assert envoy.complaints == herself.complaints == []
    for pages in ("/requests/", "/me/approaches"):
        examine(server, envoy.context.browser, under=pages)


def work(envoy: Visitor, mission: Mission) -> None:
    """Choose her, say that she has started, and confirm the end; an end without its outcome is asked
    for again."""
    envoy.open(mission.of_envoy)
    envoy.press("Choose her for this post")
    envoy.follow("The assignment")
    envoy.fill("First day", clock.now().date().isoformat())
    envoy.press("Save the days")
    envoy.press("She has started")
    envoy.choose("Role", "co_mediator")
    envoy.choose("Track", "I")
    envoy.press("It has ended")
    assert envoy.page.get_by_role("alert").count() == 1
    envoy.page.locator('[name="outcome"][value="as_planned"]').check()
    envoy.press("It has ended")


def say(visitor: Visitor, again: str, text: str) -> None:
    """Her or their appraisal; the other side reads it at once."""
    visitor.page.locator(f'[name="again"][value="{again}"]').check()
    visitor.fill("How was it?", text)
    visitor.press("Save what I say")
