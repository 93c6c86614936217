"""A link that a coordinator prints: shown once, marked, and good for an answer only."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from roster.db import Database
from roster.models import AuditEvent, Consent, Link, Mediator, OutboxMessage, Record
from tests import factories
from tests.access_world import dump
from tests.roster.web.browser import make_account, post_form, sign_in_as


@pytest.fixture
def record_id(database: Database) -> int:
    """The record of a woman without an address."""
    with database.writing() as session:
        woman = factories.add_mediator(session, has_own_record=False)
        record = session.scalars(select(Record).where(Record.mediator_id == woman.id)).one()
        record.identity.email = record.identity.email_digest = None
        session.commit()
        return record.id


@pytest.fixture
def coordinator(app: Flask, database: Database) -> FlaskClient:
    _, email = make_account(database, "coordinator", network="nwm")
    return sign_in_as(app, email)


def make(client: FlaskClient, record_id: int) -> str:
    page = f"/people/{record_id}/hand-over"
    shown = post_form(client, page, page=page)
    assert shown.status_code == 200, shown.text
    found = re.search(r"http://127.0.0.1:8000(/r/[\w-]{43})\s*</textarea>", shown.text)
    assert found, shown.text
    assert ("Handed over" in shown.text, shown.text.count('role="img"')) == (True, 1)
    assert "<svg width=" in shown.text
    assert "style=" not in shown.text and "<script" not in shown.text
    return found[1]


def test_looking_at_the_page_makes_no_link(
    coordinator: FlaskClient, database: Database, record_id: int
) -> None:
    before = dump(database)
    shown = coordinator.get(f"/people/{record_id}/hand-over")
    assert (shown.status_code, "/r/" in shown.text) == (200, False)
    assert f'href="/people/{record_id}/hand-over"' in coordinator.get(f"/people/{record_id}").text
    assert dump(database) == before


def test_it_is_shown_once_sends_nothing_and_a_new_one_ends_it(
    app: Flask, coordinator: FlaskClient, database: Database, record_id: int
) -> None:
    older = make(coordinator, record_id)
    assert "/r/" not in coordinator.get(f"/people/{record_id}/hand-over").text
    newer = make(coordinator, record_id)
    client = app.test_client()
    answers = [client.post(path, data={"answer": "same"}).status_code for path in (older, newer)]
    assert answers == [410, 200]
    with database.reading() as session:
        links = session.scalars(select(Link)).all()
        handed = select(AuditEvent.network_code).where(AuditEvent.action == "renewal.handed_over")
        assert session.scalars(handed).all() == ["nwm", "nwm"]
        assert session.scalars(select(OutboxMessage)).all() == []
    assert [(link.purpose, link.was_handed_over) for link in links] == [("renewal", True)] * 2


def test_on_paper_stands_the_link_and_neither_her_name_nor_whose_service_it_is(
    coordinator: FlaskClient, record_id: int
) -> None:
    page = f"/people/{record_id}/hand-over"
    printed = post_form(coordinator, page, page=page).text.partition("<body")[2]
    while 'class="noprint"' in printed:
        printed = without_first_unprinted(printed)
    assert "/r/" in printed and "<svg width=" in printed
    assert factories.find_canaries(printed) == set()
    assert "Roster of Women Mediators" not in printed


def without_first_unprinted(page: str) -> str:
    """The page without its first element that paper leaves out, to that element's own end."""
    start = page.index('<div class="noprint"')
    depth = 0
    for tag in re.finditer(r"<(/?)div\b", page[start:]):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return page[:start] + page[start + tag.end() :]
    raise AssertionError("an element that does not end")


def test_it_never_agrees_and_never_opens_a_page_of_hers(
    app: Flask, coordinator: FlaskClient, database: Database, record_id: int
) -> None:
    token = make(coordinator, record_id).rpartition("/")[2]
    with database.reading() as session:
        consents = session.scalars(select(Consent.id)).all()
    client = app.test_client()
    for kind in ("i", "c", "s", "h", "a"):
        for answer in ("open", "same", "none", "again"):
            status = client.post(f"/{kind}/{token}", data={"answer": answer}).status_code
            assert status in (410, 422), kind
    assert client.get("/me").status_code == 303
    with database.reading() as session:
        assert session.scalars(select(Consent.id)).all() == consents


def test_who_has_left_is_given_no_link(
    coordinator: FlaskClient, database: Database, record_id: int
) -> None:
    page = f"/people/{record_id}/hand-over"
    shown = coordinator.get(page)
    with database.writing() as session:
        session.get_one(Mediator, session.get_one(Record, record_id).mediator_id).state = "deceased"
        session.commit()
    token = re.search(r'name="csrf_token" value="([^"]+)"', shown.text)
    assert token is not None
    answer = coordinator.post(page, data={"csrf_token": token[1]})
    assert answer.status_code in (303, 404)
    with database.reading() as session:
        assert session.scalars(select(Link)).all() == []
