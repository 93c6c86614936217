"""Her hide link: made on her own page, shown once, and as often of use as she needs it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.models import AuditEvent, Link, Mediator
from roster.services.invitations import find_account
from tests import factories
from tests.access_world import dump
from tests.roster.web.browser import post_form, sign_in_as, stored_password


@pytest.fixture
def woman(database: Database) -> int:
    with database.writing() as session:
        factories.add_mediator(session)
        her = factories.add_mediator(session)
        factories.add_account(session, "mediator", mediator=her, password_hash=stored_password())
        session.commit()
        return her.id


@pytest.fixture
def inside(app: Flask, database: Database, woman: int) -> FlaskClient:
    """Her browser, signed in."""
    with database.reading() as session:
        account = find_account(session, woman)
    assert account is not None
    return sign_in_as(app, account.email)


def make(inside: FlaskClient) -> str:
    """The path of a new hide link, as the page shows it."""
    shown = post_form(inside, "/me/hide-link", page="/me/hide-link")
    assert shown.status_code == 200
    found = re.search(r"http://127.0.0.1:8000(/h/[\w-]{43})\s*</textarea>", shown.text)
    assert found, shown.text
    assert f'href="{found[1]}"' in shown.text
    return found[1]


def list_hidden(database: Database) -> list[int]:
    with database.reading() as session:
        return list(session.scalars(select(Mediator.id).where(Mediator.is_hidden)))


def test_one_press_hides_her_another_says_the_same_and_she_alone_comes_back(
    app: Flask, inside: FlaskClient, database: Database, woman: int
) -> None:
    path, client = make(inside), app.test_client()
    pages = [client.get(path).text]
    first = client.post(path)
    pages.append(client.get(path).text)
    assert list_hidden(database) == [woman]
    once = dump(database)
    with clock.shifted(timedelta(days=300)):
        assert client.post(path).text == first.text
    assert dump(database) == once
    assert pages[0] == pages[1]
    assert "Set-Cookie" not in first.headers
    assert post_form(inside, "/me/show", page="/me").status_code == 303
    assert list_hidden(database) == []
    assert client.post(path).status_code == 200
    assert list_hidden(database) == [woman]


def test_its_address_is_shown_once_and_a_new_one_ends_it(
    app: Flask, inside: FlaskClient, database: Database
) -> None:
    assert "Make the link" in inside.get("/me/hide-link").text
    older = make(inside)
    again = inside.get("/me/hide-link").text
    assert (older in again, "/h/" in again, "You have one since" in again) == (False, False, True)
    newer = make(inside)
    client = app.test_client()
    assert [client.post(path).status_code for path in (older, newer)] == [410, 200]
    with database.reading() as session:
        links = session.scalars(select(Link).order_by(Link.id)).all()
        made = select(AuditEvent.subject_id).where(AuditEvent.action == "hide_link.made")
        assert session.scalars(made).all() == [link.id for link in links]
    assert [link.ends_at - link.created_at for link in links] == [timedelta(days=366)] * 2
    assert [link.used_at for link in links] == [None, None]


def test_nobody_else_makes_one_for_her(app: Flask, database: Database) -> None:
    with database.writing() as session:
        staff = [
            factories.add_account(
                session, role, network="nwm", password_hash=stored_password()
            ).email
            for role in ("coordinator", "envoy")
        ]
        session.commit()
    for email in staff:
        client = sign_in_as(app, email)
        assert client.get("/me/hide-link").status_code == 404
        assert post_form(client, "/me/hide-link", page="/account").status_code == 404
