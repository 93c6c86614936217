"""A coordinator's calls and the applications of her own network, as her browser sees them."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from roster import clock
from roster.db import Database
from roster.models import Application, OpenCall, OutboxMessage, Record
from tests.application_factories import add_application, add_call
from tests.factories import add_mediator, find_canaries
from tests.roster.web.browser import make_account, post_form, sign_in_as
from tests.walls.rows import read_rows


@pytest.fixture
def coordinator(app: Flask, database: Database) -> FlaskClient:
    return sign_in_as(app, make_account(database, "coordinator", network="nwm")[1])


def put_application(database: Database, **values: Any) -> Application:
    with database.writing() as session:
        made = add_application(session, **values)
        session.commit()
        session.refresh(made)
        session.expunge(made)
        return made


def press(client: FlaskClient, application: Application, what: str, **values: Any) -> TestResponse:
    form = {"version": application.version, **values}
    return post_form(client, f"/applications/{application.id}/{what}", page="/applications", **form)


def list_letters(database: Database) -> list[tuple[str, str]]:
    with database.reading() as session:
        rows = session.execute(select(OutboxMessage.template, OutboxMessage.recipient))
        return sorted((template, recipient) for template, recipient in rows)


def test_the_queue_holds_what_was_handed_in_to_her_own_network_the_oldest_first(
    coordinator: FlaskClient, database: Database
) -> None:
    now = clock.now()
    newer = put_application(database, submitted_at=now - timedelta(days=1))
    older = put_application(database, submitted_at=now - timedelta(days=9))
    for values in ({"network": "awmn"}, {"state": "begun"}, {"state": "invited"},
                   {"state": "refused", "decided_at": now}):  # fmt: skip
        put_application(database, **values)
    page = coordinator.get("/applications").text
    numbers = [int(number) for number in re.findall(r'href="/applications/(\d+)"', page)]
    assert numbers == [older.id, newer.id]
    assert {number for _, number in find_canaries(page)} == {older.id, newer.id}
    assert "9 days" in page and "1 woman has begun one" in page


@pytest.mark.parametrize("state", ["invited", "begun", "withdrawn", "accepted"])
def test_what_is_not_handed_in_or_is_over_has_no_page(
    coordinator: FlaskClient, database: Database, state: str
) -> None:
    made = put_application(database, state=state)
    assert coordinator.get(f"/applications/{made.id}").status_code == 404


def test_a_page_shows_her_words_and_whom_of_this_list_she_looks_like(
    coordinator: FlaskClient, database: Database
) -> None:
    with database.writing() as session:
        for network in ("nwm", "awmn"):
            add_mediator(session, network=network, name="Ingrid Halvorsen", has_own_record=False)
        session.commit()
        records = dict(session.execute(select(Record.network_code, Record.id)).all())
    made = put_application(database, name="Ingrid Halvorsen")
    page = coordinator.get(f"/applications/{made.id}").text
    assert find_canaries(page) == {("applicantaddress", made.id), ("applicantwords", made.id)}
    assert re.findall(r'href="/people/(\d+)"', page) == [str(records["nwm"])]
    assert "Looks like somebody on your list" in coordinator.get("/applications").text


def test_taken_in_she_is_on_the_list_and_gets_the_invitation(
    coordinator: FlaskClient, database: Database
) -> None:
    made = put_application(database, email="her@example.org", name="Invented Woman")
    answer = press(coordinator, made, "accept")
    assert answer.status_code == 303
    page = coordinator.get(answer.headers["Location"])
    assert page.status_code == 200 and "Invented Woman" in page.text
    assert list_letters(database) == [("invitation", "her@example.org")]


def test_refused_she_reads_so_behind_a_link_and_nobody_can_decide_again(
    coordinator: FlaskClient, database: Database
) -> None:
    made = put_application(database, email="her@example.org")
    assert press(coordinator, made, "refuse").status_code == 303
    assert list_letters(database) == [("application_news", "her@example.org")]
    again = press(coordinator, made, "accept")
    assert again.status_code == 409
    page = coordinator.get(f"/applications/{made.id}").text
    assert "Not taken in on" in page and "Take her in" not in page
    assert list_letters(database) == [("application_news", "her@example.org")]


def test_a_question_gives_it_back_and_an_empty_one_is_refused(
    coordinator: FlaskClient, database: Database
) -> None:
    made = put_application(database)
    empty = press(coordinator, made, "ask", question=" ")
    assert (empty.status_code, 'id="f-question-error"' in empty.text) == (422, True)
    assert press(coordinator, made, "ask", question="Which years?").status_code == 303
    assert coordinator.get(f"/applications/{made.id}").status_code == 404


def test_she_who_is_on_the_list_is_asked_by_the_record_there(
    coordinator: FlaskClient, database: Database
) -> None:
    with database.writing() as session:
        add_mediator(session, name="Ingrid Halvorsen", has_own_record=False)
        record = session.scalars(select(Record)).one()
        number, address = record.id, record.identity.email or ""
        session.commit()
    made = put_application(database, name="Ingrid Halvorsen", email="her@example.org")
    assert press(coordinator, made, "known", record_id="999999").status_code == 404
    answer = press(coordinator, made, "known", record_id=str(number))
    assert answer.headers["Location"] == f"/people/{number}"
    assert list_letters(database) == [
        ("application_news", "her@example.org"),
        ("invitation", address),
    ]


@pytest.mark.parametrize("what", ["accept", "known", "refuse", "ask"])
def test_a_press_without_its_version_changes_nothing(
    coordinator: FlaskClient, database: Database, what: str
) -> None:
    made = put_application(database)
    before = read_rows(database)
    for values in ({"version": "x"}, {"version": "1", "state": "accepted"}):
        answer = press(coordinator, made, what, **values)
        assert answer.status_code == 422
    assert read_rows(database) == before


def open_call(client: FlaskClient, **values: Any) -> TestResponse:
    today = clock.now().date()
    form = {"network": "nwm", "opens_on": today, "closes_on": today + timedelta(days=9), **values}
    return post_form(client, "/calls", page="/calls", **form)


def test_a_call_has_an_address_and_a_picture_and_can_be_ended_once(
    coordinator: FlaskClient, database: Database, client: FlaskClient
) -> None:
    assert open_call(coordinator).status_code == 303
    with database.reading() as session:
        call = session.scalars(select(OpenCall)).one()
    page = coordinator.get("/calls").text
    assert f"/apply/{call.slug}" in page and "<svg" in page
    assert client.get(f"/apply/{call.slug}").status_code == 200
    form = {"page": "/calls", "version": call.version}
    for expected in (303, 409):
        assert post_form(coordinator, f"/calls/{call.id}/end", **form).status_code == expected
    assert client.get(f"/apply/{call.slug}").status_code == 410


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"closes_on": "2020-01-01"}, "closes_on"),
        ({"opens_on": ""}, "opens_on"),
        ({"opens_on": "31/12/2026"}, "opens_on"),
        ({"closes_on": "9999-12-31"}, "closes_on"),
        ({"network": "awmn"}, ""),
        ({"slug": "mine"}, ""),
    ],
)
def test_a_wrong_call_is_said_beside_its_field(
    coordinator: FlaskClient, database: Database, change: dict[str, str], wrong: str
) -> None:
    page = open_call(coordinator, **change)
    assert (page.status_code, 'role="alert"' in page.text) == (422, True)
    assert not wrong or f'id="f-{wrong}-error"' in page.text
    with database.reading() as session:
        assert session.scalars(select(OpenCall)).all() == []


def test_one_woman_is_asked_by_a_letter_and_stands_among_those_asked(
    coordinator: FlaskClient, database: Database
) -> None:
    form = {"network": "nwm", "name": "Invented Woman", "email": "her@example.org"}
    asked = post_form(coordinator, "/calls/invitations", page="/calls", language="ar", **form)
    assert asked.status_code == 303
    wrong = post_form(coordinator, "/calls/invitations", page="/calls", **form)
    assert (wrong.status_code, 'value="her@example.org"' in wrong.text) == (422, True)
    assert list_letters(database) == [("application_invitation", "her@example.org")]
    assert "Invented Woman" in coordinator.get("/calls").text


def test_who_waits_for_a_decision_is_not_asked_again(
    coordinator: FlaskClient, database: Database
) -> None:
    put_application(database, email="her@example.org")
    form = {"network": "nwm", "name": "She", "email": "HER@example.org", "language": "en"}
    page = post_form(coordinator, "/calls/invitations", page="/calls", **form)
    assert (page.status_code, "waits for you" in page.text) == (422, True)
    assert list_letters(database) == []


def test_another_networks_calls_are_not_there(coordinator: FlaskClient, database: Database) -> None:
    with database.writing() as session:
        foreign = add_call(session, network="awmn", slug="foreign-call")
        add_application(session, network="awmn", state="invited")
        session.commit()
        number = foreign.id
    page = coordinator.get("/calls").text
    assert "foreign-call" not in page and find_canaries(page) == set()
    statuses = [
        post_form(coordinator, f"/calls/{each}/end", page="/calls", version="1").status_code
        for each in (number, 999_999)
    ]
    assert statuses == [404, 404]
