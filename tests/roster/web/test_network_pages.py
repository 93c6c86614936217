"""An administrator's pages of networks and of what will be forgotten."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from roster.db import Database
from roster.models import AuditEvent, Network
from roster.services.availability import get_life_days
from tests.factories import add_mediator
from tests.roster.web.browser import make_account, post_form, sign_in_as


@pytest.fixture
def keeper(app: Flask, database: Database) -> FlaskClient:
    """The browser of an administrator."""
    return sign_in_as(app, make_account(database, "administrator")[1])


def save(keeper: FlaskClient, code: str = "nwm", **values: str) -> TestResponse:
    form = {"version": "1", "availability_days": "60", "time_zone": "Europe/Oslo", **values}
    return post_form(keeper, f"/networks/{code}", page="/networks", **form)


def read_rules(database: Database) -> dict[str, tuple[int, str]]:
    with database.reading() as session:
        rows = session.scalars(select(Network))
        return {one.code: (one.availability_days, one.time_zone) for one in rows}


def test_a_change_is_of_one_network_and_counts_for_the_next_answer(
    database: Database, keeper: FlaskClient
) -> None:
    with database.writing() as session:
        her = add_mediator(session, network="nwm").id
        session.commit()
    before = read_rules(database)
    assert save(keeper).status_code == 303
    assert read_rules(database) == {**before, "nwm": (60, "Europe/Oslo")}
    with database.reading() as session:
        assert get_life_days(session, her) == 60
        (event,) = session.scalars(select(AuditEvent).where(AuditEvent.action == "network.changed"))
        assert (event.network_code, event.detail["after"]["availability_days"]) == ("nwm", 60)


@pytest.mark.parametrize(
    "values",
    [
        {"availability_days": "0"},
        {"availability_days": "367"},
        {"availability_days": "many"},
        {"availability_days": ""},
        {"time_zone": "Oslo"},
        {"time_zone": "../../etc/passwd"},
        {"time_zone": ""},
        {"version": ""},
        {"has_members": "yes"},
    ],
)
def test_a_rule_that_cannot_be_is_refused_and_stays_in_the_form(
    database: Database, keeper: FlaskClient, values: dict[str, str]
) -> None:
    before = read_rules(database)
    assert save(keeper, **values).status_code == 422
    assert read_rules(database) == before


def test_the_second_of_two_administrators_sees_both_versions(keeper: FlaskClient) -> None:
    save(keeper)
    answer = save(keeper, availability_days="30")
    assert answer.status_code == 409
    assert [text in answer.text for text in ("60", "30", "Europe/Oslo")] == [True] * 3


@pytest.mark.parametrize("code", ["global_alliance", "nowhere", "R-26-ZZZZZ"])
def test_what_keeps_no_members_is_not_there(keeper: FlaskClient, code: str) -> None:
    assert save(keeper, code).status_code == 404
    assert f"/networks/{code}" not in keeper.get("/networks").text


def test_the_look_ahead_names_every_rule_and_small_counts_by_no_number(
    keeper: FlaskClient,
) -> None:
    page = keeper.get("/retention").text
    assert page.count("fewer than 5") == 14
    assert "Women who left, after their days of grace" in page
