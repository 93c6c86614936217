"""Every answer: H1, H2 and I5 of the trust design."""

from __future__ import annotations

import gzip
import logging
import re
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.test import TestResponse

from roster.app import create_app
from roster.db import Database
from roster.permissions import Permission
from roster.settings import Settings
from roster.web.access import needs
from tests.roster.web.browser import make_account, post_form, sign_in_as

REQUIRED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def collect_answers(app: Flask, client: FlaskClient) -> dict[str, TestResponse]:
    """One answer of every kind that the service gives."""
    return {
        "page": client.get("/sign-in"),
        "redirect": client.get("/"),
        "file": client.get("/static/look.css", buffered=True),
        "health": client.get("/healthz"),
        "400": client.post("/sign-in"),
        "404": client.get("/nowhere"),
        "404 of a file": client.get("/static/nowhere.css"),
        "405": client.put("/sign-in"),
        "trace": client.open("/", method="TRACE"),
        "413": client.post("/sign-in", data={"email": "x" * 300_000}),
        "500": client.get("/breaks"),
    }


def break_one_page(app: Flask) -> None:
    """A page that fails with a text that nobody may see."""

    @needs(Permission.READ_PUBLIC)
    def fail() -> str:
        raise ZeroDivisionError("SELECT secret FROM /srv/roster/inner.py")

    app.testing = False
    app.add_url_rule("/breaks", view_func=fail)


@pytest.mark.parametrize("base_url", ["http://127.0.0.1:8000", "https://roster.example"])
def test_every_answer_carries_the_protective_headers(
    settings: Settings, database: Database, base_url: str
) -> None:
    app = create_app(replace(settings, base_url=base_url), database)
    break_one_page(app)
    expected = dict(REQUIRED)
    if base_url.startswith("https"):
        expected["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
    for name, answer in collect_answers(app, app.test_client()).items():
        found = {header: answer.headers.get(header) for header in expected}
        assert found == expected, name
        assert ("Strict-Transport-Security" in answer.headers) == base_url.startswith("https")
        assert "Server" not in answer.headers and "X-Powered-By" not in answer.headers


def test_pages_are_not_kept_and_files_are_kept_under_their_hash(
    app: Flask, database: Database
) -> None:
    client = sign_in_as(app, make_account(database)[1])
    page = client.get("/account")
    assert page.headers["Cache-Control"] == "no-store"
    link = re.search(r'href="(/static/look\.css\?v=[0-9a-f]{12})"', page.text)
    assert link
    kept = client.get(link[1], buffered=True).headers["Cache-Control"]
    assert kept == "public, max-age=63072000, immutable"
    assert client.get("/static/look.css", buffered=True).headers["Cache-Control"] == "no-store"


def test_files_are_compressed_for_who_asks_and_pages_never(client: FlaskClient) -> None:
    asks = {"Accept-Encoding": "gzip"}
    plain = client.get("/static/look.css", buffered=True)
    small = client.get("/static/look.css", headers=asks, buffered=True)
    page = client.get("/sign-in", headers=asks)
    assert gzip.decompress(small.data) == plain.data
    assert len(small.data) < len(plain.data) / 2
    assert [each.headers.get("Content-Encoding") for each in (plain, small, page)] == [
        None,
        "gzip",
        None,
    ]
    assert "Accept-Encoding" in small.headers["Vary"]
    again = {**asks, "If-None-Match": small.headers["ETag"]}
    assert client.get("/static/look.css", headers=again, buffered=True).status_code == 304


def test_signing_out_clears_the_browser(app: Flask, database: Database) -> None:
    client = sign_in_as(app, make_account(database)[1])
    answer = post_form(client, "/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_pages_load_nothing_from_elsewhere(app: Flask, database: Database) -> None:
    client = sign_in_as(app, make_account(database)[1])
    for path in ("/sign-in", "/account", "/nowhere", "/how-matching-works"):
        loaded = re.findall(r'(?:src|action|<link[^>]+href)="([^"]*)"', client.get(path).text)
        assert [address for address in loaded if not address.startswith("/")] == [], path


def test_errors_tell_a_code_that_the_log_knows_and_nothing_else(
    own_app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    break_one_page(own_app)
    with caplog.at_level(logging.INFO, "roster.web"):
        answers = collect_answers(own_app, own_app.test_client())
    statuses = {
        "400": 400,
        "404": 404,
        "404 of a file": 404,
        "405": 405,
        "trace": 405,
        "413": 413,
        "500": 500,
    }
    for name, status in statuses.items():
        answer = answers[name]
        assert answer.status_code == status, name
        code = re.search(
            r'<bdi class="code" dir="ltr">([A-Z2-9]{4}-[A-Z2-9]{4})</bdi>', answer.text
        )
        assert code and any(code[1] in record.getMessage() for record in caplog.records), name
        for leak in (
            "Traceback",
            "werkzeug",
            "flask",
            "python",
            "nowhere",
            "SELECT",
            "/srv",
            ".py",
        ):
            assert leak not in answer.text, (name, leak)


def test_a_failing_database_still_gets_a_page_with_its_headers(
    own_app: Flask, database: Database
) -> None:
    client = sign_in_as(own_app, make_account(database)[1])
    with database.engine.begin() as connection:
        connection.execute(text("ALTER TABLE web_session RENAME TO web_session_away"))
    own_app.testing = False
    answer = client.get("/account")
    assert answer.status_code in (500, 503)
    assert answer.headers["Content-Security-Policy"] == REQUIRED["Content-Security-Policy"]
    assert "web_session" not in answer.text
