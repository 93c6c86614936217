"""Asking, agreeing and releasing on the pages: by handle, with both words, and no name before."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from roster import clock
from roster.db import Database
from roster.models import (
    Approach,
    Availability,
    Mediator,
    OutboxMessage,
    ReadEvent,
)
from roster.services.approach_answers import withdraw
from tests.approach_factories import add_french, herself
from tests.factories import PASSWORD, find_canaries
from tests.roster.web.asking_by_page import ask, get_approaches, press, say, search
from tests.roster.web.browser import make_account, post_form, sign_in_as


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


def test_from_ticked_cards_to_a_released_name_with_both_words(
    envoy: FlaskClient, coordinator: FlaskClient, women: list[int], database: Database
) -> None:
    place = search(envoy)
    answered = envoy.get(place).text
    assert len(re.findall(r'name="card" value="\d+"', answered)) == 2
    assert ask(envoy, place, ["1"]).status_code == 303
    (approach,) = get_approaches(database)
    here = f"{place}/approaches/{approach.handle}"
    for page in (f"{place}/approaches", here, place):
        shown = envoy.get(page).text
        assert approach.handle in shown
        assert find_canaries(shown) == set()
    say(database, approach, allows=("email", "residence"))
    assert "Release her name" not in envoy.get(here).text
    waiting = coordinator.get("/monday").text
    assert "One question to a woman of yours" in waiting
    listed = coordinator.get("/approaches").text
    assert "zzdisplayname" in listed and "She said yes" in listed
    own = f"/approaches/{approach.code}"
    page = coordinator.get(own).text
    assert "Corridor talks" in page and "Talks on a corridor" in page
    assert press(coordinator, own, f"{own}/agree").status_code == 303
    assert "You agreed" in coordinator.get(own).text
    assert press(envoy, here, f"{here}/release").status_code == 303
    released = envoy.get(f"{place}/released/{approach.handle}")
    fields = {field for field, _ in find_canaries(released.text)}
    assert fields == {"displayname", "email"}
    with database.reading() as session:
        looks = session.scalars(select(ReadEvent).where(ReadEvent.what == "contact")).all()
    assert [look.mediator_id for look in looks] == [approach.mediator_id]


def test_a_released_name_is_gone_from_the_next_look_on_once_she_takes_it_back(
    envoy: FlaskClient, coordinator: FlaskClient, women: list[int], database: Database
) -> None:
    place = search(envoy)
    ask(envoy, place, ["1"])
    (approach,) = get_approaches(database)
    say(database, approach)
    own, here = f"/approaches/{approach.code}", f"{place}/approaches/{approach.handle}"
    press(coordinator, own, f"{own}/agree")
    press(envoy, here, f"{here}/release")
    released = f"{place}/released/{approach.handle}"
    assert envoy.get(released).status_code == 200
    with database.writing() as session:
        row = session.get_one(Approach, approach.id)
        withdraw(
            session,
            actor=herself(row.mediator_id),
            approach_id=row.id,
            expected_version=row.version,
        )
        session.commit()
    assert envoy.get(released).status_code == 404
    assert "no longer available" in envoy.get(here).text
    assert find_canaries(envoy.get(here).text) == set()


def test_a_name_needs_a_fresh_password_to_be_released_and_to_be_read(
    envoy: FlaskClient, coordinator: FlaskClient, women: list[int], database: Database
) -> None:
    place = search(envoy)
    ask(envoy, place, ["1"])
    (approach,) = get_approaches(database)
    say(database, approach)
    own, here = f"/approaches/{approach.code}", f"{place}/approaches/{approach.handle}"
    press(coordinator, own, f"{own}/agree")
    released = f"{place}/released/{approach.handle}"
    with clock.shifted(timedelta(minutes=11)):
        assert press(envoy, here, f"{here}/release").status_code == 403
        assert get_approaches(database)[0].state == "yes"
        assert press(envoy, here, f"{here}/release", proof=PASSWORD).status_code == 303
    with clock.shifted(timedelta(minutes=22)):
        asked = envoy.get(released)
        assert asked.status_code == 403 and find_canaries(asked.text) == set()
        opened = post_form(envoy, released, page=released, proof=PASSWORD)
        assert opened.status_code == 303
        assert "zzdisplayname" in envoy.get(released).text


def test_the_requester_reads_one_word_for_a_no_and_for_a_network_that_does_not_agree(
    envoy: FlaskClient, coordinator: FlaskClient, women: list[int], database: Database
) -> None:
    place = search(envoy)
    ask(envoy, place, ["1", "2"])
    first, second = get_approaches(database)
    say(database, first, "no")
    own = f"/approaches/{second.code}"
    press(coordinator, own, f"{own}/decline")
    envoy.get(place)  # what was done is said once
    pages = [envoy.get(f"{place}/approaches/{one.handle}").text for one in (first, second)]
    told = [
        re.sub(r"[A-Z]\d-[A-Z]\d[A-Z]|\d\d:\d\d", "", re.sub(r'value="[^"]+"', "", page))
        for page in pages
    ]
    assert told[0] == told[1]
    assert "Did not accept" in pages[0]


def test_what_changed_since_the_search_is_read_and_accepted_before_anybody_is_asked(
    envoy: FlaskClient, women: list[int], database: Database
) -> None:
    place = search(envoy)
    with database.writing() as session:
        hidden = update(Mediator).where(Mediator.id == women[0]).values(is_hidden=True)
        session.execute(hidden)
        late = update(Availability).where(Availability.mediator_id == women[1])
        session.execute(late.values(valid_until=clock.now()))
        session.commit()
    refused = ask(envoy, place, ["1", "2"])
    assert refused.status_code == 409
    assert "no longer available" in refused.text and get_approaches(database) == []
    digest = re.search(r'name="accepted" value="([0-9a-f]+)"', refused.text)
    assert digest
    assert ask(envoy, place, ["1", "2"], accepted="0" * 64).status_code == 409
    assert ask(envoy, place, ["1", "2"], accepted=digest[1]).status_code == 303
    assert [one.mediator_id for one in get_approaches(database)] == [women[1]]


def test_what_is_missing_or_wrong_on_the_form_is_said_and_nobody_is_asked(
    envoy: FlaskClient, women: list[int], database: Database
) -> None:
    place = search(envoy)
    wrong: tuple[dict[str, Any], ...] = (
        {"who": ""},
        {"purpose": "x" * 1001},
        {"risk": "none"},
        {"hours": "1"},
        {"card": []},
        {"card": ["999"]},
        {"state": "yes"},
        {"place": "a\u202eb"},
    )
    for changes in wrong:
        refused = ask(envoy, place, ["1"], **changes)
        assert refused.status_code == 422, changes
    with database.reading() as session:
        assert session.scalars(select(OutboxMessage)).all() == []


def test_neither_another_network_nor_another_requester_finds_an_approach(
    app: Flask, envoy: FlaskClient, women: list[int], database: Database
) -> None:
    place = search(envoy)
    ask(envoy, place, ["1"])
    (approach,) = get_approaches(database)
    _, email = make_account(database, "coordinator", network="awmn")
    stranger = sign_in_as(app, email)
    _, email = make_account(database, "envoy")
    other = sign_in_as(app, email)
    assert stranger.get("/approaches").status_code == 200
    assert "zzdisplayname" not in stranger.get("/approaches").text
    assert stranger.get(f"/approaches/{approach.code}").status_code == 404
    for tail in ("approaches", f"approaches/{approach.handle}", f"released/{approach.handle}"):
        assert other.get(f"{place}/{tail}").status_code == 404
