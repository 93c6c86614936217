"""A request used again: a copy, a template, and two requests that are kept apart."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster.db import Database
from roster.models import MatchRequest, RequestTemplate
from tests.factories import add_mediator
from tests.roster.web.browser import make_account, post_form, sign_in_as
from tests.roster.web.filled_form import read_filled
from tests.roster.web.test_envoy_pages import ask


@pytest.fixture
def envoy(app: Flask, database: Database) -> FlaskClient:
    return sign_in_as(app, make_account(database, "envoy", country="NOR", office="Office")[1])


def get_requests(database: Database) -> list[MatchRequest]:
    with database.reading() as session:
        return list(session.scalars(select(MatchRequest).order_by(MatchRequest.id)))


def get_templates(database: Database) -> list[RequestTemplate]:
    with database.reading() as session:
        return list(session.scalars(select(RequestTemplate)))


def keep(envoy: FlaskClient, place: str, title: str = "Corridors") -> Any:
    return post_form(envoy, f"{place}/template", page=f"{place}/again", title=title)


def test_a_copy_asks_the_same_and_is_a_draft_of_its_own(
    envoy: FlaskClient, database: Database
) -> None:
    place = ask(envoy)
    with database.writing() as session:
        session.scalars(select(MatchRequest)).one().weights = {"themes_nice": 1.0}
        session.commit()
    answer = post_form(envoy, f"{place}/copy", page=f"{place}/again")
    first, copy = get_requests(database)
    assert answer.headers["Location"] == f"/requests/{copy.code}/edit"
    assert (copy.criteria, copy.weights) == (first.criteria, first.weights)
    assert (copy.state, copy.submitted_at) == ("draft", None)
    assert copy.code != first.code


def test_a_template_keeps_what_is_asked_without_its_days(
    envoy: FlaskClient, database: Database
) -> None:
    place = ask(envoy, countries="Chad")
    assert keep(envoy, place).status_code == 303
    [template], [request] = get_templates(database), get_requests(database)
    days = {"start": request.criteria["start"], "end": request.criteria["end"], "code": None}
    assert {**template.criteria, **days} == request.criteria
    form = envoy.get(f"/requests/templates/{template.id}/new").text
    filled = read_filled(form, "/requests")
    assert (filled["countries"], filled["start"], filled["end"]) == (["TCD"], [""], [""])
    assert filled["posts-0-languages-0-any_of"] == ["fra"]


def test_a_template_is_renamed_and_deleted_by_the_version_that_was_seen(
    envoy: FlaskClient, database: Database
) -> None:
    keep(envoy, ask(envoy))
    [template] = get_templates(database)
    at, page = f"/requests/templates/{template.id}", "/requests/templates"
    tries = [
        ("rename", {"title": "Other", "version": "1"}, 303),
        ("rename", {"title": "Third", "version": "1"}, 409),
        ("rename", {"title": "", "version": "2"}, 422),
        ("delete", {"version": "1"}, 409),
        ("delete", {}, 400),
    ]
    for action, values, status in tries:
        answer = post_form(envoy, f"{at}/{action}", page=page, **values)
        assert answer.status_code == status, action
    assert [one.title for one in get_templates(database)] == ["Other"]
    assert "Other" in envoy.get(page).text
    assert post_form(envoy, f"{at}/delete", page=page, version="2").status_code == 303
    assert get_templates(database) == []
    assert len(get_requests(database)) == 1


def test_anothers_template_is_as_absent_as_one_that_never_was(
    app: Flask, envoy: FlaskClient, database: Database
) -> None:
    keep(envoy, ask(envoy))
    [template] = get_templates(database)
    stranger = sign_in_as(app, make_account(database, "envoy")[1])
    assert stranger.get(f"/requests/templates/{template.id}/new").status_code == 404
    for action in ("rename", "delete"):
        answer = post_form(
            stranger, f"/requests/templates/{template.id}/{action}", title="x", version="1"
        )
        assert answer.status_code == 404
    assert "Corridors" not in stranger.get("/requests/templates").text
    assert [one.title for one in get_templates(database)] == ["Corridors"]


def test_two_requests_are_kept_apart_before_the_search_and_show_it(
    envoy: FlaskClient, database: Database
) -> None:
    with database.writing() as session:
        add_mediator(session, languages={"fra": "C1"})
        session.commit()
    first = ask(envoy)
    second = ask(envoy, do="save")
    code = first.rpartition("/")[2]
    linked = post_form(envoy, f"{second}/apart", page=f"{second}/again", other=code, version="1")
    assert linked.status_code == 303
    for place, other in ((first, second), (second, first)):
        shown = re.findall(r"Kept apart from</?\w*>? ?<a href=\"(.*?)\"", envoy.get(f"{place}/again").text)  # fmt: skip
        assert shown in ([other], []) and other in envoy.get(f"{place}/again").text
    with database.reading() as session:
        version = session.scalars(select(MatchRequest.version).where(MatchRequest.code == second.rpartition("/")[2])).one()  # fmt: skip
    assert (
        post_form(envoy, f"{second}/submit", page=second, version=str(version)).status_code == 303
    )
    assert "<h1>Nobody fits.</h1>" in envoy.get(second).text
    late = post_form(envoy, f"{first}/apart", page=f"{first}/again", other=second.rpartition("/")[2], version="9")  # fmt: skip
    assert late.status_code in (409, 422)


def test_a_request_is_not_kept_apart_from_anothers(
    app: Flask, envoy: FlaskClient, database: Database
) -> None:
    theirs = ask(sign_in_as(app, make_account(database, "envoy", country="SWE")[1]))
    own = ask(envoy, do="save")
    for other in (theirs.rpartition("/")[2], "R-26-AAAAA"):
        answer = post_form(envoy, f"{own}/apart", page=f"{own}/again", other=other, version="1")
        assert answer.status_code == 404
