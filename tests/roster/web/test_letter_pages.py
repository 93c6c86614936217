"""A pasted letter is read on a page; what is taken fills the form, and nothing is stored."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster.db import Database
from roster.models import MatchRequest
from tests.roster.web.browser import make_account, post_form, sign_in_as
from tests.roster.web.filled_form import read_filled
from tests.work import count_calls

LETTER = """Dear colleagues,

We need two co-mediators for talks in Chad. They must speak French at C1, and fluent Arabic.
Experience with ceasefires is essential; national dialogue would help.

We start on 12 January 2027, for six months. Nobody with Sudanese nationality.
The present team is four men and two women; the target is 40 per cent women."""


@pytest.fixture
def envoy(app: Flask, database: Database) -> FlaskClient:
    return sign_in_as(app, make_account(database, "envoy", country="NOR", office="Office")[1])


def read(envoy: FlaskClient, letter: str = LETTER, received: str = "2026-11-22") -> str:
    answer = post_form(
        envoy, "/requests/letter", page="/requests/letter", letter=letter, received=received
    )
    assert answer.status_code == 200, answer.text
    return answer.text


def fill(envoy: FlaskClient, page: str, **changes: str) -> str:
    """Press the button of the reading page, with these answers changed."""
    values = read_filled(page, "/requests/letter/form") | read_ticked(page)
    del values["csrf_token"]
    answer = post_form(envoy, "/requests/letter/form", page="/requests/letter", **values | changes)
    assert answer.status_code == 200, answer.text
    return answer.text


def read_ticked(page: str) -> dict[str, list[str]]:
    found = re.findall(r'type="radio" name="([\w-]+)" value="(\w+)" checked', page)
    return {name: [value] for name, value in found}


def number_of(page: str, label: str) -> str:
    found = re.search(rf'id="c(\d+)">(?:(?!</li>).)*<b>{re.escape(label)}', page, re.DOTALL)
    assert found, label
    return found[1]


def test_what_was_read_is_marked_in_the_text_and_stands_beside_it(envoy: FlaskClient) -> None:
    page = read(envoy)
    marks = re.findall(r"<mark[^>]*>(.*?)</mark>", page)
    plain = [re.sub(r"<a .*?</a>", "", one) for one in marks]
    assert {"two", "Chad", "ceasefires"} <= {word for one in plain for word in one.split()}
    numbers = re.findall(r'href="#c(\d+)"', page)
    assert sorted(numbers, key=int) == sorted(re.findall(r'id="c(\d+)"', page), key=int)
    assert f"<h1>{len(numbers)} points found in your letter." in page


def test_a_word_that_is_on_no_scale_starts_as_left(envoy: FlaskClient) -> None:
    page = read(envoy)
    ticked = read_ticked(page)
    fluent, clear = number_of(page, "Language: Arabic"), number_of(page, "Language: French")
    assert (ticked[f"take-{fluent}"], ticked[f"take-{clear}"]) == (["no"], ["yes"])


def test_what_is_taken_fills_the_form_and_nothing_else_does(
    envoy: FlaskClient, database: Database
) -> None:
    form = fill(envoy, read(envoy))
    filled = read_filled(form, "/requests") | read_ticked(form)
    wanted = {
        "start": ["2027-01-12"],
        "end": ["2027-07-11"],
        "countries": ["TCD"],
        "exclusions-nationalities": ["SDN"],
        "present_team-women": ["2"],
        "present_team-men": ["4"],
        "target_share": ["40"],
        "posts-0-languages-0-any_of": ["fra"],
        "posts-0-languages-0-level": ["C1"],
        "posts-1-languages-0-any_of": ["fra"],
        "posts-0-themes-0-any_of": ["ceasefire"],
    }
    assert {name: filled.get(name) for name in wanted} == wanted
    assert "ara" not in {value for values in filled.values() for value in values}
    assert "Nothing is changed until you save." in form
    with database.reading() as session:
        assert session.scalars(select(MatchRequest)).all() == []


def test_a_point_can_be_taken_left_and_asked_less_firmly(envoy: FlaskClient) -> None:
    page = read(envoy)
    arabic, country = number_of(page, "Language: Arabic"), number_of(page, "Country: Chad")
    theme = number_of(page, "Theme: Ceasefire")
    changes = {
        f"take-{arabic}": "yes", f"level-{arabic}": "C2", f"take-{country}": "no",
        f"force-{theme}": "nice",
    }  # fmt: skip
    form = fill(envoy, page, **changes)
    filled = read_filled(form, "/requests") | read_ticked(form)
    assert filled["countries"] == [""]
    assert filled["posts-0-languages-1-any_of"] == ["ara"]
    assert filled["posts-0-languages-1-level"] == ["C2"]
    assert filled["posts-0-themes-0-weight"] == ["nice"]


NAMED = """Dear colleagues,

We need a co-mediator for the talks between the Government of Chad and the Patriotic Front (PF)."""


def test_sides_wait_for_her_word_and_fill_the_form_where_they_are_taken(
    envoy: FlaskClient,
) -> None:
    page = read(envoy, NAMED)
    state, front = number_of(page, "Side: Chad"), number_of(page, "Side: PF")
    assert re.search(rf'<mark class="ask">(?:<a .*?</a>)*<a .*? href="#c{front}"', page)
    ticked = read_ticked(page)
    assert (ticked[f"take-{state}"], ticked[f"take-{front}"]) == (["no"], ["no"])
    wanted = ("parties-0-country", "parties-0-code", "parties-1-country", "parties-1-code")
    left = read_filled(fill(envoy, page), "/requests")
    assert [left[name] for name in wanted] == [[""]] * 4
    both = {f"take-{state}": "yes", f"take-{front}": "yes"}
    taken = read_filled(fill(envoy, page, **both), "/requests")
    assert [taken[name] for name in wanted] == [["TCD"], [""], [""], ["PF"]]


def test_the_filled_form_can_be_saved_as_it_is(envoy: FlaskClient, database: Database) -> None:
    form = fill(envoy, read(envoy))
    values = read_filled(form, "/requests") | read_ticked(form)
    ticked = re.findall(r'type="checkbox" name="([\w-]+)" value="(\w+)" checked', form)
    values |= {name: [value] for name, value in ticked} | {"do": ["save"]}
    del values["csrf_token"]
    answer = post_form(envoy, "/requests", page="/requests/new", **values)
    assert answer.status_code == 303, answer.text
    with database.reading() as session:
        criteria = session.scalars(select(MatchRequest.criteria)).one()
    assert [post["roles"] for post in criteria["posts"]] == [["co_mediator"], ["co_mediator"]]


def test_a_letter_in_which_nothing_is_found_says_so(envoy: FlaskClient) -> None:
    page = read(envoy, "Lorem ipsum.")
    assert "<h1>Nothing found in this letter.</h1>" in page


@pytest.mark.parametrize(
    ("letter", "received"),
    [("", "2026-11-22"), ("x" * 20_001, "2026-11-22"), ("French\0", "2026-11-22"), ("a", "soon")],
)
def test_what_is_no_letter_is_refused_and_kept(
    envoy: FlaskClient, letter: str, received: str
) -> None:
    for path in ("/requests/letter", "/requests/letter/form"):
        answer = post_form(envoy, path, page="/requests/letter", letter=letter, received=received)
        assert answer.status_code == 422
        assert "One answer needs another look." in answer.text


def test_markup_in_a_letter_is_text(envoy: FlaskClient) -> None:
    page = read(envoy, "<script>alert(1)</script> in French </textarea><mark>")
    assert "<script" not in page and "</textarea><mark>" not in page
    assert "&lt;script&gt;" in page


def test_the_longest_letter_is_read_with_little_work(envoy: FlaskClient) -> None:
    longest = (LETTER * 40)[:20_000]
    read(envoy, "French")
    calls, page = count_calls(lambda: read(envoy, longest))
    assert calls < 1_500_000
    assert len(page.encode()) < 120_000
