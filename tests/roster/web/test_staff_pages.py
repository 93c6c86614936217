"""An administrator's pages of accounts, and the link behind which somebody comes in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from roster import clock
from roster.db import Database
from roster.models import Account, Link, OutboxMessage, WebSession
from tests.factories import add_account, add_mediator
from tests.roster.web.browser import (
    PASSWORD,
    is_signed_in,
    make_account,
    post_form,
    sign_in_as,
    stored_password,
    try_sign_in,
)

EMAIL = "gerd@example.org"
CHOSEN = "four slow rivers in a green town"


@pytest.fixture
def keeper(app: Flask, database: Database) -> FlaskClient:
    """The browser of an administrator."""
    return sign_in_as(app, make_account(database, "administrator")[1])


def invite(keeper: FlaskClient, **values: str) -> TestResponse:
    form = {"name": "Gerd", "email": EMAIL, "role": "coordinator", "network": "nwm"}
    form["language"] = "en"
    return post_form(keeper, "/accounts", page="/accounts", **{**form, **values})


def read_path(database: Database) -> str:
    """Where the newest link leads."""
    with database.reading() as session:
        newest = select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(1)
        return str(session.scalars(newest).one().values["path"])


def find_id(database: Database, email: str) -> int:
    with database.reading() as session:
        return next(one.id for one in session.scalars(select(Account)) if one.email == email)


def press(keeper: FlaskClient, account_id: int, tail: str, **values: str) -> TestResponse:
    """A button of the account's page, with the version that it holds."""
    page = f"/accounts/{account_id}"
    found = re.search(r'name="version" value="(\d+)"', keeper.get(page).text)
    version = {"version": found[1]} if found else {}
    return post_form(keeper, f"{page}{tail}", page=page, **{**version, **values})


def join(app: Flask, path: str, **values: str) -> tuple[FlaskClient, TestResponse]:
    client = app.test_client()
    return client, client.post(path, data={"new": CHOSEN, "again": CHOSEN, **values})


def test_who_is_invited_chooses_her_password_and_is_in(
    app: Flask, database: Database, keeper: FlaskClient
) -> None:
    assert invite(keeper).status_code == 303
    path = read_path(database)
    page = app.test_client().get(path)
    assert (page.status_code, "Set-Cookie" in page.headers) == (200, False)
    assert "Gerd" not in page.text
    client, answer = join(app, path)
    assert (answer.status_code, client.get("/people").status_code) == (303, 200)
    assert sign_in_as(app, EMAIL, CHOSEN).get("/people").status_code == 200
    assert (app.test_client().get(path).status_code, join(app, path)[1].status_code) == (410, 410)


@pytest.mark.parametrize(
    "values",
    [{"again": "another"}, {"new": "short", "again": "short"}, {"new": ""}, {"role": "envoy"}],
)
def test_a_password_against_the_rules_leaves_the_link_open(
    app: Flask, database: Database, keeper: FlaskClient, values: dict[str, str]
) -> None:
    invite(keeper)
    path = read_path(database)
    assert join(app, path, **values)[1].status_code == 422
    assert join(app, path)[1].status_code == 303


def test_a_link_ends_with_its_days_with_a_newer_one_and_with_the_account(
    app: Flask, database: Database, keeper: FlaskClient
) -> None:
    invite(keeper)
    first, account_id = read_path(database), find_id(database, EMAIL)
    press(keeper, account_id, "/invite")
    second = read_path(database)
    assert [app.test_client().get(path).status_code for path in (first, second)] == [410, 200]
    press(keeper, account_id, "/close")
    assert join(app, second)[1].status_code == 410
    press(keeper, account_id, "/open")
    press(keeper, account_id, "/invite")
    with database.writing() as session:
        for link in session.scalars(select(Link)):
            link.ends_at = clock.now() - timedelta(seconds=1)
        session.commit()
    assert join(app, read_path(database))[1].status_code == 410


def test_a_link_to_the_staff_and_one_to_a_mediator_open_nothing_of_each_other(
    app: Flask, database: Database, keeper: FlaskClient
) -> None:
    invite(keeper)
    token = read_path(database).rpartition("/")[2]
    client = app.test_client()
    for start in ("/i/", "/r/", "/c/", "/h/", "/s/", "/a/"):
        assert client.get(start + token).status_code == 410, start
        assert client.post(start + token, data={"answer": "none"}).status_code in (410, 422)
    assert client.get(f"/j/{token}").status_code == 200


def test_she_who_has_a_password_says_yes_and_keeps_it(
    app: Flask, database: Database, keeper: FlaskClient
) -> None:
    with database.writing() as session:
        add_account(
            session, "mediator", mediator=add_mediator(session), email=EMAIL,
            password_hash=stored_password(),
        )  # fmt: skip
        session.commit()
    assert invite(keeper).status_code == 303
    client, answer = join(app, read_path(database))
    assert (answer.headers["Location"], is_signed_in(client)) == ("/sign-in", False)
    assert sign_in_as(app, EMAIL, PASSWORD).get("/people").status_code == 200


def test_an_open_page_of_a_coordinator_ends_with_her_role(
    app: Flask, database: Database, keeper: FlaskClient
) -> None:
    account_id, email = make_account(database, "coordinator", network="nwm")
    open_before = sign_in_as(app, email)
    assert press(keeper, account_id, "/roles", role="envoy").status_code == 303
    assert not is_signed_in(open_before)
    again = sign_in_as(app, email)
    gone = press(keeper, account_id, "/roles/end", role="coordinator", network="nwm")
    assert (gone.status_code, is_signed_in(again)) == (303, False)
    last = sign_in_as(app, email)
    assert [last.get(path).status_code for path in ("/people", "/requests")] == [404, 200]


def test_a_closed_account_comes_in_again_once_it_is_opened(
    app: Flask, database: Database, keeper: FlaskClient
) -> None:
    account_id, email = make_account(database, "auditor")
    client = sign_in_as(app, email)
    press(keeper, account_id, "/close")
    assert (is_signed_in(client), try_sign_in(app.test_client(), email).status_code) == (False, 422)
    press(keeper, account_id, "/open")
    client = sign_in_as(app, email)
    press(keeper, account_id, "/sessions/end")
    assert not is_signed_in(client)
    assert is_signed_in(sign_in_as(app, email))


def test_roles_and_ends_ask_for_a_fresh_password_and_signing_out_does_not(
    app: Flask, database: Database, keeper: FlaskClient
) -> None:
    account_id, _ = make_account(database, "auditor")
    with database.writing() as session:
        for one in session.scalars(select(WebSession)):
            one.proved_at = clock.now() - timedelta(minutes=11)
        session.commit()
    asked = {tail: press(keeper, account_id, tail).status_code for tail in ("/close", "/open")}
    asked |= {tail: press(keeper, account_id, tail, role="envoy").status_code
              for tail in ("/roles", "/roles/end")}  # fmt: skip
    assert set(asked.values()) == {403}
    assert invite(keeper).status_code == 403
    assert press(keeper, account_id, "/sessions/end").status_code == 303
    assert press(keeper, account_id, "/close", proof=PASSWORD).status_code == 303


def test_two_administrators_at_once_the_second_is_told(
    database: Database, keeper: FlaskClient
) -> None:
    account_id, _ = make_account(database, "auditor")
    press(keeper, account_id, "/roles", role="envoy")
    page = f"/accounts/{account_id}"
    stale = post_form(keeper, f"{page}/close", page=page, version="1")
    assert (stale.status_code, "Auditor; Requester" in stale.text) == (409, True)
    assert post_form(keeper, f"{page}/close", page=page).status_code == 422


@pytest.mark.parametrize(
    "values",
    [
        {"email": "nobody"},
        {"role": "mediator"},
        {"role": "owner"},
        {"network": "nowhere"},
        {"network": ""},
        {"name": "x" * 201},
        {"name": "G\u202eerd"},
        {"country": "Atlantis"},
        {"language": "xx"},
        {"password": "chosen by somebody else"},
    ],
)
def test_a_form_that_breaks_a_rule_comes_back_and_invites_nobody(
    database: Database, keeper: FlaskClient, values: dict[str, str]
) -> None:
    assert invite(keeper, **values).status_code == 422
    with database.reading() as session:
        assert list(session.scalars(select(OutboxMessage))) == []


def test_no_mediator_is_on_these_pages(database: Database, keeper: FlaskClient) -> None:
    with database.writing() as session:
        hers = add_account(session, "mediator", mediator=add_mediator(session))
        session.commit()
        address, account_id = hers.email, hers.id
    assert address not in keeper.get("/accounts").text
    assert keeper.get(f"/accounts/{account_id}").status_code == 404
