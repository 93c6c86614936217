"""A coordinator adds one woman by hand: on her own network's list, invisible until she answers."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster.db import Database
from roster.errors import NotFound
from roster.models import AuditEvent, Consent, Identity, Mediator, Membership, Record, Suspicion
from roster.permissions import Actor
from roster.services.added_people import NewPerson, add_person
from roster.services.invitations import invite
from tests.roster.services.lists import ANNA, import_women
from tests.roster.web.browser import make_account, post_form, sign_in_as

NEW = {"network": "nwm", "name": "Gerd Åkesson", "email": "gerd@example.org", "language": "sw"}


@pytest.fixture
def browser(app: Flask, database: Database) -> FlaskClient:
    """A coordinator of the Nordic network, signed in."""
    _, email = make_account(database, "coordinator", network="nwm")
    return sign_in_as(app, email)


def add(browser: FlaskClient, **values: str) -> tuple[int, str]:
    answer = post_form(browser, "/people/new", page="/people/new", **{**NEW, **values})
    return answer.status_code, answer.text


def list_names(database: Database) -> list[tuple[str | None, str]]:
    with database.reading() as session:
        rows = session.execute(select(Record.network_code, Identity.display_name).join(Identity))
        return sorted((code, name) for code, name in rows.all())


def test_she_stands_on_the_list_as_a_draft_in_her_language_and_can_be_asked(
    database: Database, browser: FlaskClient
) -> None:
    answer = post_form(browser, "/people/new", page="/people/new", **NEW)
    assert answer.status_code == 303
    page = browser.get(answer.location).text
    assert ("Gerd Åkesson" in page, "Ask her to answer for herself" in page) == (True, True)
    with database.writing() as session:
        record = session.scalars(select(Record)).one()
        member = session.scalars(select(Membership)).one()
        woman = session.get_one(Mediator, record.mediator_id)
        assert (woman.language, woman.safety_class, member.accreditation) == ("sw", 2, "draft")
        assert session.scalars(select(Consent)).all() == []
        events = session.execute(select(AuditEvent.action, AuditEvent.network_code)).all()
        assert ("record.added", "nwm") in events
        actor = Actor("account", coordinates=frozenset({"nwm"}))
        assert invite(session, actor=actor, record_id=record.id).message is not None


def test_somebody_alike_on_the_same_list_is_asked_about_once(
    database: Database, browser: FlaskClient
) -> None:
    import_women(database, ANNA)
    alike = {"name": "Lindqvist, Anna", "email": "anna@example.org"}
    status, page = add(browser, **alike)
    assert (status, "Anna Lindqvist" in page) == (422, True)
    assert list_names(database) == [("nwm", "Anna Lindqvist")]
    assert add(browser, **alike, is_another="yes")[0] == 303
    with database.reading() as session:
        pairs = session.execute(select(Suspicion.network_code, Suspicion.state)).all()
    assert pairs == [("nwm", "different")]
    assert len(list_names(database)) == 2


def test_a_woman_of_another_network_is_never_spoken_of(
    database: Database, browser: FlaskClient
) -> None:
    import_women(database, ANNA, network="awmn")
    assert add(browser, name="Anna Lindqvist", email="anna@example.org")[0] == 303
    assert list_names(database) == [("awmn", "Anna Lindqvist"), ("nwm", "Anna Lindqvist")]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"network": "awmn"}, "Choose the network whose list it is."),
        ({"network": "nowhere"}, "Choose the network whose list it is."),
        ({"name": ""}, "This is needed."),
        ({"name": "x" * 201}, "This is too short or too long."),
        ({"name": "Ge\u202erd"}, "Hidden control characters are in this text. Type it anew."),
        ({"email": "no address"}, "This is not an e-mail address."),
        ({"language": "xx"}, "Choose one of the answers offered."),
        ({"safety_class": "0"}, "This was not asked for."),
    ],
)
def test_what_is_wrong_is_said_beside_what_was_typed(
    database: Database, browser: FlaskClient, wrong: dict[str, str], told: str
) -> None:
    status, page = add(browser, **wrong)
    assert (status, told in page, "gerd" in page or "email" in wrong) == (422, True, True)
    assert list_names(database) == []


def test_only_a_coordinator_of_the_network_adds(database: Database) -> None:
    person = NewPerson("nwm", "Gerd", "en")
    for actor in (Actor("account", coordinates=frozenset({"awmn"})), Actor("account", 1)):
        with database.writing() as session, pytest.raises(NotFound):
            add_person(session, actor=actor, person=person)
    assert list_names(database) == []
