"""A request's own weights: bounded, shown before saved, used by the next search."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from matching import PUBLISHED
from roster.db import Database
from roster.models import MatchRequest, Run
from tests.factories import add_mediator
from tests.roster.web.browser import make_account, post_form, sign_in_as
from tests.roster.web.test_envoy_pages import ask

OWN = {**PUBLISHED.by_preference(), "themes_nice": 0.0, "languages_nice": 30.0}
WISHES = {
    "posts-0-themes-0-any_of": "ceasefire",
    "posts-0-themes-0-weight": "nice",
    "posts-0-languages-1-any_of": "Arabic",
    "posts-0-languages-1-weight": "nice",
}


@pytest.fixture
def envoy(app: Flask, database: Database) -> FlaskClient:
    """Somebody to whom two women are listed: one knows the theme, the other speaks Arabic."""
    with database.writing() as session:
        add_mediator(session, languages={"fra": "C1"}, entries=[("theme", "ceasefire")])
        add_mediator(session, languages={"fra": "C1", "ara": "B2"})
        session.commit()
    return sign_in_as(app, make_account(database, "envoy", country="NOR", office="Office")[1])


def post(envoy: FlaskClient, place: str, **values: Any) -> Any:
    return post_form(envoy, f"{place}/weights", page=f"{place}/weights", **values)


def list_handles(database: Database) -> list[list[str]]:
    with database.reading() as session:
        runs = session.scalars(select(Run).order_by(Run.id)).all()
        return [[row.handle for row in run.rows] for run in runs]


def test_who_would_move_is_shown_before_anything_is_saved(
    envoy: FlaskClient, database: Database
) -> None:
    place = ask(envoy, **WISHES)
    weights = {**OWN, "themes_nice": 30.0, "languages_nice": 0.0}
    order = [list_handles(database)[0]]
    for wanted in (OWN, weights):
        page = post(envoy, place, do="preview", version="1", **wanted).text
        lines = re.findall(r'dir="ltr">([A-Z0-9-]{6})</bdi></th><td>–</td><td class="num">(\d)</td><td class="num">(\d)', page)  # fmt: skip
        assert [line[0] for line in lines] == order[0]
        order.append([line[0] for line in sorted(lines, key=lambda line: line[2])])
    assert order[1] == order[2][::-1]
    with database.reading() as session:
        assert session.scalars(select(MatchRequest.weights)).all() == [None]


def test_the_next_search_uses_them_and_says_which(envoy: FlaskClient, database: Database) -> None:
    place = ask(envoy, **WISHES)
    for wanted in (OWN, {**OWN, "themes_nice": 30.0, "languages_nice": 0.0}):
        with database.reading() as session:
            version = session.scalars(select(MatchRequest.version)).one()
        assert post(envoy, place, do="save", version=str(version), **wanted).status_code == 303
        assert post_form(envoy, f"{place}/runs", page=place).status_code == 303
    first, *others = list_handles(database)
    assert sorted(first) == sorted(others[0])
    assert others[0] == others[1][::-1]
    with database.reading() as session:
        versions = session.scalars(select(Run.weights_version).order_by(Run.id)).all()
    assert versions[0] == PUBLISHED.version
    assert len(set(versions)) == 3 and all(one.startswith(PUBLISHED.version) for one in versions)
    assert versions[2] in envoy.get(place).text


def test_the_published_weights_come_back(envoy: FlaskClient, database: Database) -> None:
    place = ask(envoy, **WISHES)
    with database.reading() as session:
        version = session.scalars(select(MatchRequest.version)).one()
    post(envoy, place, do="save", version=str(version), **OWN)
    assert post(envoy, place, do="reset", version=str(version)).status_code == 409
    assert post(envoy, place, do="reset", version=str(version + 1)).status_code == 303
    with database.reading() as session:
        assert session.scalars(select(MatchRequest.weights)).all() == [None]


@pytest.mark.parametrize(
    "wrong",
    [
        {"themes_nice": 41.0, "languages_nice": -11.0},
        {"themes_nice": 1.0},
        {"themes_nice": "nan"},
        {"themes_nice": "many"},
        {"charm": 5.0},
    ],
)
def test_weights_beyond_the_bounds_are_refused(
    envoy: FlaskClient, database: Database, wrong: dict[str, Any]
) -> None:
    place = ask(envoy, **WISHES)
    for do in ("preview", "save"):
        assert post(envoy, place, do=do, version="1", **{**OWN, **wrong}).status_code == 422
    with database.reading() as session:
        assert session.scalars(select(MatchRequest.weights)).all() == [None]
