"""Pages of a process: kept, taken up by a request, and quiet about what a side objects to."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.models import FocalPoint, Handle, MatchRequest, Process, ProcessPhase
from tests.factories import add_mediator
from tests.roster.web.browser import make_account, post_form, sign_in_as

FORM = {
    "title": "Talks in the south",
    "countries": "South Sudan, Sudan",
    "sensitivity": "restricted",
    "parties-0-name": "The government",
    "parties-0-country": "South Sudan",
    "parties-0-offices": "army, ministry",
    "parties-1-code": "movement",
    "parties-1-stance": "party",
    "parties-2-country": "Norway",
    "parties-2-stance": "guarantor",
}


def keep(app: Flask, database: Database, **changes: str) -> tuple[FlaskClient, str]:
    client = sign_in_as(app, make_account(database)[1])
    answer = post_form(client, "/processes", page="/processes/new", **{**FORM, **changes})
    assert answer.status_code == 303, answer.text
    return client, str(answer.headers["Location"]).rpartition("/")[2]


def read_process(database: Database, code: str) -> Process:
    with database.reading() as session:
        found = session.scalars(select(Process).where(Process.code == code)).one()
        session.expunge(found)
        return found


def test_a_process_is_kept_as_it_was_filled_in_and_shown_again(
    app: Flask, database: Database
) -> None:
    client, code = keep(app, database)
    stored = read_process(database, code)
    assert (stored.countries, [one["code"] for one in stored.parties]) == (
        ["SSD", "SDN"],
        ["SSD", "movement", "NOR"],
    )
    assert stored.parties[0]["offices"] == ["army", "ministry"]
    page = client.get(f"/processes/{code}").text
    for words in ("Talks in the south", "The government", "army, ministry", "guarantor"):
        assert words in page
    assert "Talks in the south" in client.get("/processes").text
    form = client.get(f"/processes/{code}/edit").text
    assert 'value="South Sudan, Sudan"' in form
    assert 'value="army, ministry"' in form


def test_what_is_wrong_is_said_beside_its_control_and_nothing_is_kept(
    app: Flask, database: Database
) -> None:
    client = sign_in_as(app, make_account(database)[1])
    wrong = {
        "title": "x",
        "sensitivity": "secret",
        "countries": "Nowhere",
        "parties-0-name": "A side without a code",
    }
    answer = post_form(client, "/processes", page="/processes/new", **wrong)
    assert answer.status_code == 422
    for name in ("sensitivity", "countries", "parties-0-code"):
        assert f'id="f-{name}-error"' in answer.text, name
    twice = {**FORM, "parties-1-code": "SSD"}
    assert post_form(client, "/processes", page="/processes/new", **twice).status_code == 422
    with database.reading() as session:
        assert session.scalars(select(Process)).all() == []


def test_a_change_names_the_version_it_saw(app: Flask, database: Database) -> None:
    client, code = keep(app, database)
    path = f"/processes/{code}/edit"
    changed = {**FORM, "title": "Other talks", "version": "1"}
    assert post_form(client, path, **changed).status_code == 303
    assert post_form(client, path, **changed).status_code == 409
    assert read_process(database, code).title == "Other talks"


def test_phases_are_noted_and_the_process_is_closed(app: Flask, database: Database) -> None:
    client, code = keep(app, database)
    day = clock.now().date() - timedelta(days=3)
    page = f"/processes/{code}"
    values = {"version": "1", "phase": "ceasefire"}
    assert post_form(client, f"{page}/phases", **values, since=str(day)).status_code == 303
    late = str(clock.now().date() + timedelta(days=2))
    assert post_form(client, f"{page}/phases", **values, since=late).status_code == 422
    with database.reading() as session:
        [one] = session.scalars(select(ProcessPhase)).all()
        assert (one.phase, one.since) == ("ceasefire", day)
    assert post_form(client, f"{page}/close", version="1").status_code == 303
    assert "Add this phase" not in client.get(page).text


def test_focal_points_stand_beside_a_process_but_not_a_confidential_one(
    app: Flask, database: Database
) -> None:
    keeper = sign_in_as(app, make_account(database, "administrator")[1])
    entry = {"country": "SSD", "office": "Office for women", "plan_status": "adopted",
             "as_of": "2026-01-31", "source": "WPS list"}  # fmt: skip
    assert post_form(keeper, "/focal-points", **entry).status_code == 303
    assert post_form(keeper, "/focal-points", **entry).status_code == 422
    assert post_form(keeper, "/focal-points", **{**entry, "country": "KEN"}).status_code == 303
    client, code = keep(app, database)
    page = client.get(f"/processes/{code}").text
    assert page.count("Office for women") == 1
    assert "national action plan adopted" in page
    assert "As of 31 January 2026. Source: WPS list" in page
    client, code = keep(app, database, sensitivity="confidential")
    assert "Office for women" not in client.get(f"/processes/{code}").text


def test_an_entry_of_the_directory_is_changed_and_taken_off(app: Flask, database: Database) -> None:
    keeper = sign_in_as(app, make_account(database, "administrator")[1])
    entry = {"country": "SSD", "office": "An office", "as_of": "2026-01-31", "source": "list"}
    post_form(keeper, "/focal-points", **entry)
    with database.reading() as session:
        path = f"/focal-points/{session.scalars(select(FocalPoint.id)).one()}"
    assert 'value="An office"' in keeper.get(path).text
    changed = {**entry, "office": "Another office", "version": "1"}
    assert post_form(keeper, path, **changed).status_code == 303
    assert post_form(keeper, path, **changed).status_code == 409
    assert "Another office" in keeper.get("/focal-points").text
    assert post_form(keeper, f"{path}/end", version="2").status_code == 303
    assert keeper.get(path).status_code == 404


def test_a_request_takes_sides_countries_and_offices_from_its_process(
    app: Flask, database: Database
) -> None:
    client, code = keep(app, database)
    form = client.get(f"/requests/new?process={code}").text
    assert re.search(rf'<option value="{code}" selected>', form)
    for words in ('value="SSD, SDN"', 'value="movement"', 'value="NOR"', "army, ministry"):
        assert words in form, words
    start = clock.now().date() + timedelta(days=30)
    values = {"start": str(start), "end": str(start + timedelta(days=9)), "process": code}
    taken = post_form(client, "/requests", **values, do="take")
    assert (taken.status_code, 'value="movement"' in taken.text) == (200, True)
    saved = post_form(client, "/requests", **values, modality="in_person", do="save")
    assert saved.status_code == 303, saved.text
    with database.reading() as session:
        request = session.scalars(select(MatchRequest)).one()
        process = session.scalars(select(Process)).one()
        assert request.process_id == process.id
        edit = f"/requests/{request.code}/edit"
    assert re.search(rf'<option value="{code}" selected>', client.get(edit).text)
    other, _ = keep(app, database)
    stolen = post_form(other, "/requests", **values, modality="in_person", do="save")
    assert stolen.status_code == 404


def test_an_objection_is_noted_on_the_page_and_her_card_is_gone_from_the_next_answer(
    app: Flask, database: Database
) -> None:
    with database.writing() as session:
        her = add_mediator(session).id
        add_mediator(session)
        session.commit()
    client, code = keep(app, database)
    start = clock.now().date() + timedelta(days=30)
    values = {"start": str(start), "end": str(start + timedelta(days=9)), "process": code}
    answer = post_form(client, "/requests", **values, modality="in_person", do="search")
    assert answer.status_code == 303, answer.text
    with database.reading() as session:
        request = session.scalars(select(MatchRequest.code)).one()
        handle = session.scalars(select(Handle.code).where(Handle.mediator_id == her)).one()
    note = {"request": request, "handle": handle.lower(), "party": "movement"}
    path = f"/processes/{code}/objections"
    assert post_form(client, path, **{**note, "handle": "Z9-Z9Z"}).status_code == 422
    assert post_form(client, path, **note).status_code == 303
    assert handle in client.get(f"/processes/{code}").text
    post_form(client, f"/requests/{request}/runs")
    assert handle not in client.get(f"/requests/{request}").text
    why = client.get(f"/requests/{request}/why-not?handle={handle}").text
    assert "Not proposed." in why
    assert "object" not in re.sub("<head>.*</head>", "", why)
