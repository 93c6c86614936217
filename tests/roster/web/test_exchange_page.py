"""Her page of exchanges: cards without a name, her own answers, nothing of the other one's."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster.db import Database
from roster.models import Mediator, ReadEvent, Record
from tests.exchange_factories import add_exchange, add_learner
from tests.factories import add_mediator
from tests.roster.web.browser import make_account, post_form, read_token, sign_in_as

PAGE = "/me/exchange"
COUNTRY = ("place", "SOM")


def enter(app: Flask, database: Database, mediator_id: int) -> FlaskClient:
    with database.reading() as session:
        woman = session.get_one(Mediator, mediator_id)
    return sign_in_as(app, make_account(database, "mediator", mediator=woman)[1])


@pytest.fixture
def pair(database: Database) -> tuple[int, int]:
    with database.writing() as session:
        one = add_learner(session, "nwm", "II", name="Invented One")
        other = add_learner(session, "mwmn", "I", name="Invented Other", entries=[COUNTRY])
        add_learner(session, "mwmn", "I", name="Invented Hidden", is_hidden=True)
        session.commit()
        return one.id, other.id


def answer(client: FlaskClient, word: str) -> str:
    """Press the first button of this answer; the page as it stands then."""
    page = client.get(PAGE)
    form = page.text[page.text.index('name="proposal"') - 90 :]
    version = re.search(r'name="version" value="(\d+)"', form)
    number = re.search(r'name="proposal" value="(\d+)"', form)
    assert version and number
    said = client.post(
        f"{PAGE}/answer",
        data={"csrf_token": read_token(page), "version": version[1], "proposal": number[1],
              "answer": word},
        follow_redirects=True,
    )  # fmt: skip
    assert said.status_code == 200, said.text
    return said.text


def test_a_woman_who_did_not_agree_is_led_to_her_consents_and_proposed_to_nobody(
    app: Flask, database: Database, pair: tuple[int, int]
) -> None:
    with database.writing() as session:
        woman = add_mediator(session, network="awmn", entries=[("track", "III")])
        session.commit()
    client = enter(app, database, woman.id)
    page = client.get(PAGE).text
    assert "/me/consents" in page and "Look for partners" not in page
    refused = post_form(client, PAGE, page=PAGE, do="search")
    assert refused.status_code == 303
    assert "You are not proposed for an exchange at present." in client.get(PAGE).text


def test_what_is_found_is_a_card_with_its_grounds_and_no_name_network_or_country(
    app: Flask, database: Database, pair: tuple[int, int]
) -> None:
    client = enter(app, database, pair[0])
    found = post_form(client, PAGE, page=PAGE, do="search", region="014", theme="ceasefire")
    page = client.get(found.location).text
    assert "There is somebody with whom you could learn." in page
    assert "You both speak English." in page
    assert "She comes from another network." in page
    assert "Eastern Africa" in page
    for hidden in ("Invented", "Somalia", "Mediterranean", "MWMN", "Hidden", "Unknown"):
        assert hidden not in page, hidden
    assert len(page.encode()) < 30_000
    other = enter(app, database, pair[1])
    assert "One proposal waits for your answer." in other.get("/me").text
    assert "Proposal" in other.get(PAGE).text
    with database.reading() as session:
        looks = session.execute(select(ReadEvent.mediator_id, ReadEvent.what).distinct()).all()
    assert sorted(tuple(row) for row in looks) == [(pair[0], "exchange"), (pair[1], "exchange")]
    assert "A mediator to whom you are proposed saw your card" in other.get("/me/looks").text


def test_a_no_changes_nothing_on_the_page_of_the_other(
    app: Flask, database: Database, pair: tuple[int, int]
) -> None:
    with database.writing() as session:
        add_exchange(session, *(session.get_one(Mediator, number) for number in pair))
        session.commit()
    one, other = (enter(app, database, number) for number in pair)
    before = strip(one.get(PAGE).text)
    assert "Proposal" not in answer(other, "no").split("Look for partners")[0].split("</h1>")[1]
    assert strip(one.get(PAGE).text) == before
    assert "We tell you if she does, too." in answer(one, "yes")
    assert "Take my yes back" in one.get(PAGE).text


def strip(page: str) -> str:
    """The page without what is new at every view."""
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)


def test_with_two_yeses_both_read_the_number_and_their_coordinators_the_network(
    app: Flask, database: Database, pair: tuple[int, int]
) -> None:
    with database.writing() as session:
        row = add_exchange(session, *(session.get_one(Mediator, number) for number in pair))
        record = session.scalars(
            select(Record.id).where(Record.mediator_id == pair[0], Record.network_code == "nwm")
        ).one()
        session.commit()
        number = row.id
    one, other = (enter(app, database, each) for each in pair)
    coordinator = sign_in_as(app, make_account(database, "coordinator", network="nwm")[1])
    answer(one, "yes")
    assert f"Exchange {number}" not in coordinator.get(f"/people/{record}").text
    assert "Your coordinators bring you together." in answer(other, "yes")
    for client in (one, other):
        page = client.get(PAGE).text
        assert f"name exchange {number}" in page and "Invented" not in page
        assert 'name="proposal"' not in page
    told = coordinator.get(f"/people/{record}").text
    assert f"Exchange {number}" in told and "Mediterranean" in told
    assert "Invented Other" not in told


def test_an_answer_to_what_is_not_hers_or_is_no_answer_changes_nothing(
    app: Flask, database: Database, pair: tuple[int, int]
) -> None:
    with database.writing() as session:
        stranger = add_learner(session, "awmn")
        row = add_exchange(session, *(session.get_one(Mediator, number) for number in pair))
        session.commit()
        number = row.id
    client = enter(app, database, stranger.id)
    right = {"proposal": number, "version": 0, "answer": "yes"}
    statuses = [
        post_form(client, f"{PAGE}/answer", page=PAGE, **{**right, **wrong}).status_code
        for wrong in (
            {}, {"proposal": 999_999}, {"proposal": 2**40}, {"proposal": "x"}, {"answer": "maybe"},
            {"version": ""}, {"accepts": "1"},
        )
    ]  # fmt: skip
    assert statuses == [404, 404, 422, 422, 422, 422, 422]
    wrong_wishes = [
        post_form(client, PAGE, page=PAGE, **wish).status_code
        for wish in ({"theme": "nothing"}, {"region": "SOM"}, {"learns": "ceasefire"})
    ]
    assert wrong_wishes == [422, 422, 422]
    hers = enter(app, database, pair[0])
    assert (
        post_form(hers, f"{PAGE}/answer", page=PAGE, **{**right, "version": 1}).status_code == 409
    )
