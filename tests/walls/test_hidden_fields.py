"""Z5 of the trust design: no list is narrowed, sorted or counted by what its reader may not see."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from roster.db import Database
from roster.models import Base
from roster.queries.person_filter import WISHES
from roster.visibility import TABLE
from tests.factories import canary
from tests.walls.forms import make_request_form
from tests.walls.village import Village
from tests.walls.walk import open_browser

ASKED_OF_A_LIST = frozenset({*WISHES, "page"})
"""What the list of people is narrowed by: names, and codes that its coordinator may see."""
ASKED_OF_AN_ANSWER = frozenset({"page", "near"})
WAYS = ("sort", "order", "order_by", "by", "filter", "q", "search", "fields", "limit", "offset")


def list_names() -> list[str]:
    """Every column, every field of the one table, and the usual words for sorting and searching."""
    columns = {column.name for table in Base.metadata.sorted_tables for column in table.columns}
    return sorted({*columns, *TABLE, *WAYS})


def strip(page: str) -> str:
    """A page without what is random in it."""
    page = re.sub(r'name="csrf_token" value="[^"]*"', "", page)
    return re.sub(r'name="with-[^>]*|name="next"[^>]*', "", page)


def test_a_list_is_the_same_whatever_else_is_asked_of_it(app: Flask, village: Village) -> None:
    client = open_browser(app, village, "coordinator")
    whole = strip(client.get("/people").text)
    values = ["1", "desc", "3", canary("note", village.record_of("ada", "nwm"))]
    for value in values:
        asked = {name: value for name in list_names() if name not in ASKED_OF_A_LIST}
        assert strip(client.get("/people", query_string=asked).text) == whole
    for name in WAYS:
        for column in ("safety_class", "is_hidden", "note", "community", "networks", "points"):
            found = client.get("/people", query_string={name: column})
            assert strip(found.text) == whole, (name, column)


def list_found(client: FlaskClient, **asked: str) -> list[str]:
    """The records that a list shows, in its order."""
    page = client.get("/people", query_string=asked).text
    return re.findall(r'href="/people/(\d+)"', page.partition("<form")[2])


@pytest.mark.parametrize("network", ["awmn", "no-such-network", "NWM", "nwm' OR '1'='1", "%"])
def test_another_network_is_no_filter(app: Flask, village: Village, network: str) -> None:
    client = open_browser(app, village, "coordinator")
    assert list_found(client, network=network) == list_found(client) != []


def test_a_search_finds_names_of_her_own_list_and_nothing_else(
    app: Flask, village: Village
) -> None:
    client = open_browser(app, village, "coordinator")
    own, other = village.record_of("ada", "nwm"), village.record_of("bea", "awmn")
    assert list_found(client, text=canary("display_name", own)) == [str(own)]
    hidden = [canary(name, own) for name in ("email", "phone", "note", "biography", "community")]
    hidden += [canary("display_name", village.record_of("ada", None))]
    hidden += [canary(name, other) for name in ("display_name", "original_name", "other_names")]
    nothing = word_count(client, "zzxyzzyzz")
    for words in hidden:
        assert list_found(client, text=words) == [], words
        assert word_count(client, words) == nothing, words


def word_count(client: FlaskClient, words: str) -> str:
    """The page of a search without the words that were searched."""
    return strip(client.get("/people", query_string={"text": words}).text).replace(words, "")


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999", "1e3", "١", "1;2"])
def test_a_page_that_is_none_is_answered_with_one_that_is(
    app: Flask, village: Village, page: str
) -> None:
    client = open_browser(app, village, "coordinator")
    assert list_found(client, page=page) == list_found(client)
    code, _ = village.requests["envoy answered"]
    envoy = open_browser(app, village, "envoy")
    answer = envoy.get(f"/requests/{code}", query_string={"page": page, "near": page})
    assert strip(answer.text) == strip(envoy.get(f"/requests/{code}").text)


def test_an_answer_is_the_same_whatever_is_asked_of_it(app: Flask, village: Village) -> None:
    envoy = open_browser(app, village, "envoy")
    code, _ = village.requests["envoy answered"]
    for path in ("/requests", f"/requests/{code}", f"/requests/{code}/runs/1"):
        whole = strip(envoy.get(path).text)
        for value in ("1", "desc", "safety_class", canary("note", 1)):
            asked = {name: value for name in list_names() if name not in ASKED_OF_AN_ANSWER}
            assert strip(envoy.get(path, query_string=asked).text) == whole, path


HIDDEN_WISHES = sorted(
    {*TABLE, "safety_class", "is_hidden", "networks", "network_code", "consents", "put_forward"}
    - {"seniority", "place", "track", "theme", "language"}
)


@pytest.mark.parametrize("prefix", ["", "posts-0-", "exclusions-", "posts-0-languages-0-"])
def test_a_request_does_not_ask_by_what_an_envoy_may_not_see(
    app: Flask, database: Database, village: Village, prefix: str
) -> None:
    envoy = open_browser(app, village, "envoy")
    with database.reading() as session:
        form = make_request_form(session, village)
    for name in HIDDEN_WISHES:
        if f"{prefix}{name}" not in form:
            answer = envoy.post("/requests", data={**form, f"{prefix}{name}": "nwm"})
            assert answer.status_code == 422, f"{prefix}{name}"
