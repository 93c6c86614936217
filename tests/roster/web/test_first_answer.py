"""Her pages before she has said anything of her time."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster.db import Database
from roster.models import Availability, Mediator, Network
from tests import factories
from tests.roster.web.browser import make_account, read_token, sign_in_as


@pytest.fixture(params=[None, "import"])
def browser(app: Flask, database: Database, request: pytest.FixtureRequest) -> FlaskClient:
    """A woman of two networks, of whose time nobody or only a list has said something."""
    with database.writing() as session:
        factories.add_mediator(session)
        woman = factories.add_mediator(session, availability=False)
        factories.add_membership(session, woman, "awmn")
        session.get_one(Network, "awmn").availability_days = 45
        if request.param:
            factories.add_availability(session, woman, confirmed_by=request.param)
        session.commit()
        her = session.get_one(Mediator, woman.id)
    return sign_in_as(app, make_account(database, "mediator", mediator=her)[1])


@pytest.mark.parametrize("page", ["/me/availability", "/me/start/availability"])
def test_she_is_told_how_long_the_strictest_of_her_networks_lets_it_live(
    browser: FlaskClient, page: str
) -> None:
    assert "Your answer holds for 45 days." in browser.get(page).text


def test_her_coming_year_is_unknown_and_there_is_nothing_to_move_or_end(
    browser: FlaskClient,
) -> None:
    for page in ("/me", "/me/availability"):
        shown = browser.get(page).text
        assert "The next twelve months" in shown and "Unknown: you have not said" in shown
        assert "/me/availability/end" not in shown
        assert "/me/availability/last-day" not in shown


@pytest.mark.parametrize(
    ("to", "values"), [("last-day", {}), ("end", {"when": "now"}), ("renew", {"answer": "same"})]
)
def test_a_form_sent_all_the_same_changes_nothing(
    browser: FlaskClient, database: Database, to: str, values: dict[str, str]
) -> None:
    with database.reading() as session:
        before = session.scalars(select(Availability.valid_until).order_by(Availability.id)).all()
    token = read_token(browser.get("/me"))
    answer = browser.post(
        f"/me/availability/{to}", data={"csrf_token": token, "version": "1", **values}
    )

    assert answer.status_code in (303, 422)
    with database.reading() as session:
        after = session.scalars(select(Availability.valid_until).order_by(Availability.id)).all()
    assert after == before
