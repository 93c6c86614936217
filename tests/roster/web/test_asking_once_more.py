"""Who cannot be asked reads so before, and a release that ran out is asked for once more, on pages."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from roster import clock
from roster.db import Database
from roster.models import Approach, Membership, Release
from tests.approach_factories import add_french
from tests.roster.web.asking_by_page import ask, get_approaches, press, say, search
from tests.roster.web.browser import make_account, sign_in_as


@pytest.fixture
def envoy(app: Flask, database: Database) -> FlaskClient:
    _, email = make_account(database, "envoy", country="NOR", office="Office")
    return sign_in_as(app, email)


@pytest.fixture
def coordinator(app: Flask, database: Database) -> FlaskClient:
    _, email = make_account(database, "coordinator", network="nwm")
    return sign_in_as(app, email)


@pytest.fixture
def women(database: Database) -> list[int]:
    with database.writing() as session:
        ids = [add_french(session).id for _ in range(2)]
        session.commit()
    return ids


def test_who_is_in_no_network_is_marked_before_she_is_chosen_and_refused_by_that_reason(
    envoy: FlaskClient, women: list[int], database: Database
) -> None:
    place = search(envoy)
    assert "in no network" not in envoy.get(f"{place}/approaches").text
    with database.writing() as session:
        left = update(Membership).where(Membership.mediator_id == women[0])
        session.execute(left.values(ended_on=clock.now().date()))
        session.commit()
    for page in (place, f"{place}/approaches", f"{place}/approaches/new"):
        assert envoy.get(page).text.count("in no network: cannot be asked") == 1, page
    changed = ask(envoy, place, ["1", "2"])
    digest = re.search(r'name="accepted" value="([0-9a-f]+)"', changed.text)
    assert changed.status_code == 409 and digest
    refused = ask(envoy, place, ["1", "2"], accepted=digest[1])
    assert refused.status_code == 422 and "is in no network now" in refused.text
    assert get_approaches(database) == []


def test_a_release_that_ran_out_is_asked_for_again_with_one_press(
    envoy: FlaskClient, coordinator: FlaskClient, women: list[int], database: Database
) -> None:
    place = search(envoy)
    ask(envoy, place, ["1"])
    (approach,) = get_approaches(database)
    say(database, approach)
    own, here = f"/approaches/{approach.code}", f"{place}/approaches/{approach.handle}"
    press(coordinator, own, f"{own}/agree")
    press(envoy, here, f"{here}/release")
    assert "both are asked once more" not in coordinator.get(own).text
    with database.writing() as session:
        session.execute(update(Release).values(ends_at=clock.now()))
        held = update(Approach).values(held_until=clock.now())
        session.execute(held)
        session.commit()
    assert "You can ask once more" in envoy.get(here).text
    assert press(envoy, here, f"{here}/again").status_code == 303
    assert "Asked, waiting" in envoy.get(here).text
    assert envoy.get(f"{place}/released/{approach.handle}").status_code == 404
    assert "both are asked once more" in coordinator.get(own).text
    assert press(envoy, here, f"{here}/again").status_code == 422
    assert [one.state for one in get_approaches(database)] == ["sent"]
