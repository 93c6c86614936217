"""Messages leave through a real mail server: once, to one recipient each, and never in the clear."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.mail.delivery import MailServer, Outcome
from roster.mail.messages import Letter
from roster.models import OutboxMessage
from roster.permissions import SCHEDULER
from roster.services.outbox import PAUSES, claim_message
from roster.services.trail import add_message
from roster.settings import Settings
from tests.post_office import Post, deliver, list_states, queue

LETTER = Letter("her@example.org", "A page", "Text\n", "en", "m-1")


def test_each_message_goes_to_one_recipient_and_no_copy(
    database: Database, mailing: Settings, post: tuple[Post, Controller]
) -> None:
    addresses = [f"woman{number}@example.org" for number in range(20)]
    queue(database, *addresses)
    assert deliver(database, mailing) == 20
    received = post[0].received
    assert [envelope.rcpt_tos for envelope in received] == [[address] for address in addresses]
    messages = [message_from_bytes(envelope.content, policy=default) for envelope in received]
    assert [message["To"] for message in messages] == addresses
    assert {name for m in messages for name in m if name.lower() in ("cc", "bcc")} == set()
    assert len({message["Message-ID"] for message in messages}) == 20
    assert list_states(database) == [("sent", 1, None)] * 20
    assert deliver(database, mailing) == 0


def test_a_sent_message_forgets_its_link_except_in_the_demo(
    database: Database, mailing: Settings
) -> None:
    def values_after(settings: Settings) -> list[dict[str, Any]]:
        deliver(database, settings)
        with database.reading() as session:
            rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
            return [row.values for row in rows]

    queue(database, "her@example.org")
    assert values_after(mailing) == [{}]
    with database.writing() as session:
        add_message(
            session,
            template="renewal",
            language="en",
            recipient="her@example.org",
            values={"path": "/r/t", "ends_at": "2026-12-15T00:00:00+00:00"},
            message_id="renewal-1",
        )
        session.commit()
    assert values_after(replace(mailing, is_demo=True))[1]["path"] == "/r/t"


def test_without_a_mail_server_messages_wait(database: Database, settings: Settings) -> None:
    queue(database, "her@example.org")
    assert (deliver(database, settings), list_states(database)) == (0, [("queued", 0, None)])


def test_an_address_with_a_hidden_line_break_is_never_sent(
    database: Database, mailing: Settings, post: tuple[Post, Controller]
) -> None:
    queue(database, "=?UTF-8?Q?=0A?=Bcc: spy@example.org", "a@example.org\r\nRCPT TO:<spy@x.org>")
    assert deliver(database, mailing) == 0
    assert (list_states(database), post[0].received) == ([("failed", 1, "address")] * 2, [])


@pytest.mark.parametrize(
    ("disturb", "state"),
    [
        (lambda post: setattr(post, "recipient_reply", "550 no such box"), ("failed", 1, "550")),
        (lambda post: setattr(post, "recipient_reply", "451 later"), ("queued", 1, "451")),
        (lambda post: setattr(post, "reply", "452 full"), ("queued", 1, "452")),
        (lambda post: setattr(post, "reply", "554 refused"), ("failed", 1, "554")),
    ],
)
def test_a_refusal_is_tried_again_unless_the_recipient_does_not_exist(
    database: Database,
    mailing: Settings,
    post: tuple[Post, Controller],
    disturb: Callable[[Post], None],
    state: tuple[str, int, str],
) -> None:
    disturb(post[0])
    queue(database, "her@example.org")
    assert (deliver(database, mailing), list_states(database)) == (0, [state])
    post[0].reply = post[0].recipient_reply = "250 OK"
    assert deliver(database, mailing) == 0
    with clock.shifted(PAUSES[0]):
        assert deliver(database, mailing) == (state[0] == "queued")


def test_a_server_elsewhere_that_offers_no_encryption_gets_nothing(
    mailing: Settings, post: tuple[Post, Controller]
) -> None:
    # 127.1 is this machine under a name that is not known to be it
    server = MailServer.at(f"smtp://127.1:{post[1].port}", sender=mailing.sender)
    assert (server.send(LETTER), post[0].received) == (Outcome("later", "no_tls"), [])


def test_two_workers_never_claim_the_same_message(database: Database) -> None:
    queue(database, "a@example.org", "b@example.org")
    claimed = []
    for _ in range(3):
        with database.writing() as session:
            claimed.append(claim_message(session, actor=SCHEDULER, now=clock.now()))
            session.commit()
    assert [message and message.recipient for message in claimed] == [
        "a@example.org",
        "b@example.org",
        None,
    ]
