"""Her page of messages, and what a coordinator sees of messages that did not arrive."""

from __future__ import annotations

import re

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster.db import Database
from roster.models import Mediator, MessageChoice, Record
from roster.services.trail import add_message
from tests import factories
from tests.roster.web.browser import make_account, read_token, sign_in_as

PAGE = "/me/messages"
RIGHT = {
    "channel": "mail",
    "cadence": "weekly",
    "quiet_from": "20",
    "quiet_until": "6",
    "language": "ar",
    "time_zone": "Africa/Cairo",
}


def enter(app: Flask, database: Database) -> tuple[FlaskClient, int]:
    """A woman who has signed in."""
    with database.writing() as session:
        woman = factories.add_mediator(session, name="Invented Woman")
        session.commit()
    _, email = make_account(database, "mediator", mediator=woman)
    return sign_in_as(app, email), woman.id


def version_on(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found
    return found[1]


def submit(client: FlaskClient, **values: str) -> tuple[int, str]:
    page = client.get(PAGE)
    form = {"csrf_token": read_token(page), "version": version_on(page.text), **values}
    answer = client.post(PAGE, data=form)
    return answer.status_code, answer.text


def stored(database: Database) -> list[tuple[object, ...]]:
    with database.reading() as session:
        rows = session.execute(
            select(
                MessageChoice.channel,
                MessageChoice.cadence,
                MessageChoice.quiet_from,
                MessageChoice.quiet_until,
                Mediator.language,
                Mediator.time_zone,
            ).join(Mediator, Mediator.id == MessageChoice.mediator_id)
        )
        return [tuple(row) for row in rows]


def test_she_chooses_on_one_page_without_a_script(app: Flask, database: Database) -> None:
    client, _ = enter(app, database)
    page = client.get(PAGE).text
    assert len(page.encode()) < 24_000
    assert "Invented" not in page and "<script" not in page
    assert submit(client, **RIGHT)[0] == 303
    assert stored(database) == [("mail", "weekly", 20, 6, "ar", "Africa/Cairo")]
    assert submit(client, **{**RIGHT, "quiet_from": "", "quiet_until": ""})[0] == 303
    assert stored(database) == [("mail", "weekly", None, None, "ar", "Africa/Cairo")]


def test_bad_input_is_worded_at_its_field_and_nothing_is_lost(
    app: Flask, database: Database
) -> None:
    client, _ = enter(app, database)
    for wrong, words in (
        ({"quiet_until": ""}, "Choose both hours, or neither."),
        ({"quiet_until": "20"}, "The two hours are the same"),
        ({"quiet_from": "24"}, "quiet_from-error"),
        ({"cadence": "hourly"}, "cadence-error"),
        ({"channel": ""}, "channel-error"),
        ({"language": "xx"}, "language-error"),
        ({"time_zone": "Mars/Base"}, "time_zone-error"),
        ({"mediator_id": "1"}, "answer needs another look"),
    ):
        status, page = submit(client, **{**RIGHT, **wrong})
        assert (status, words in page) == (422, True), wrong
        assert 'value="Africa/Cairo" selected' in page or "time_zone" in wrong
    assert stored(database) == []


def test_a_second_page_sees_what_the_first_saved_and_keeps_what_it_sent(
    app: Flask, database: Database
) -> None:
    client, _ = enter(app, database)
    page = client.get(PAGE)
    old = {"csrf_token": read_token(page), "version": version_on(page.text)}
    assert submit(client, **RIGHT)[0] == 303
    answer = client.post(PAGE, data={**old, **RIGHT, "cadence": "none"})
    assert answer.status_code == 409
    assert "One message for everything, once a week at most</dd>" in answer.text
    assert re.search(r'value="none" checked', answer.text)
    again = {"csrf_token": read_token(answer), "version": version_on(answer.text)}
    assert client.post(PAGE, data={**again, **RIGHT, "cadence": "none"}).status_code == 303
    assert stored(database)[0][1] == "none"


def test_a_coordinator_sees_what_did_not_arrive_and_who_is_to_be_spoken_to(
    app: Flask, database: Database
) -> None:
    with database.writing() as session:
        lost, spoken, well = (
            factories.add_mediator(session, name=name) for name in ("Ada", "Bea", "Cleo")
        )
        own = select(Record).where(Record.mediator_id == lost.id, Record.network_code.is_(None))
        address = session.scalars(own).one().identity.email
        for state, woman in (("bounced", lost), ("sent", well)):
            message = add_message(
                session,
                template="renewal",
                language="en",
                recipient=str(address),
                values={},
                message_id=f"m-{state}",
                mediator_id=woman.id,
            )
            message.state, message.problem = state, "5.1.1"
        session.add(MessageChoice(mediator_id=spoken.id, channel="coordinator"))
        session.flush()
        records = {
            woman.id: session.scalars(
                select(Record.id).where(
                    Record.mediator_id == woman.id, Record.network_code == "nwm"
                )
            ).one()
            for woman in (lost, spoken, well)
        }
        session.commit()
    _, email = make_account(database, "coordinator", network="nwm")
    client = sign_in_as(app, email)
    people = client.get("/people").text
    assert people.count("her address needs a look") == 1
    pages = [client.get(f"/people/{number}").text for number in records.values()]
    assert ["needs a look" in page for page in pages] == [True, False, False]
    assert ["Please speak to her" in page for page in pages] == [False, True, False]
    _, other = make_account(database, "coordinator", network="femwise")
    assert "needs a look" not in sign_in_as(app, other).get("/people").text
