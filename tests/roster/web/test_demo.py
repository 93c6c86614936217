"""The demo's outbox: for whoever sits at this machine, in the demo only."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import select

from roster.app import create_app
from roster.db import Database
from roster.models import OutboxMessage, Record
from roster.permissions import OPERATOR
from roster.services.invitations import invite
from roster.services.trail import add_message
from roster.settings import Settings
from tests.factories import add_mediator


@pytest.fixture
def demo(settings: Settings, database: Database) -> Flask:
    return create_app(replace(settings, is_demo=True), database)


def invite_somebody(database: Database) -> str:
    """Send an invitation; the path of its link."""
    with database.writing() as session:
        woman = add_mediator(session, network="nwm", consents=False, has_own_record=False)
        record = session.scalars(select(Record).where(Record.mediator_id == woman.id)).one()
        sent = invite(session, actor=OPERATOR, record_id=record.id)
        session.commit()
        assert sent.message
        return str(sent.message.values["path"])


def test_the_outbox_shows_a_message_and_opens_its_link(demo: Flask, database: Database) -> None:
    assert "Nothing was sent yet." in demo.test_client().get("/outbox").text
    path = invite_somebody(database)
    page = demo.test_client().get("/outbox")
    assert (page.status_code, f'href="{path}"' in page.text, "1 message" in page.text) == (
        200,
        True,
        True,
    )
    assert demo.test_client().get(path).status_code == 200


def test_a_message_that_was_called_back_is_not_shown(demo: Flask, database: Database) -> None:
    path, other = invite_somebody(database), invite_somebody(database)
    with database.writing() as session:
        first = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id).limit(1)).one()
        first.state, first.values = "cancelled", {}
        session.commit()
    page = demo.test_client().get("/outbox").text
    assert (f'href="{path}"' in page, f'href="{other}"' in page) == (False, True)


def test_every_link_of_a_reminder_is_offered(demo: Flask, database: Database) -> None:
    with database.writing() as session:
        woman = add_mediator(session)
        add_message(
            session,
            template="reminder",
            language="en",
            recipient="her@example.org",
            values={
                "items": [
                    {"about": "consent", "path": "/c/t", "ends_at": "2027-01-01T00:00:00+00:00"},
                    {"about": "declaration", "path": "/me"},
                ]
            },
            message_id="m",
            mediator_id=woman.id,
        )
        session.commit()
    page = demo.test_client().get("/outbox").text
    assert ('class="btn alt" href="/c/t"' in page, 'class="btn alt" href="/me"' in page) == (
        True,
        True,
    )


@pytest.mark.parametrize("address", ["192.0.2.7", "2001:db8::1", ""])
def test_nobody_elsewhere_sees_the_outbox(demo: Flask, address: str) -> None:
    client = demo.test_client()
    client.environ_base["REMOTE_ADDR"] = address
    assert client.get("/outbox").status_code == 404


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
def test_nobody_behind_a_proxy_of_this_machine_sees_the_outbox(demo: Flask, header: str) -> None:
    assert demo.test_client().get("/outbox", headers={header: "127.0.0.1"}).status_code == 404


def test_a_service_that_is_no_demo_has_no_outbox(app: Flask) -> None:
    assert "/outbox" not in {rule.rule for rule in app.url_map.iter_rules()}
