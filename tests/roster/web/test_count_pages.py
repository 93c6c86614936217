"""Counts beside the request form: in steps of five, by few criteria, for each account now and then."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster.db import Database
from roster.models import MatchRequest
from roster.services import live_counts
from tests.factories import add_mediator
from tests.roster.web.browser import make_account, post_form, sign_in_as
from tests.roster.web.test_envoy_pages import ask, form_values


@pytest.fixture
def envoy(app: Flask, database: Database) -> FlaskClient:
    """Somebody for whom twelve women speak French, seven of them Arabic too."""
    with database.writing() as session:
        for number in range(12):
            spoken = {"fra": "C1", **({"ara": "C1"} if number < 7 else {"eng": "C1"})}
            hers = [("nationality", "TCD"), ("theme", "ceasefire")] if number < 6 else []
            add_mediator(session, languages=spoken, entries=hers)
        session.commit()
    return sign_in_as(app, make_account(database, "envoy", country="NOR", office="Office")[1])


def count(envoy: FlaskClient, status: Any = 200, **changes: Any) -> str:
    values = form_values(**changes) | {"do": "count"}
    answer = post_form(envoy, "/requests", page="/requests/new", **values)
    assert answer.status_code == status, answer.text
    found = re.search(r'<div id="counts".*?</div>\n<div class="bar-foot', answer.text, re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>|\s+", " ", found[0])


def test_counts_are_in_steps_of_five_and_say_what_each_thing_costs(envoy: FlaskClient) -> None:
    shown = count(envoy, **{"posts-0-languages-1-any_of": "Arabic"})
    assert "Women who would fit: 5." in shown
    assert "without French 5" in shown and "without Arabic 10" in shown
    assert "7" not in shown and "12" not in shown


def test_few_are_fewer_than_five(envoy: FlaskClient) -> None:
    shown = count(envoy, **{"posts-0-themes-0-any_of": "borders"})
    assert "Women who would fit: fewer than 5." in shown


@pytest.mark.parametrize(
    "change",
    [
        {"exclusions-nationalities": "Chad"},
        {"exclusions-residences": "Chad"},
        {"parties-0-country": "Chad", "countries": "Chad", "posts-0-tracks": ["I"]},
        {"posts-0-seniority": "eminent"},
        {"posts-0-places-0-any_of": "Chad"},
        {"notice_days": "3"},
        {"accreditation_floor": "none"},
    ],
)
def test_what_the_counts_do_not_follow_leaves_them_as_they_are(
    envoy: FlaskClient, change: dict[str, Any]
) -> None:
    same = {"posts-0-tracks": change.get("posts-0-tracks", [])}
    assert count(envoy, **change) == count(envoy, **same)


def test_each_post_is_counted_for_itself_and_nothing_is_stored(
    envoy: FlaskClient, database: Database
) -> None:
    shown = count(envoy, **{"posts-1-languages-0-any_of": "Arabic"})
    assert "Post 1: women who would fit: 10." in shown
    assert "Post 2: women who would fit: 5." in shown
    with database.reading() as session:
        assert session.scalars(select(MatchRequest)).all() == []


def test_a_share_that_cannot_be_kept_is_said_first(envoy: FlaskClient) -> None:
    team = {"present_team-women": "0", "present_team-men": "6", "target_share": "50"}
    shown = count(envoy, **team)
    assert shown.index("cannot be kept") < shown.index("Women who would fit")
    fine = count(envoy, **team | {"target_share": "10"})
    assert "at least 1 of the posts goes to a woman" in fine


def test_the_rest_of_the_form_may_be_unfinished_but_not_the_days(envoy: FlaskClient) -> None:
    assert "Women who would fit: 10." in count(envoy, countries="Atlantis")
    assert "Women who would fit" not in count(envoy, 422, start="")


def test_a_stored_request_is_counted_without_a_change(
    envoy: FlaskClient, database: Database
) -> None:
    place = ask(envoy, do="save")
    values = form_values(**{"posts-0-languages-1-any_of": "Arabic"})
    values |= {"do": "count", "version": "1"}
    answer = post_form(envoy, f"{place}/edit", page=f"{place}/edit", **values)
    assert answer.status_code == 200 and "Women who would fit: 5." in answer.text
    with database.reading() as session:
        assert session.scalars(select(MatchRequest.version)).one() == 1


def test_an_account_counts_so_often_and_no_more(
    envoy: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_counts, "COUNTS_PER_WINDOW", 2)
    values = form_values() | {"do": "count"}
    answers = [
        post_form(envoy, "/requests", page="/requests/new", **values).status_code for _ in range(3)
    ]
    assert answers == [200, 200, 429]


def test_the_counts_alone_are_those_of_the_whole_form(envoy: FlaskClient) -> None:
    values = form_values(**{"posts-0-languages-1-any_of": "Arabic"})
    whole = count(envoy, **{"posts-0-languages-1-any_of": "Arabic"})
    alone = post_form(envoy, "/requests/counts", page="/requests/new", **values)
    words = " ".join(re.sub(r"<[^>]+>", " ", alone.text).split())
    assert alone.status_code == 200 and words in " ".join(whole.split())
    assert "<html" not in alone.text
    wrong = post_form(envoy, "/requests/counts", page="/requests/new", **values | {"start": ""})
    assert (wrong.status_code, wrong.text) == (204, "")


def test_only_the_form_may_run_a_script_and_only_ours(envoy: FlaskClient) -> None:
    policies = {
        path: envoy.get(path).headers["Content-Security-Policy"]
        for path in ("/requests/new", "/requests", "/requests/letter", "/account")
    }
    ours = "; script-src 'self'; connect-src 'self'"
    assert [one for one in policies if "script-src" in policies[one]] == ["/requests/new"]
    assert policies["/requests/new"] == policies["/requests"] + ours
    page = envoy.get("/requests/new").text
    [address] = re.findall(r'<script src="([^"]+)" defer></script>', page)
    assert page.count("<script") == 1
    address = address.replace("&amp;", "&")
    script = envoy.get(address, headers={"Accept-Encoding": "gzip"}, buffered=True)
    assert script.mimetype == "text/javascript"
    assert len(script.data) < 20_000 and "immutable" in script.headers["Cache-Control"]


@pytest.mark.parametrize(
    "name", ["htmx.min.js", "../htmx.js", "js_lib_htmx/apps.py", "htmx.js/../apps.py"]
)
def test_no_other_file_of_the_package_is_served(envoy: FlaskClient, name: str) -> None:
    assert envoy.get(f"/static/{name}").status_code == 404
