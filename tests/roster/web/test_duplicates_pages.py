"""Pages about one woman on two lists: her question, two offices' word, bad input, stale versions."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.models import CrossSuspicion, Mediator, Merge
from roster.queries.pairs import PATIENCE
from roster.wording import LANGUAGES
from tests.pair_factories import add_listed, agree, suspect
from tests.roster.web.browser import make_account, post_form, sign_in_as

PAGE = "/duplicates"
HERS = "/me/same"


@pytest.fixture
def pair(database: Database) -> int:
    """Two listed women without accounts; the networks have agreed."""
    with database.writing() as session:
        one = add_listed(session, "nwm", name="Invented Here")
        other = add_listed(session, "mwmn", name="Invented There")
        agree(session, "nwm", "mwmn")
        row = suspect(session, one, other, ("nwm", "mwmn"))
        session.commit()
        return row.id


def enter_office(app: Flask, database: Database, network: str) -> FlaskClient:
    return sign_in_as(app, make_account(database, "coordinator", network=network)[1])


def read_version(database: Database, pair: int) -> int:
    with database.reading() as session:
        return session.get_one(CrossSuspicion, pair).version


def test_two_offices_join_and_either_parts(app: Flask, database: Database, pair: int) -> None:
    here, there = (enter_office(app, database, code) for code in ("nwm", "mwmn"))
    page = here.get(PAGE).text
    assert "Invented Here" in page and "Invented There" not in page
    assert "Mediterranean Women Mediators Network" in page
    for client in (here, there):
        version = read_version(database, pair)
        answer = post_form(client, f"{PAGE}/{pair}", page=PAGE, version=version, word="same")
        assert answer.status_code == 303
    assert "The entries are joined." in there.get(PAGE).text
    with database.reading() as session:
        merge = session.scalars(select(Merge)).one()
        path = f"{PAGE}/joined/{merge.id}/part"
        version = merge.version
    assert post_form(here, path, page=PAGE, version=version).status_code == 303
    assert "Parted." in here.get(PAGE).text
    with database.reading() as session:
        assert set(session.scalars(select(Mediator.state))) == {"active"}


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 422),
        ({"version": "1"}, 422),
        ({"version": "x", "word": "same"}, 422),
        ({"version": "1", "word": "perhaps"}, 422),
        ({"version": "1", "word": "same", "state": "merged"}, 422),
        ({"version": "7", "word": "same"}, 409),
    ],
)
def test_bad_and_stale_words_change_nothing(
    app: Flask, database: Database, pair: int, form: dict[str, str], status: int
) -> None:
    client = enter_office(app, database, "nwm")
    assert post_form(client, f"{PAGE}/{pair}", page=PAGE, **form).status_code == status
    with database.reading() as session:
        row = session.get_one(CrossSuspicion, pair)
        assert (row.state, row.first_word, row.second_word) == ("noted", None, None)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({"network": "nwm", "other": "awmn", "version": "0", "do": "agree"}, 303),
        ({"network": "nwm", "other": "awmn", "version": "3", "do": "agree"}, 409),
        ({"network": "mwmn", "other": "awmn", "version": "0", "do": "agree"}, 404),
        ({"network": "nwm", "other": "nwm", "version": "0", "do": "agree"}, 404),
        ({"network": "nwm", "other": "x" * 40, "version": "0", "do": "agree"}, 422),
        ({"network": "nwm", "other": "awmn", "version": "0", "do": "perhaps"}, 422),
    ],
)
def test_an_agreement_is_hers_to_give(
    app: Flask, database: Database, form: dict[str, str], status: int
) -> None:
    client = enter_office(app, database, "nwm")
    assert post_form(client, f"{PAGE}/agreements", page=PAGE, **form).status_code == status
    page = client.get(PAGE).text
    assert ("You have said yes; they have not yet" in page) is (status == 303)


@pytest.fixture
def asked(app: Flask, database: Database, pair: int) -> tuple[FlaskClient, int]:
    """The woman of the first record, with an account, who was asked."""
    with database.writing() as session:
        row = session.get_one(CrossSuspicion, pair)
        row.state, row.asked_at = "asked", clock.now() - PATIENCE
        woman = session.get_one(Mediator, row.first_mediator_id)
        session.commit()
    return sign_in_as(app, make_account(database, "mediator", mediator=woman)[1]), pair


def test_her_page_asks_and_says_nothing_of_the_other_entry(
    asked: tuple[FlaskClient, int],
) -> None:
    client, _ = asked
    for language in LANGUAGES:
        client.set_cookie("language", language)
        page = client.get(HERS)
        assert page.status_code == 200
        assert "Invented There" not in page.text and "Mediterranean" not in page.text
    assert "One question waits for your answer." in client.get("/me").text


def test_her_answer_is_taken_once(asked: tuple[FlaskClient, int], database: Database) -> None:
    client, pair = asked
    said = post_form(client, HERS, page=HERS, pair=pair, version=0, answer="yes")
    assert said.status_code == 303
    page = client.get(HERS).text
    assert "They become one as soon as the other side says so, too." in page
    assert re.findall(r'name="answer" value="(\w+)"', page) == ["no"]
    again = post_form(client, HERS, page=HERS, pair=pair, version=0, answer="yes")
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 422),
        ({"pair": "1", "version": "0", "answer": "perhaps"}, 422),
        ({"pair": "99999999999", "version": "0", "answer": "yes"}, 422),
        ({"pair": "9999", "version": "0", "answer": "yes"}, 404),
    ],
)
def test_bad_answers_change_nothing(
    asked: tuple[FlaskClient, int], database: Database, form: dict[str, str], status: int
) -> None:
    client, pair = asked
    assert post_form(client, HERS, page=HERS, **form).status_code == status
    assert post_form(client, f"{HERS}/part", page=HERS, merge=9999, version=1).status_code == 404
    with database.reading() as session:
        assert session.get_one(CrossSuspicion, pair).first_said is None
