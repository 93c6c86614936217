"""Her data and her leaving, as her browser sees them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from roster import clock
from roster.db import Database
from roster.models import Account, Erasure, Mediator, Membership
from roster.queries.her_parts import PARTS
from roster.services.sign_in import start_session
from tests.factories import add_account, find_canaries
from tests.roster.services.leaving import Left, make_left
from tests.roster.web.browser import read_token, stored_password, with_key

HEAVIEST_PAGE = 24_000
"""Bytes before compression: with the sheet under 30 kB in all."""


@pytest.fixture
def left(database: Database, tmp_path: Path) -> Left:
    return make_left(database, tmp_path)


@pytest.fixture
def inside(app: Flask, left: Left) -> FlaskClient:
    """Her browser."""
    with left.database.writing() as session:
        account = session.get_one(Account, left.account)
        account.password_hash = stored_password()
        key, _ = start_session(session, account=account)
        session.commit()
    return with_key(app, key)


def press(client: FlaskClient, path: str, **values: object) -> int:
    """Fill in the form of the page as it stands, and post it."""
    page = client.get("/me/leave")
    version = re.search(r'name="version" value="(\d+)"', page.text)
    seen = {"version": version[1]} if version and not path.endswith("take-back") else {}
    hidden = {"csrf_token": read_token(page), **seen}
    return client.post(path, data={**hidden, **values}).status_code


def stay(client: FlaskClient) -> int:
    wish = re.search(r'name="erasure" value="(\d+)"', client.get("/me/leave").text)
    assert wish
    return press(client, "/me/leave/take-back", erasure=wish[1])


def test_the_file_is_kept_by_nobody_and_its_name_tells_nothing(inside: FlaskClient) -> None:
    answer = inside.get("/me/data.json")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.mimetype == "application/json"
    assert "<" not in answer.text
    assert set(json.loads(answer.text)) == {"format", "made_at", *(part.name for part in PARTS)}


def test_the_pages_show_every_text_of_the_file_and_stay_light(inside: FlaskClient) -> None:
    data = json.loads(inside.get("/me/data.json").text)
    overview = inside.get("/me/data")
    shown = set()
    for part in PARTS:
        for number in range(1, 9):
            page = inside.get(f"/me/data/{part.name}?page={number}")
            assert page.status_code == 200
            assert len(page.data) < HEAVIEST_PAGE
            shown |= find_canaries(page.text)
        assert (f"/me/data/{part.name}" in overview.text) is bool(data[part.name])
    assert shown == find_canaries(json.dumps(data))
    assert len(overview.data) < HEAVIEST_PAGE
    assert inside.get("/me/data/no-such-part").status_code == 404


def test_she_leaves_a_network_and_takes_it_back(inside: FlaskClient, left: Left) -> None:
    assert press(inside, "/me/leave/networks") == 422
    assert press(inside, "/me/leave/networks", networks="mwmn") == 404
    assert press(inside, "/me/leave/networks", networks=["awmn", "nwm"]) == 303
    assert inside.get("/me").status_code == 200
    with left.database.reading() as session:
        ended = select(Membership.ended_on).where(Membership.mediator_id == left.her)
        assert all(session.scalars(ended))
    assert stay(inside) == 303
    assert stay(inside) == 303
    with left.database.reading() as session:
        assert not any(session.scalars(ended))
        assert all(session.scalars(select(Erasure.taken_back_at)))


def test_who_leaves_the_service_sees_the_one_page_to_take_it_back(
    inside: FlaskClient, app: Flask, left: Left
) -> None:
    cookie = inside.get_cookie("session_key")
    assert cookie
    assert press(inside, "/me/leave") == 422
    assert press(inside, "/me/leave", sure="yes") == 303
    assert with_key(app, cookie.value).get("/me/leave").status_code == 303  # to sign-in
    left_page = inside.get("/me/leave")
    assert "You have left" in left_page.text
    assert "/me/leave/networks" not in left_page.text
    for path in ("/me", "/me/details", "/me/consents", "/me/card", "/me/records"):
        assert inside.get(path).location == "/me/leave"
    token = read_token(left_page)
    assert inside.post("/me/show", data={"csrf_token": token}).location == "/me/leave"
    assert inside.post("/me/leave", data={"csrf_token": token, "sure": "yes"}).location
    assert inside.get("/me/data.json").status_code == 200
    with left.database.reading() as session:
        assert session.get_one(Mediator, left.her).state == "withdrawn"
    assert stay(inside) == 303
    assert inside.get("/me").status_code == 200
    with left.database.reading() as session:
        assert session.get_one(Mediator, left.her).state == "active"


def test_her_coordinator_is_told_a_number_and_shown_nothing(
    inside: FlaskClient, app: Flask, left: Left
) -> None:
    with left.database.writing() as session:
        account = add_account(session, "coordinator", network="nwm", email="c@example.org")
        coordinator = with_key(app, start_session(session, account=account)[0])
        session.commit()
    record = f"/people/{left.records['nwm']}"
    assert coordinator.get(record).status_code == 200
    assert press(inside, "/me/leave", sure="yes") == 303
    listed = coordinator.get("/people")
    assert "One woman has left within the last week" in listed.text
    assert {number for _, number in find_canaries(listed.text)}.isdisjoint(left.records.values())
    for path in ("", "/edit", "/availability"):
        absent = coordinator.get(f"/people/999999{path}")
        gone = coordinator.get(f"{record}{path}")
        assert (gone.status_code, sorted(gone.headers.keys())) == (
            404,
            sorted(absent.headers.keys()),
        )


def test_a_file_with_rows_of_an_erased_woman_still_opens(
    inside: FlaskClient, app: Flask, left: Left
) -> None:
    with left.database.writing() as session:
        account = add_account(session, "coordinator", network="nwm", email="c@example.org")
        coordinator = with_key(app, start_session(session, account=account)[0])
        session.commit()
    before = coordinator.get(f"/imports/{left.import_id}")
    assert find_canaries(before.text)
    assert press(inside, "/me/leave", sure="yes") == 303
    assert left.erase() == 1
    after = coordinator.get(f"/imports/{left.import_id}")
    assert (after.status_code, find_canaries(after.text)) == (200, set())


def test_a_wish_of_another_woman_cannot_be_taken_back(inside: FlaskClient, left: Left) -> None:
    with left.database.writing() as session:
        key = session.get_one(Mediator, left.other).key
        erasure = Erasure(mediator_key=key, asked_at=clock.now(), due_at=clock.now())
        session.add(erasure)
        session.commit()
        number = erasure.id
    assert press(inside, "/me/leave/take-back", erasure=number) == 404
    assert press(inside, "/me/leave/take-back", erasure="9" * 40) == 422
    assert press(inside, "/me/leave/take-back", erasure="x") == 422


def test_two_pages_open_at_once_leave_by_the_first_press_only(
    inside: FlaskClient, left: Left
) -> None:
    with left.database.writing() as session:
        session.execute(
            update(Mediator).where(Mediator.id == left.her).values(version=Mediator.version + 1)
        )
        version = session.get_one(Mediator, left.her).version
        session.commit()
    token = read_token(inside.get("/me/leave"))
    old = {"csrf_token": token, "version": version - 1, "sure": "yes"}
    assert inside.post("/me/leave", data=old).status_code == 409
