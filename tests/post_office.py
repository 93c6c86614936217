"""A real mail server for tests, and the outbox as the jobs see it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import select

from roster.db import Database
from roster.jobs import Turn, get_job
from roster.models import OutboxMessage
from roster.permissions import SCHEDULER
from roster.services.trail import add_message
from roster.settings import Settings


class Post:
    """A mail server's other end: keeps what came, or answers with ``reply``."""

    def __init__(self) -> None:
        self.received: list[Envelope] = []
        self.reply = "250 OK"
        self.recipient_reply = "250 OK"
        self.before_reply: Callable[[], None] = lambda: None

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.recipient_reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient_reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.reply.startswith("250"):
            self.received.append(envelope)
        self.before_reply()
        return self.reply


def free_port() -> int:
    """A port on which nobody answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def odd_server(*replies: str) -> Iterator[int]:
    """A server that says ``replies`` in turn, one for each line (or message) it hears, then hangs
    up; without any reply it says nothing at all. Gives its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    threading.Thread(target=_answer_oddly, args=(listener, replies), daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()


def _answer_oddly(listener: socket.socket, replies: tuple[str, ...]) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection, connection.makefile("rwb") as talk:
            if not replies:
                talk.readline()  # until the other side gives up
                continue
            is_data = False
            for reply in replies:
                talk.write(reply.encode() + b"\r\n")
                talk.flush()
                is_data = reply.startswith("354")
                while (line := talk.readline()) and is_data and line != b".\r\n":
                    pass


def queue(database: Database, *recipients: str) -> None:
    """Queue one message to each."""
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
    """Run the job once; how many were sent."""
    return get_job("outbox").run(Turn(database, settings, SCHEDULER))


def list_states(database: Database) -> list[tuple[str, int, str | None]]:
    """State, tries and problem of every message in the order in which they were queued."""
    with database.reading() as session:
        rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
        return [(row.state, row.attempts, row.problem) for row in rows]


def make_report(
    message_id: str,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    kind: str = "message/rfc822",
) -> bytes:
    """A delivery status notification as a mail server writes it (RFC 3464)."""
    body = "\nText of hers\n" if kind == "message/rfc822" else ""
    return f"""From: MAILER-DAEMON@example.org
To: no-reply@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

--=_b
Content-Type: text/plain

It did not work.

--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org

Final-Recipient: rfc822; her@example.org
Action: {action}
Status: {status}

--=_b
Content-Type: {kind}

Subject: A page for you to look at
Message-ID: <{message_id}@example.org>
{body}
--=_b--
""".encode()
