"""The button beside a near miss says the same to whoever presses it, whatever follows."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.models import OutboxMessage
from tests.factories import add_mediator, find_canaries
from tests.roster.web.browser import make_account, post_form, sign_in_as
from tests.roster.web.test_envoy_pages import add_women, ask

ASKED = "The question is on its way."


@pytest.fixture
def envoy(app: Flask, database: Database) -> FlaskClient:
    return sign_in_as(app, make_account(database, "envoy", country="NOR", office="Office")[1])


def test_what_is_missing_has_a_button_that_names_it_and_who_fits_has_none(
    envoy: FlaskClient, database: Database
) -> None:
    add_women(database, "C1", availability=clock.now() - timedelta(days=1))
    add_women(database, "B1", "C1")
    place = ask(envoy)
    page = envoy.get(place).text
    buttons = dict(re.findall(r'name="position" value="(\d+)">([^<]*)<', page))
    assert sorted(buttons.values()) == ["Ask her to reconfirm", "Ask whether her level has risen"]
    [position] = (one for one, said in buttons.items() if said == "Ask her to reconfirm")
    answers = [
        post_form(envoy, f"{place}/runs/1/ask", page=place, position=position) for _ in range(2)
    ]
    said = [envoy.get(one.headers["Location"]).text for one in answers]
    assert all(find_canaries(one) == set() for one in said)
    assert ASKED in said[0]
    with database.reading() as session:
        assert session.scalars(select(OutboxMessage.template)).all() == ["renewal"]


def test_a_look_up_of_somebody_one_step_away_has_the_same_button(
    envoy: FlaskClient, database: Database
) -> None:
    add_women(database, "C1", "B1")
    place = ask(envoy)
    page = envoy.get(place).text
    [fits] = re.findall(r'<h3 id="([A-Z0-9-]{6})"', page)
    near = next(one for one in re.findall(r'dir="ltr">([A-Z0-9-]{6})<', page) if one != fits)
    pages = [envoy.get(f"{place}/why-not?handle={one}").text for one in (near, fits)]
    assert ["Ask whether her level has risen" in page for page in pages] == [True, False]
    position = re.findall(r'name="position" value="(\d+)"', pages[0])
    answer = post_form(envoy, f"{place}/runs/1/ask", page=place, position=position[0])
    assert answer.status_code == 303


def test_an_earlier_answer_asks_nobody(envoy: FlaskClient, database: Database) -> None:
    add_women(database, "C1", availability=clock.now() - timedelta(days=1))
    place = ask(envoy)
    assert post_form(envoy, f"{place}/runs", page=place).status_code == 303
    assert 'name="position"' not in envoy.get(f"{place}/runs/1").text
    tries = {"1": 422, "x": 400, "": 400, "99": 422}
    for position, status in tries.items():
        answer = post_form(envoy, f"{place}/runs/1/ask", page=place, position=position)
        assert answer.status_code == status


def test_the_same_is_said_of_her_who_reads_no_mail(envoy: FlaskClient, database: Database) -> None:
    with database.writing() as session:
        past = clock.now() - timedelta(days=1)
        for network in ("nwm", None):
            add_mediator(
                session, languages={"fra": "C1"}, availability=past, network="nwm",
                has_own_record=network is not None,
            )  # fmt: skip
        session.commit()
    place = ask(envoy)
    for position in ("1", "2"):
        answer = post_form(envoy, f"{place}/runs/1/ask", page=place, position=position)
        assert answer.status_code == 303
        assert ASKED in envoy.get(place).text


def test_without_ranking_the_order_tells_nothing(envoy: FlaskClient, database: Database) -> None:
    add_women(database, *["C1"] * 7)
    place = ask(envoy)
    pages = [envoy.get(f"{place}/runs/1?order=handle&page={page}").text for page in (1, 2)]
    handles = [one for page in pages for one in re.findall(r'<h3 id="([A-Z0-9-]{6})"', page)]
    assert handles == sorted(handles) and len(handles) == 7
    for page in pages:
        assert 'class="rank"' not in page
        heads = re.findall(r'<div class="who">.*?</div>', page, re.DOTALL)
        assert heads and all("points" not in head for head in heads)
    assert "order=handle&amp;page=2" in pages[0]
    assert 'class="rank"' in envoy.get(place).text
