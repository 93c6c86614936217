"""Her declaration on the page: days left, still right in one press, sides that are no country."""

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
from roster.models import Declaration
from tests import factories
from tests.roster.web.browser import read_token
from tests.roster.web.test_mirror import enter

TIE = {"kind": "office", "country": "SDN", "party": "side.one", "started_on": "2015-01-01"}


@pytest.fixture
def ada(app: Flask, database: Database) -> FlaskClient:
    """Her browser; she declared 200 days ago, another woman today."""
    with database.writing() as session:
        woman = factories.add_mediator(session, declares=False)
        row = factories.add_declaration(session, woman, interests=[TIE], covers=["SDN", "side.two"])
        row.declared_on = clock.now().date() - timedelta(days=200)
        factories.add_mediator(session)
        session.commit()
    return enter(app, database, woman.id)


def send(client: FlaskClient, to: str, **values: Any) -> TestResponse:
    page = client.get("/me/declaration")
    version = re.search(r'name="version" value="(\d+)"', page.text)
    assert version
    sent = {"csrf_token": read_token(page), "version": version[1], **values}
    return client.post(to, data=sent)


def read(database: Database) -> tuple[int, int, list[dict[str, Any]], list[str]]:
    """Version, age in days, ties and sides of her declaration."""
    with database.reading() as session:
        row = session.scalars(select(Declaration).order_by(Declaration.id)).first()
        assert row is not None
        age = (clock.now().date() - row.declared_on).days
        return row.version, age, row.interests, [one for one in row.covers if "side" in one]


def test_still_right_dates_the_same_ties_anew_in_one_press(
    ada: FlaskClient, database: Database
) -> None:
    version, age, *_ = read(database)
    assert age == 200
    page = ada.get("/me/declaration").text
    assert re.search(r"16[56] days left", page)
    sent = send(ada, "/me/declaration/repeat", do="repeat")
    assert sent.location == "/me"
    assert read(database) == (version + 1, 0, [TIE], ["side.one", "side.two"])
    stale = send(ada, "/me/declaration/repeat", do="repeat", version="1")
    assert stale.status_code == 409
    assert send(ada, "/me/declaration/repeat", do="repeat", version="x").status_code == 303
    assert read(database)[0] == version + 1


def test_the_form_holds_what_she_declared_and_loses_no_side(
    ada: FlaskClient, database: Database
) -> None:
    page = ada.get("/me/declaration").text
    assert 'value="side.one"' in page and 'value="side.two"' in page
    tie = {"ties-0-kind": "office", "ties-0-country": "Sudan", "ties-0-party": "side.one",
           "ties-0-first_year": "2015"}  # fmt: skip
    far = {"ties-1-kind": "funding", "ties-1-party": "side.three"}
    sent = send(ada, "/me/declaration", sides="side.two، side.four", **tie, **far)
    assert sent.status_code == 303, sent.text
    _, age, ties, sides = read(database)
    assert (age, sides) == (0, ["side.four", "side.one", "side.three", "side.two"])
    assert [(one["kind"], one["country"], one["party"]) for one in ties] == [
        ("office", "SDN", "side.one"),
        ("funding", None, "side.three"),
    ]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ties-0-kind": "office"}, "ties-0-country"),
        ({"ties-0-kind": "office", "ties-0-party": "two words"}, "ties-0-party"),
        ({"sides": "one side"}, "sides"),
        ({"sides": "x" * 65}, "sides"),
        ({"ties-0-country": "Sudan"}, "ties-0-kind"),
    ],
)
def test_a_tie_to_nobody_or_a_name_of_two_words_is_to_be_mended(
    ada: FlaskClient, database: Database, values: dict[str, str], field: str
) -> None:
    before = read(database)
    sent = send(ada, "/me/declaration", **values)
    assert sent.status_code == 422
    assert re.search(rf'name="{field}"[^>]*aria-invalid="true"', sent.text), sent.text
    assert read(database) == before


@pytest.mark.parametrize(
    ("days", "word"), [(340, "25 days left"), (400, "it counts as not declared")]
)
def test_what_runs_out_or_has_ended_is_said(
    ada: FlaskClient, database: Database, days: int, word: str
) -> None:
    with database.writing() as session:
        row = session.scalars(select(Declaration).order_by(Declaration.id)).first()
        assert row is not None
        row.declared_on = clock.now().date() - timedelta(days=days)
        session.commit()
    assert word in ada.get("/me/declaration").text
