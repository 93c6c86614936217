"""The request form stays light, and a post grows by a line where one is wanted."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from roster.db import Database
from roster.web.envoys.request_form import RequestForm
from tests.roster.web.browser import make_account, post_form, sign_in_as
from tests.roster.web.filled_form import read_filled

MOST = 40_000
"""Bytes of the page with two posts."""


@pytest.fixture
def envoy(app: Flask, database: Database) -> FlaskClient:
    return sign_in_as(app, make_account(database, "envoy", country="NOR", office="Office")[1])


def press(envoy: FlaskClient, page: str, button: str) -> str:
    """Press a button of the form as it stands."""
    values = read_filled(page, "/requests") | {"do": [button]}
    del values["csrf_token"]
    answer = post_form(envoy, "/requests", page="/requests/new", **values)
    assert answer.status_code == 200, answer.text
    return str(answer.text)


def list_asked(page: str, post: int) -> set[str]:
    return set(re.findall(rf'name="posts-{post}-([\w-]+)"', page))


def test_a_form_with_two_posts_is_light_and_each_post_asks_the_same(envoy: FlaskClient) -> None:
    page = press(envoy, envoy.get("/requests/new").text, "add")
    assert list_asked(page, 0) == list_asked(page, 1) > {"languages-0-level", "themes-0-depth"}
    assert len(page.encode()) < MOST


def test_a_line_is_added_where_it_is_wanted_and_what_was_written_stays(
    envoy: FlaskClient,
) -> None:
    page = press(envoy, envoy.get("/requests/new").text, "add")
    values = read_filled(page, "/requests")
    values |= {"posts-1-languages-0-any_of": ["French"], "do": ["more-posts-1-languages"]}
    del values["csrf_token"]
    grown = post_form(envoy, "/requests", page="/requests/new", **values).text
    added = {f"languages-1-{one}" for one in ("any_of", "skill", "level", "grade", "weight")}
    assert list_asked(grown, 1) - list_asked(page, 1) == added
    assert list_asked(grown, 0) == list_asked(page, 0)
    assert read_filled(grown, "/requests")["posts-1-languages-0-any_of"] == ["French"]


@pytest.mark.parametrize("button", ["more-", "more-posts-0-roles", "more-posts-0-x", "more-title"])
def test_what_has_no_lines_gets_none(envoy: FlaskClient, button: str) -> None:
    page = envoy.get("/requests/new").text
    assert list_asked(press(envoy, page, button), 0) == list_asked(page, 0)


def test_a_post_has_ten_lines_of_a_kind_at_most() -> None:
    form = RequestForm({f"posts-0-themes-{number}-any_of": "" for number in range(9)})
    for _ in range(3):
        form.add_row("posts-0-themes")
    assert list(form.rows("posts-0-themes", 0)) == list(range(10))
