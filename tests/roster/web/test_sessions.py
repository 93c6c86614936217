"""Server-side sessions: S1 to S4 of the trust design."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster import clock
from roster.app import create_app
from roster.db import Database
from roster.models import AuditEvent, WebSession
from roster.permissions import OPERATOR
from roster.services import accounts
from roster.settings import Settings
from tests.factories import PASSWORD
from tests.roster.web.browser import (
    COOKIE,
    is_signed_in,
    make_account,
    post_form,
    session_key,
    sign_in_as,
    try_sign_in,
    with_key,
)


def test_a_sign_in_replaces_the_key_and_the_earlier_one_opens_nothing(
    app: Flask, client: FlaskClient, database: Database
) -> None:
    _, email = make_account(database)
    client.get("/sign-in")
    before = session_key(client)
    assert try_sign_in(client, email).status_code == 303
    assert session_key(client) != before
    assert is_signed_in(client)
    assert not is_signed_in(with_key(app, before))


def test_the_key_itself_is_not_stored(app: Flask, database: Database) -> None:
    _, email = make_account(database)
    key = session_key(sign_in_as(app, email))
    with database.reading() as session:
        stored = session.scalars(select(WebSession)).one()
    assert key not in str(vars(stored)) and len(stored.key_digest) == 64


def change_password(app: Flask, client: FlaskClient, account_id: int) -> None:
    new = "k7#Qm2!xPw9z"
    answer = post_form(client, "/account/password", current=PASSWORD, new=new, again=new)
    assert answer.status_code == 303


def change_roles(app: Flask, client: FlaskClient, account_id: int) -> None:
    with app.extensions["database"].writing() as session:
        grants = (accounts.Grant("auditor"),)
        accounts.change_roles(session, actor=OPERATOR, account_id=account_id, grants=grants)
        session.commit()


def deactivate(app: Flask, client: FlaskClient, account_id: int) -> None:
    with app.extensions["database"].writing() as session:
        accounts.deactivate_account(session, actor=OPERATOR, account_id=account_id)
        session.commit()


def replace_password(app: Flask, client: FlaskClient, account_id: int) -> None:
    with app.extensions["database"].writing() as session:
        accounts.replace_password(
            session, actor=OPERATOR, account_id=account_id, password_hash="another"
        )
        session.commit()


@pytest.mark.parametrize("change", [change_password, change_roles, deactivate, replace_password])
def test_every_open_session_ends_when_a_right_or_secret_changes(
    app: Flask, database: Database, change: Callable[[Flask, FlaskClient, int], None]
) -> None:
    account_id, email = make_account(database)
    clients = [sign_in_as(app, email) for _ in range(3)]
    keys = [session_key(client) for client in clients]
    change(app, clients[0], account_id)
    assert [is_signed_in(with_key(app, key)) for key in keys] == [False, False, False]


def test_whoever_changed_her_password_goes_on_with_a_new_key(
    app: Flask, database: Database
) -> None:
    account_id, email = make_account(database)
    client = sign_in_as(app, email)
    before = session_key(client)
    change_password(app, client, account_id)
    assert is_signed_in(client) and session_key(client) != before
    said = "Your password is changed."
    assert [said in client.get("/account").text for _ in range(2)] == [False, False]


def test_a_sign_out_ends_this_session_and_no_other(app: Flask, database: Database) -> None:
    _, email = make_account(database)
    client, other = sign_in_as(app, email), sign_in_as(app, email)
    key = session_key(client)
    answer = post_form(client, "/sign-out")
    assert answer.status_code == 303
    assert client.get_cookie(COOKIE) is None
    assert (is_signed_in(with_key(app, key)), is_signed_in(other)) == (False, True)


def test_signing_in_and_out_leaves_a_trail_of_codes(app: Flask, database: Database) -> None:
    account_id, email = make_account(database)
    post_form(sign_in_as(app, email), "/sign-out")
    with database.reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [(e.actor, e.action, e.subject_id, e.detail) for e in events] == [
        (f"account:{account_id}", "sign_in", account_id, {}),
        (f"account:{account_id}", "sign_out", account_id, {}),
    ]


def test_a_session_unused_for_half_an_hour_has_ended(app: Flask, database: Database) -> None:
    _, email = make_account(database)
    client = sign_in_as(app, email)
    with clock.shifted(timedelta(minutes=29)):
        assert is_signed_in(client)
    with clock.shifted(timedelta(minutes=58)):
        assert is_signed_in(client)
    with clock.shifted(timedelta(minutes=89)):
        assert not is_signed_in(client)


def test_a_session_in_constant_use_ends_after_twelve_hours(app: Flask, database: Database) -> None:
    _, email = make_account(database)
    client = sign_in_as(app, email)
    answers = []
    for minutes in [*range(20, 720, 20), 719, 721]:
        with clock.shifted(timedelta(minutes=minutes)):
            answers.append(is_signed_in(client))
    assert answers == [True] * 36 + [False]


def test_cookies_over_http_are_hidden_from_scripts_and_other_sites(
    client: FlaskClient, database: Database
) -> None:
    _, email = make_account(database)
    answers = [client.get("/sign-in"), try_sign_in(client, email)]
    answers.append(post_form(client, "/language", language="fr"))
    cookies = [line for answer in answers for line in answer.headers.getlist("Set-Cookie")]
    assert {line.split("=")[0] for line in cookies} == {"session_key", "language"}
    assert all("HttpOnly" in line and "SameSite=Lax" in line for line in cookies)
    assert not any("Domain=" in line for line in cookies)


def test_cookies_over_https_are_bound_to_the_host(settings: Settings, database: Database) -> None:
    _, email = make_account(database)
    app = create_app(replace(settings, base_url="https://roster.example"), database)
    client = app.test_client()
    first = client.get("/sign-in", base_url="https://roster.example")
    (cookie,) = first.headers.getlist("Set-Cookie")
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain=" not in cookie and "Max-Age" not in cookie and "Expires" not in cookie


def test_a_page_without_a_form_sets_no_cookie(client: FlaskClient) -> None:
    for path in ("/healthz", "/", "/static/look.css"):
        assert client.get(path, buffered=True).headers.getlist("Set-Cookie") == [], path


def test_a_remember_cookie_is_never_set_nor_taken(app: Flask, database: Database) -> None:
    account_id, email = make_account(database)
    client = sign_in_as(app, email)
    assert client.get_cookie("remember_token") is None
    stranger = app.test_client()
    stranger.set_cookie("remember_token", f"{account_id}|{'0' * 128}")
    assert not is_signed_in(stranger)
