"""From a request of somebody unchecked to her network's word, and who gets no card at all."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.models import Account, Declaration, MatchRequest, Mediator, RequesterCheck, RunRow
from tests.factories import add_mediator
from tests.roster.web.browser import make_account, post_form, sign_in_as


def ask(client: FlaskClient, database: Database, **changes: Any) -> str:
    start = clock.now().date() + timedelta(days=30)
    values = {
        "title": "Talks that nobody else reads of",
        "start": str(start),
        "end": str(start + timedelta(days=9)),
        "modality": "in_person",
        "do": "search",
        **changes,
    }
    answer = post_form(client, "/requests", **values)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"]).rpartition("/")[2]


def read_request(database: Database, code: str) -> tuple[str, int]:
    with database.reading() as session:
        found = session.scalars(select(MatchRequest).where(MatchRequest.code == code)).one()
        return found.state, found.version


def list_listed(database: Database) -> list[int | None]:
    with database.reading() as session:
        return list(session.scalars(select(RunRow.mediator_id).order_by(RunRow.id)))


@pytest.fixture
def nordic(app: Flask, database: Database) -> FlaskClient:
    return sign_in_as(app, make_account(database, "coordinator", network="nwm")[1])


def test_somebody_unchecked_waits_is_asked_back_accepted_and_then_searched(
    app: Flask, database: Database, nordic: FlaskClient
) -> None:
    with database.writing() as session:
        shown = add_mediator(session, safety_class=0).id
        add_mediator(session, safety_class=1)
        session.commit()
    envoy = sign_in_as(app, make_account(database, is_verified=False, office="An office")[1])
    code = ask(envoy, database)
    page, theirs = f"/requests/{code}", f"/requests-asked/{code}"
    assert read_request(database, code)[0] == "submitted"
    assert "has to accept it before it is searched" in envoy.get(page).text
    refused = post_form(envoy, f"{page}/runs")
    assert (refused.status_code, "A network that is asked has to accept" in refused.text) == (
        422,
        True,
    )
    listed = nordic.get("/requests-asked").text
    assert "1 request waits for a word of yours." in listed
    told = nordic.get(theirs).text
    assert ("An office" in told, "nobody else reads of" in told + listed) == (True, False)
    version = str(read_request(database, code)[1])
    assert post_form(nordic, f"{theirs}/question", version=version).status_code == 422
    post_form(nordic, f"{theirs}/question", version=version, question="Which side is it for?")
    assert "Which side is it for?" in envoy.get(page).text
    version = str(read_request(database, code)[1])
    assert post_form(nordic, f"{theirs}/accept", version="1").status_code == 409
    assert post_form(nordic, f"{theirs}/accept", version=version).status_code == 303
    assert post_form(envoy, f"{page}/runs").status_code == 303
    assert read_request(database, code)[0] == "searching"
    assert list_listed(database) == [shown]
    answered = envoy.get(page).text
    for words in ("Accepted by a network", "by the requester", "Hours to the first list"):
        assert words in answered, words
    assert "No request waits for you." in nordic.get("/requests-asked").text


def test_a_coordinator_of_a_network_that_is_not_asked_finds_nothing(
    app: Flask, database: Database, nordic: FlaskClient
) -> None:
    envoy = sign_in_as(app, make_account(database, is_verified=False)[1])
    code = ask(envoy, database)
    with database.writing() as session:
        request = session.scalars(select(MatchRequest)).one()
        request.criteria = {**request.criteria, "networks": ["awmn"]}
        session.commit()
    assert code not in nordic.get("/requests-asked").text
    absent = nordic.get("/requests-asked/R-26-ZZZZZ")
    assert nordic.get(f"/requests-asked/{code}").status_code == absent.status_code == 404


def test_an_envoy_of_a_party_state_gets_no_card_of_class_2_or_3_put_forward_or_not(
    app: Flask, database: Database, nordic: FlaskClient
) -> None:
    with database.writing() as session:
        women = [add_mediator(session, safety_class=one).id for one in range(4)]
        session.commit()
    sides = {"parties-0-country": "South Sudan", "parties-0-stance": "party"}
    listed = {}
    for country in ("SSD", "NOR"):
        envoy = sign_in_as(app, make_account(database, country=country)[1])
        before = len(list_listed(database))
        code = ask(envoy, database, **sides)
        listed[country] = set(list_listed(database)[before:])
        assert (code in nordic.get("/vetting").text) == (country == "NOR")
    assert listed == {"SSD": set(women[:2]), "NOR": set(women[:3])}


def test_a_hidden_woman_is_put_forward_and_a_held_one_cleared_on_the_page(
    app: Flask, database: Database, nordic: FlaskClient
) -> None:
    with database.writing() as session:
        hidden = add_mediator(session, name="Hidden Holm", safety_class=3)
        held = add_mediator(session, name="Held Hansen")
        declared = session.scalars(
            select(Declaration).where(Declaration.mediator_id == held.id)
        ).one()
        declared.interests = [{"kind": "kin", "country": "SSD"}]
        wanted = {held.id, hidden.id}
        session.commit()
    envoy = sign_in_as(app, make_account(database, country="NOR")[1])
    code = ask(envoy, database, **{"parties-0-country": "South Sudan"})
    assert list_listed(database) == []
    page = nordic.get("/vetting").text
    for words in ("Hidden Holm", "Held Hansen", "kin in office: South Sudan"):
        assert words in page
    buttons = re.findall(r'action="(/vetting/\d+)".*?name="do" value="(\w+)"', page, re.S)
    assert len(buttons) == 2
    for path, kind in buttons:
        assert post_form(nordic, path, request=code, do=kind).status_code == 303
    assert post_form(envoy, f"/requests/{code}/runs").status_code == 303
    assert set(list_listed(database)) == wanted
    answer = envoy.get(f"/requests/{code}").text
    assert ("2 women are one step away." in answer, "Holm" in answer, "Hansen" in answer) == (
        True,
        False,
        False,
    )
    ends = re.findall(r'action="(/vetting/words/\d+/end)"', nordic.get("/vetting").text)
    for path in ends:
        assert post_form(nordic, path).status_code == 303
    # a hidden woman's card is gone at once, the other stays until the next search
    assert "1 woman is one step away." in envoy.get(f"/requests/{code}").text


def test_a_request_is_ended_with_a_reason_and_read_afterwards(
    app: Flask, database: Database
) -> None:
    envoy = sign_in_as(app, make_account(database)[1])
    code = ask(envoy, database)
    page = f"/requests/{code}"
    version = str(read_request(database, code)[1])
    press = {"version": version, "do": "find_nobody"}
    assert post_form(envoy, f"{page}/end", **press, reason="no such reason").status_code == 422
    assert post_form(envoy, f"{page}/end", **press, reason="nobody_fits").status_code == 303
    text = envoy.get(page).text
    assert "Nobody was found" in text
    assert "nobody meets every hard criterion" in text
    assert post_form(envoy, f"{page}/runs").status_code == 422
    assert post_form(envoy, f"{page}/end", **press, reason="nobody_fits").status_code == 409


def test_a_requester_is_checked_by_an_administrator_and_then_by_a_coordinator(
    app: Flask, database: Database, nordic: FlaskClient
) -> None:
    number, email = make_account(database, is_verified=False)
    keeper = sign_in_as(app, make_account(database, "administrator")[1])
    path = f"/requesters/{number}/check"
    assert post_form(nordic, path).status_code == 422
    page = f"/accounts/{number}"
    assert "not verified" in keeper.get(page).text
    assert post_form(keeper, f"{page}/checks", note="a letter of her office").status_code == 303
    assert post_form(keeper, f"{page}/checks").status_code == 422
    assert email.partition("@")[0] not in nordic.get("/requests-asked").text
    assert f'action="{path}"' in nordic.get("/requests-asked").text
    assert post_form(nordic, path).status_code == 303
    assert post_form(keeper, f"{page}/address").status_code == 303
    with database.reading() as session:
        kinds = session.scalars(select(RequesterCheck.kind)).all()
        assert sorted(kinds) == ["person", "second_person"]
        assert session.get_one(Account, number).verified_at is None
        assert session.scalars(select(Mediator)).all() == []
    assert post_form(keeper, f"{page}/checks/end").status_code == 303
    assert "second person is needed" not in nordic.get("/requests-asked").text
