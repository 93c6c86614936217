"""Every request: S5, S6, I1, I3 and Z2 of the trust design."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from sqlalchemy import inspect, text
from werkzeug.test import TestResponse

from roster.app import create_app
from roster.db import Database
from roster.settings import Settings
from roster.web.access import UndeclaredRoute, check_routes
from tests.factories import PASSWORD, add_mediator
from tests.roster.web.browser import (
    make_account,
    read_token,
    sign_in_as,
    try_sign_in,
)
from tests.work import count_calls, least_seconds

MAY_GROW = {"read_event", "sign_in_counter", "web_session", "ledger_head"}
"""Tables that a GET may touch: read log, counters, session-seen, and the head for order."""


def list_unsafe_paths(app: Flask) -> list[str]:
    """A path of every route that changes something, but one-time links."""
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        return [
            adapter.build(rule.endpoint, dict.fromkeys(rule.arguments, 1), method="POST")
            for rule in app.url_map.iter_rules()
            if "POST" in (rule.methods or ()) and "token" not in rule.arguments
        ]


def test_every_change_wants_the_csrf_token_of_this_very_session(
    app: Flask, database: Database
) -> None:
    """A program's call hears no cookie at all: it has a key or nothing."""
    _, email = make_account(database, "coordinator", network="nwm")
    _, other_email = make_account(database)
    client = sign_in_as(app, email)
    foreign = read_token(sign_in_as(app, other_email).get("/account"))
    old = read_token(app.test_client().get("/sign-in"))
    paths = list_unsafe_paths(app)
    assert len(paths) > 3
    for token in ({}, {"csrf_token": foreign}, {"csrf_token": old}, {"csrf_token": "x"}):
        answers = {path: client.post(path, data=token).status_code for path in paths}
        assert answers == {path: 401 if path.startswith("/api/") else 400 for path in paths}


def test_the_token_from_before_sign_in_is_worth_nothing_after(
    client: FlaskClient, database: Database
) -> None:
    _, email = make_account(database)
    before = read_token(client.get("/sign-in"))
    assert try_sign_in(client, email).status_code == 303
    assert client.post("/language", data={"csrf_token": before}).status_code == 400


def test_reading_every_page_twice_changes_no_row_of_the_domain(
    app: Flask, database: Database
) -> None:
    with database.writing() as session:
        add_mediator(session, network="nwm")
        session.commit()
    client = sign_in_as(app, make_account(database, "coordinator", network="nwm")[1])
    paths = _list_read_paths(app)
    before = _dump(database)
    answers = [client.get(path, buffered=True).status_code for path in [*paths, *paths]]
    assert {200, 404} <= set(answers) and max(answers) < 500
    assert _dump(database) == before


def _list_read_paths(app: Flask) -> list[str]:
    with app.test_request_context():
        adapter = app.url_map.bind("localhost")
        return [
            adapter.build(rule.endpoint, dict.fromkeys(rule.arguments, 1), method="GET")
            for rule in app.url_map.iter_rules()
            if "GET" in (rule.methods or ())
        ]


def _dump(database: Database) -> dict[str, list[str]]:
    tables = sorted(set(inspect(database.engine).get_table_names()) - MAY_GROW)
    with database.engine.connect() as connection:
        return {
            table: sorted(
                str(tuple(row)) for row in connection.execute(text(f'SELECT * FROM "{table}"'))
            )
            for table in tables
        }


EVIL = [
    "//evil.example", "////evil.example", "/\\evil.example", "\\\\evil.example", "/%09/evil.example",
    "/\t/evil.example", "https:evil.example", "https://evil.example", "http:///evil.example",
    "javascript:alert(1)", "%2f%2fevil.example", "/..//evil.example", "evil.example",
    "https://localhost@evil.example", "///evil.example/%2e%2e", "static",
]  # fmt: skip


@pytest.mark.parametrize("wanted", EVIL)
def test_sign_in_never_leads_to_another_host(
    client: FlaskClient, database: Database, wanted: str
) -> None:
    _, email = make_account(database)
    values = {"next": wanted, "with-filename": wanted, "with-_external": "1", "with-_scheme": "x"}
    page = client.get("/sign-in", query_string=values)
    form = {"csrf_token": read_token(page), "email": email, "password": PASSWORD, **values}
    before = client.post("/sign-in", data={**form, "password": "wrong"})
    assert "Location" not in before.headers
    after = client.post("/sign-in", data=form)
    target = urlsplit(urljoin("http://localhost/sign-in", after.headers["Location"]))
    assert (after.status_code, target.scheme, target.netloc) == (303, "http", "localhost")
    again = client.post(
        "/language",
        data={**values, "csrf_token": read_token(client.get("/account")), "language": "en"},
    )
    target = urlsplit(urljoin("http://localhost/language", again.headers["Location"]))
    assert (target.scheme, target.netloc) == ("http", "localhost")


def test_after_sign_in_she_is_where_she_wanted_to_be(
    client: FlaskClient, database: Database
) -> None:
    _, email = make_account(database)
    asked = client.get("/account")
    assert (asked.status_code, asked.headers["Location"]) == (
        303,
        "/sign-in?next=accounts.show_account",
    )
    form = client.get(asked.headers["Location"])
    values = {"email": email, "password": PASSWORD, "next": "accounts.show_account"}
    answer = client.post("/sign-in", data={"csrf_token": read_token(form), **values})
    assert answer.headers["Location"] == "/account"


FORM = "application/x-www-form-urlencoded"
PART = b'--x\r\nContent-Disposition: form-data; name="k"\r\n\r\n1\r\n'
LARGE = {
    "a body of 50 MB": (b"email=" + b"x" * 50_000_000, FORM),
    "100,000 names": (b"&".join(b"k%d=1" % n for n in range(100_000)), FORM),
    "10,000 parts": (PART * 10_000 + b"--x--\r\n", "multipart/form-data; boundary=x"),
    "3,000 small parts": (PART * 3_000 + b"--x--\r\n", "multipart/form-data; boundary=x"),
}


@pytest.mark.parametrize("name", LARGE)
def test_a_question_that_is_too_large_is_refused_at_once(client: FlaskClient, name: str) -> None:
    body, content_type = LARGE[name]

    def send() -> TestResponse:
        return client.post("/sign-in", data=body, content_type=content_type)

    assert send().status_code == 413
    calls, answer = count_calls(send)
    assert (answer.status_code, calls < 200_000) == (413, True)
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "text_given", ["a" * 50_000 + "!", "@" * 50_000, "7" * 50_000, " " * 50_000]
)
def test_long_text_in_a_field_is_answered_at_once(client: FlaskClient, text_given: str) -> None:
    token = read_token(client.get("/sign-in"))
    fields = {"csrf_token": token, "email": text_given, "password": text_given}
    assert client.post("/sign-in", data=fields).status_code == 422
    assert least_seconds(lambda: client.post("/sign-in", data=fields)) < 0.2


def test_a_route_without_a_permission_stops_the_start_by_name(own_app: Flask) -> None:
    own_app.add_url_rule("/forgotten", "forgotten", lambda: "everything")
    with pytest.raises(UndeclaredRoute, match="/forgotten"):
        check_routes(own_app)


def test_a_service_with_such_a_blueprint_does_not_start(
    settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    careless = Blueprint("careless", __name__)
    careless.add_url_rule("/forgotten", "forgotten", lambda: "everything")
    monkeypatch.setattr("roster.app.AUDIENCES", (careless,))
    with pytest.raises(UndeclaredRoute, match="careless.forgotten"):
        create_app(settings, database)
