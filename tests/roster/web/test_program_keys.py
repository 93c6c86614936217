"""Keys on one's own account: shown once, kept as a digest, ended by a press."""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Flask
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.models import ProgramKey, WebSession
from tests.factories import PASSWORD
from tests.roster.web.browser import make_account, post_form, sign_in_as


def write_form(**changes: object) -> dict[str, object]:
    last_day = clock.now().date() + timedelta(days=90)
    return {
        "title": "Desk",
        "scopes": ["requests:read"],
        "last_day": last_day.isoformat(),
        **changes,
    }


def list_kept(database: Database) -> list[ProgramKey]:
    with database.reading() as session:
        return list(session.scalars(select(ProgramKey).order_by(ProgramKey.id)))


def test_a_key_is_shown_once_and_opens_until_it_is_ended(app: Flask, database: Database) -> None:
    _, email = make_account(database, "envoy")
    browser = sign_in_as(app, email)
    made = post_form(browser, "/account/keys", page="/account/keys", **write_form())
    (text,) = re.findall(r"wmr_[\w-]{43}", made.text)
    (kept,) = list_kept(database)
    assert text not in kept.key_digest
    assert text not in browser.get("/account/keys").text
    assert "Desk" in browser.get("/account/keys").text
    program = app.test_client(use_cookies=False)
    named = {"Authorization": f"Bearer {text}"}
    assert program.get("/api/v1/requests", headers=named).status_code == 200
    version = list_kept(database)[0].version
    ended = post_form(
        browser, f"/account/keys/{kept.id}/revoke", page="/account/keys", version=version
    )
    assert ended.status_code == 303
    assert program.get("/api/v1/requests", headers=named).status_code == 401


def test_what_a_key_may_not_be_is_said_and_nothing_is_made(app: Flask, database: Database) -> None:
    _, email = make_account(database, "envoy")
    browser, today = sign_in_as(app, email), clock.now().date()
    wrong: list[dict[str, object]] = [
        {"title": ""},
        {"scopes": []},
        {"scopes": ["everything"]},
        {"last_day": (today - timedelta(days=2)).isoformat()},
        {"last_day": (today + timedelta(days=400)).isoformat()},
        {"last_day": "soon"},
    ]
    for changes in wrong:
        form = write_form(**changes)
        answer = post_form(browser, "/account/keys", page="/account/keys", **form)
        assert answer.status_code == 422, changes
    assert list_kept(database) == []


def test_an_account_without_a_use_for_it_makes_no_key(app: Flask, database: Database) -> None:
    _, email = make_account(database, "auditor")
    answer = post_form(sign_in_as(app, email), "/account/keys", **write_form())
    assert answer.status_code == 422
    assert list_kept(database) == []


def test_a_key_needs_a_password_given_within_ten_minutes(app: Flask, database: Database) -> None:
    _, email = make_account(database, "envoy")
    browser = sign_in_as(app, email)
    with database.writing() as session:
        for one in session.scalars(select(WebSession)):
            one.proved_at = clock.now() - timedelta(minutes=11)
        session.commit()
    assert post_form(browser, "/account/keys", **write_form()).status_code == 403
    assert list_kept(database) == []
    proved = post_form(browser, "/account/keys", **write_form(proof=PASSWORD))
    assert (proved.status_code, len(list_kept(database))) == (200, 1)


def test_the_page_for_people_names_every_call_of_the_document(
    app: Flask, database: Database
) -> None:
    _, email = make_account(database, "envoy")
    page = sign_in_as(app, email).get("/for-programs").text.replace("<wbr>", "")
    paths = app.test_client().get("/api/v1/openapi.json").json["paths"]
    assert len(paths) > 15
    assert [path for path in paths if f" {path}</code>" not in page] == []
