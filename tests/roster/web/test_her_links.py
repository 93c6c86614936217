"""Her links: they show nothing, change nothing until pressed, and open or renew once."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from roster.db import Database
from roster.models import (
    Account,
    AuditEvent,
    Availability,
    Link,
    Mediator,
    WebSession,
)
from roster.services.invitations import hand_over, send_renewal
from tests import factories
from tests.roster.web.her_pages import COORDINATOR, Invited, dump, invited, path_of

__all__ = ["invited"]


def test_opening_the_link_changes_nothing_however_often(
    client: FlaskClient, database: Database, invited: Invited
) -> None:
    before = dump(database)
    for agent in ("Mozilla/5.0", "SafeLinks", "Barracuda", "curl"):
        for method in ("GET", "HEAD", "GET"):
            shown = client.open(invited.path, method=method, headers={"User-Agent": agent})
            assert shown.status_code == 200
            assert "Set-Cookie" not in shown.headers

    assert dump(database) == before
    assert client.post(invited.path, data={"answer": "open"}).status_code == 303


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_link_shows_nothing_personal(
    client: FlaskClient, invited: Invited, language: str
) -> None:
    shown = client.get(f"{invited.path}?language={language}")

    assert f'lang="{language}"' in shown.text
    assert factories.find_canaries(shown.text) == set()
    assert "Nordic" not in shown.text and "nwm" not in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["Referrer-Policy"] == "no-referrer"


def test_of_twenty_presses_one_opens_the_form_and_the_rest_find_it_ended(
    app: Flask, database: Database, invited: Invited
) -> None:
    def press(_number: int) -> int:
        return app.test_client().post(invited.path, data={"answer": "open"}).status_code

    with ThreadPoolExecutor(20) as pool:
        statuses = sorted(pool.map(press, range(20)))

    assert statuses == [303] + [410] * 19
    assert app.test_client().get(invited.path).status_code == 410
    with database.reading() as session:
        counts = [
            session.scalar(select(func.count()).select_from(Account)),
            session.scalar(select(func.count()).select_from(WebSession)),
            session.scalar(select(func.count()).where(AuditEvent.action == "invitation.accepted")),
        ]
    assert counts == [1, 1, 1]


@pytest.fixture
def renewal(database: Database) -> Iterator[tuple[int, str]]:
    """A woman with an answer and the address of her renewal link."""
    with database.writing() as session:
        woman = factories.add_mediator(session, time_zone="Asia/Kathmandu")
        sent = send_renewal(session, actor=COORDINATOR, mediator_id=woman.id)
        session.commit()
        yield woman.id, path_of(sent.message)


def test_a_renewal_link_renews_once_and_opens_nothing(
    app: Flask, client: FlaskClient, database: Database, renewal: tuple[int, str]
) -> None:
    _, path = renewal
    before = dump(database)
    assert client.get(path).status_code == 200
    assert factories.find_canaries(client.get(path).text) == set()
    assert dump(database) == before

    def press(_number: int) -> int:
        sent = app.test_client().post(path, data={"answer": "same"})
        assert "Set-Cookie" not in sent.headers
        return sent.status_code

    with ThreadPoolExecutor(20) as pool:
        assert sorted(pool.map(press, range(20))) == [200] + [410] * 19
    with database.reading() as session:
        stated = select(func.count()).where(AuditEvent.action == "availability.stated")
        assert session.scalar(stated) == 1
        assert session.scalars(select(Account)).all() == []
        assert session.scalars(select(WebSession)).all() == []


def test_a_refused_renewal_does_not_spend_the_link(client: FlaskClient, database: Database) -> None:
    with database.writing() as session:
        woman = factories.add_mediator(session, availability=False)
        path = path_of(send_renewal(session, actor=COORDINATOR, mediator_id=woman.id).message)
        session.commit()

    assert client.post(path, data={"answer": "same"}).status_code == 422
    assert client.post(path, data={"answer": "unavailable"}).status_code == 200
    with database.reading() as session:
        said = session.scalars(select(Availability)).one()
    assert (said.status, said.confirmed_by) == ("unavailable", "self")


def test_a_link_that_was_handed_over_renews_but_opens_no_form(
    client: FlaskClient, database: Database
) -> None:
    with database.writing() as session:
        woman = factories.add_mediator(session)
        token = hand_over(session, actor=COORDINATOR, mediator_id=woman.id).token
        session.commit()

    assert client.post(f"/i/{token}", data={"answer": "open"}).status_code == 410
    assert client.post(f"/r/{token}", data={"answer": "same"}).status_code == 200
    assert client.get("/me").status_code == 303


@pytest.mark.parametrize("kind", ["i", "r"])
def test_an_unknown_link_has_ended(client: FlaskClient, database: Database, kind: str) -> None:
    for path in (f"/{kind}/nothing", f"/{kind}/{'A' * 43}"):
        assert client.get(path).status_code == 410
        assert client.post(path, data={"answer": "same"}).status_code == 410


def test_a_link_of_a_woman_who_left_has_ended(
    client: FlaskClient, database: Database, invited: Invited
) -> None:
    with database.writing() as session:
        session.get_one(Mediator, invited.mediator_id).state = "withdrawn"
        session.commit()

    assert client.post(invited.path, data={"answer": "open"}).status_code in (410, 422)
    with database.reading() as session:
        assert session.scalars(select(Account)).all() == []
        assert session.scalars(select(Link.used_at)).all() == [None]
