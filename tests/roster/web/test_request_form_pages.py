"""The form of a request keeps every answer and names each error at its field."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from roster.db import Database
from roster.models import MatchRequest
from tests.roster.web.browser import post_form
from tests.roster.web.test_envoy_pages import ask, envoy, form_values

__all__ = ["envoy"]


def test_every_answer_is_kept_when_the_form_is_refused_and_each_error_stands_at_its_field(
    envoy: FlaskClient, database: Database
) -> None:
    wrong = {
        "end": "2020-01-01",
        "countries": "Chad, Atlantis",
        "posts-0-languages-0-any_of": "Klingonese",
        "posts-0-tracks": ["I", "II"],
        "posts-0-themes-1-any_of": "ceasefire",
        "posts-0-themes-1-depth": "3",
        "posts-0-themes-1-weight": "nice",
        "posts-1-seniority": "senior",
        "target_share": "140",
        "exclusions-second_passport_flag_only": "yes",
    }
    response = post_form(envoy, "/requests", page="/requests/new", **form_values(**wrong))
    assert response.status_code == 422
    page = response.text
    for kept in (
        'value="Chad, Atlantis"',
        'value="Klingonese"',
        'value="2020-01-01"',
        'value="140"',
        'value="Corridor talks"',
        '<option value="ceasefire" selected>',
        '<option value="3" selected>',
        '<option value="senior" selected>',
        'name="exclusions-second_passport_flag_only" value="yes" checked',
    ):
        assert kept in page, kept
    for track in ("I", "II"):
        assert f'name="posts-0-tracks" value="{track}" checked' in page
    wrong_controls = set(re.findall(r'id="f-([\w-]+)-error"', page))
    assert wrong_controls == {"countries", "posts-0-languages-0-any_of", "target_share"}
    with database.reading() as session:
        assert session.scalars(select(MatchRequest)).all() == []


def test_the_last_day_before_the_first_is_said_at_the_last_day(envoy: FlaskClient) -> None:
    values = form_values(start="2027-03-01", end="2027-02-01")
    response = post_form(envoy, "/requests", page="/requests/new", **values)
    assert response.status_code == 422
    assert 'id="f-end-error">The last day comes before the first.' in response.text


def test_a_post_is_added_and_taken_off_without_a_script_and_nothing_is_lost(
    envoy: FlaskClient, database: Database
) -> None:
    values = {**form_values(), "posts-0-tracks": ["II"]}
    added = post_form(envoy, "/requests", page="/requests/new", **{**values, "do": "add"})
    assert added.status_code == 200
    assert 'name="posts-1-languages-0-any_of"' in added.text
    assert 'name="posts-0-tracks" value="II" checked' in added.text
    values |= {"posts-1-languages-0-any_of": "Arabic", "do": "remove-0"}
    removed = post_form(envoy, "/requests", page="/requests/new", **values)
    assert 'name="posts-0-languages-0-any_of"' not in removed.text
    assert 'value="Arabic"' in removed.text
    with database.reading() as session:
        assert session.scalars(select(MatchRequest)).all() == []


def test_the_form_shows_a_stored_request_as_it_was_given(
    envoy: FlaskClient, database: Database
) -> None:
    place = ask(
        envoy,
        **{
            "posts-0-themes-0-any_of": "ceasefire",
            "posts-0-themes-0-weight": "nice",
            "exclusions-nationalities": "Chad, Sudan",
            "parties-0-country": "Chad",
            "present_team-women": "2",
            "present_team-men": "4",
            "target_share": "40",
            "most_share": "60",
        },
    )
    with database.reading() as session:
        before = session.scalars(select(MatchRequest.criteria)).one()
    page = envoy.get(f"{place}/edit").text
    assert 'value="TCD, SDN"' in page
    values = dict(re.findall(r'<input id="f-[\w-]+" name="([\w-]+)"[^>]*? value="([^"]*)"', page))
    values |= {
        name: re.search(rf'<select id="f-{name}".*?value="([^"]*)" selected', page, re.DOTALL)[1]  # type: ignore[index]
        for name in (
            "posts-0-languages-0-level",
            "posts-0-themes-0-any_of",
            "parties-0-stance",
            "accreditation_floor",
        )
    }
    values |= dict(re.findall(r'type="radio" name="([\w-]+)" value="(\w+)" checked', page))
    version = re.search(r'name="version" value="(\d+)"', page)
    assert version
    values |= {"version": version[1], "do": "save"}
    response = post_form(envoy, f"{place}/edit", page=f"{place}/edit", **values)
    assert response.status_code == 303, response.text
    with database.reading() as session:
        assert session.scalars(select(MatchRequest.criteria)).one() == before


def test_the_second_editor_gets_409_and_changes_nothing(
    envoy: FlaskClient, database: Database
) -> None:
    place = ask(envoy)
    stale = {**form_values(), "version": "1", "do": "save", "notice_days": "7"}
    response = post_form(envoy, f"{place}/edit", page=f"{place}/edit", **stale)
    assert response.status_code == 409
    with database.reading() as session:
        assert session.scalars(select(MatchRequest.criteria)).one()["notice_days"] is None


@pytest.mark.parametrize("version", [None, "", "x", "-1"])
def test_without_a_version_nothing_is_written(envoy: FlaskClient, version: str | None) -> None:
    place = ask(envoy)
    values = {**form_values(), "do": "save", **({} if version is None else {"version": version})}
    response = post_form(envoy, f"{place}/edit", page=f"{place}/edit", **values)
    assert response.status_code == 400


def test_a_name_that_the_form_does_not_have_is_refused(envoy: FlaskClient) -> None:
    values = form_values(requester="x")
    response = post_form(envoy, "/requests", page="/requests/new", **values)
    assert response.status_code == 422
