"""Two coordinators of different networks: what one shares the other sees as cards, and no longer."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster.db import Database
from roster.models import ReadEvent
from tests.factories import add_mediator, find_canaries
from tests.roster.web.browser import make_account, post_form, read_token, sign_in_as
from tests.roster.web.test_mirror import enter

CHOICE = {"network": "nwm", "partner": "awmn", "shared_class": "1"}


@pytest.fixture
def both(app: Flask, database: Database) -> tuple[FlaskClient, FlaskClient]:
    """A coordinator of the Nordic network, who shares, and one of the Arab network."""
    browsers = (
        sign_in_as(app, make_account(database, "coordinator", network=network)[1])
        for network in ("nwm", "awmn")
    )
    return next(browsers), next(browsers)


def test_a_card_is_seen_without_a_name_noted_told_to_her_and_gone_at_once(
    app: Flask, database: Database, both: tuple[FlaskClient, FlaskClient]
) -> None:
    nordic, arab = both
    with database.writing() as session:
        her = add_mediator(session, entries=[("theme", "ceasefire"), ("nationality", "SWE")])
        add_mediator(session, safety_class=2, entries=[("theme", "elections")])
        session.commit()
    assert "0 cards are shared with you." in arab.get("/shared").text
    post_form(nordic, "/sharing", page="/sharing", **CHOICE)
    page = arab.get("/shared").text
    assert "1 card is shared with you." in page
    assert ("Ceasefire" in page, "Elections" in page, "Sweden" in page) == (True, False, False)
    assert find_canaries(page) == set()
    with database.reading() as session:
        looks = session.execute(select(ReadEvent.mediator_id, ReadEvent.what)).all()
    assert looks == [(her.id, "card")]
    mirror = enter(app, database, her.id).get("/me/card?viewer=other").text
    assert "One of your networks shows this card to the coordinators of: Arab" in mirror
    ended = nordic.post("/sharing/1/end", data={"csrf_token": read_token(nordic.get("/sharing")),
                                                "version": "1"})  # fmt: skip
    assert ended.status_code == 303
    assert "0 cards are shared with you." in arab.get("/shared").text
    assert "0 cards are shared with you." in nordic.get("/shared").text


def test_who_ends_what_was_ended_already_is_told(
    both: tuple[FlaskClient, FlaskClient],
) -> None:
    nordic, arab = both
    post_form(nordic, "/sharing", page="/sharing", **CHOICE)
    token = read_token(nordic.get("/sharing"))
    form = {"csrf_token": token, "version": "1"}
    assert nordic.post("/sharing/1/end", data=form).status_code == 303
    assert nordic.post("/sharing/1/end", data=form).status_code == 409
    theirs = {"csrf_token": read_token(arab.get("/sharing")), "version": "2"}
    assert arab.post("/sharing/1/end", data=theirs).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"network": "awmn"},
        {"partner": "nwm"},
        {"partner": "nowhere"},
        {"shared_class": "2"},
        {"shared_class": ""},
        {"since": "2020-01-01"},
    ],
)
def test_what_may_not_be_shared_is_said_beside_the_form(
    both: tuple[FlaskClient, FlaskClient], wrong: dict[str, str]
) -> None:
    nordic, _ = both
    answer = post_form(nordic, "/sharing", page="/sharing", **{**CHOICE, **wrong})
    assert (answer.status_code, "Nobody outside your network sees" in answer.text) == (422, True)
