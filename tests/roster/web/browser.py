"""A browser stand-in that signs in as a person does, and the people for it."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from roster.db import Database
from roster.services.passwords import hash_password
from tests.factories import PASSWORD, add_account

COOKIE = "session_key"
DRAWN = re.compile(
    r'(?:name="csrf_token" value|name="with-\w+" value|with-\w+)="?[^"&]*'
    r"|\b[A-Z]-[0-9]{2}-[A-Z2-9]{5}\b|\b[A-Z][0-9]-[A-Z0-9]{3}\b|\b[A-Z2-9]{4}-[A-Z2-9]{4}\b"
)
"""What is drawn anew for each page or row: tokens, codes of requests, handles, codes of errors."""


@cache
def stored_password() -> str:
    """The stored form of the factories' password: hashed once in a run."""
    return hash_password(PASSWORD)


def make_account(database: Database, role: str = "envoy", **values: Any) -> tuple[int, str]:
    """An account that can sign in: its id and address."""
    with database.writing() as session:
        account = add_account(session, role, password_hash=stored_password(), **values)
        session.commit()
        return account.id, account.email


def read_token(response: TestResponse) -> str:
    """The CSRF token of the first form of a page."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', response.text)
    assert found, response.text
    return found[1]


def without_lots(text: str) -> str:
    """A page without what was drawn by lot, in which any three letters may stand."""
    return DRAWN.sub("", text)


def post_form(client: FlaskClient, path: str, *, page: str = "", **values: Any) -> TestResponse:
    """Post ``values`` to ``path`` with the token of ``page`` (by default of the sign-in page)."""
    token = read_token(client.get(page or "/how-matching-works"))
    return client.post(path, data={"csrf_token": token, **values})


def sign_in_as(app: Flask, email: str, password: str = PASSWORD) -> FlaskClient:
    """A browser of its own in which this account has just signed in."""
    client = app.test_client()
    answer = try_sign_in(client, email, password)
    assert answer.status_code == 303, answer.text
    return client


def try_sign_in(client: FlaskClient, email: str, password: str = PASSWORD) -> TestResponse:
    """One attempt through the form."""
    return post_form(client, "/sign-in", page="/sign-in", email=email, password=password)


def session_key(client: FlaskClient) -> str:
    """The key in this browser's cookie."""
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    return cookie.value


def with_key(app: Flask, key: str) -> FlaskClient:
    """Another browser that replays a key."""
    client = app.test_client()
    client.set_cookie(COOKIE, key)
    return client


def is_signed_in(client: FlaskClient) -> bool:
    """Whether the account page opens."""
    return client.get("/account").status_code == 200
