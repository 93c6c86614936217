"""Messages leave through a real mail server: once, to one recipient each, and never in the clear."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.jobs import Turn, get_job
from roster.mail.delivery import MailServer, Outcome
from roster.mail.messages import Letter
from roster.models import OutboxMessage
from roster.permissions import SCHEDULER
from roster.services.outbox import PAUSES, UNKNOWN_FOR, claim_message
from roster.services.trail import add_message
from roster.settings import Settings

LETTER = Letter("her@example.org", "A page", "Text\n", "en", "m-1")


class Post:
    """A mail server's other end: keeps what came, or answers with ``reply``."""

    def __init__(self) -> None:
        self.received: list[Envelope] = []
        self.reply = "250 OK"
        self.recipient_reply = "250 OK"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.recipient_reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.reply.startswith("250"):
            self.received.append(envelope)
        return self.reply


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def post() -> Iterator[tuple[Post, Controller]]:
    handler = Post()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield handler, controller
    controller.stop(no_assert=True)


@pytest.fixture
def mailing(settings: Settings, post: tuple[Post, Controller]) -> Settings:
    port = post[1].port
    return replace(settings, smtp_url=f"smtp://127.0.0.1:{port}", sender="no-reply@example.org")


def queue(database: Database, *recipients: str) -> None:
    with database.writing() as session:
        for number, recipient in enumerate(recipients):
            add_message(
                session,
                template="invitation",
                language="en",
                recipient=recipient,
                values={"path": f"/i/t{number}", "ends_at": "2026-12-15T00:00:00+00:00"},
                message_id=f"invitation-{number}",
            )
        session.commit()


def deliver(database: Database, settings: Settings) -> int:
    return get_job("outbox").run(Turn(database, settings, SCHEDULER))


def list_states(database: Database) -> list[tuple[str, int, str | None]]:
    with database.reading() as session:
        rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
        return [(row.state, row.attempts, row.problem) for row in rows]


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
        (lambda post: setattr(post, "reply", "554 refused"), ("queued", 1, "554")),
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


def test_what_waited_while_the_server_was_down_is_sent_once_when_it_is_back(
    database: Database, mailing: Settings, post: tuple[Post, Controller]
) -> None:
    down = replace(mailing, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    queue(database, "a@example.org", "b@example.org")
    for minutes in (0, 2, 10, 40):
        with clock.shifted(timedelta(minutes=minutes)):
            assert deliver(database, down) == 0
    assert list_states(database) == [("queued", 4, "unreachable")] * 2
    with clock.shifted(timedelta(hours=3)):
        assert [deliver(database, mailing), deliver(database, mailing)] == [2, 0]
    assert len(post[0].received) == 2


def test_after_the_last_try_a_message_has_failed(database: Database, mailing: Settings) -> None:
    down = replace(mailing, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    queue(database, "a@example.org")
    for day in range(len(PAUSES) + 2):
        with clock.shifted(timedelta(days=day)):
            deliver(database, down)
    assert list_states(database) == [("failed", len(PAUSES) + 1, "unreachable")]


def test_a_death_between_acceptance_and_commit_repeats_the_message_once_under_the_same_id(
    database: Database, mailing: Settings, post: tuple[Post, Controller]
) -> None:
    queue(database, "her@example.org")
    with database.writing() as session:
        claimed = claim_message(session, actor=SCHEDULER, now=clock.now())
        session.commit()
    assert claimed is not None
    server = MailServer.at(mailing.smtp_url, sender=mailing.sender)
    assert server.send(claimed.letter(mailing.base_url)) == Outcome("sent")
    # here the process dies
    assert (deliver(database, mailing), list_states(database)) == (0, [("sending", 1, None)])
    with clock.shifted(UNKNOWN_FOR):
        assert [deliver(database, mailing), deliver(database, mailing)] == [1, 0]
    ids = [message_from_bytes(envelope.content)["Message-ID"] for envelope in post[0].received]
    assert ids == ["<invitation-0@example.org>"] * 2


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
