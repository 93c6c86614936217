"""What the mail server pipes back marks one message, and bad input says so with exit code 2."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from roster.cli import main
from roster.db import Database
from roster.models import AuditEvent, OutboxMessage
from roster.settings import Settings
from tests.post_office import list_states, make_report, queue

Pipe = Callable[[bytes], Result]


@pytest.fixture
def pipe(settings: Settings, database: Database, tmp_path: Path) -> Pipe:
    environment = {
        "ROSTER_DATABASE_URL": settings.database_url,
        "ROSTER_SECRET_KEY": settings.secret_key,
        "ROSTER_KEY_FILE": str(shutil.copy(settings.key_file, tmp_path)),
    }
    return lambda raw: CliRunner(env=environment).invoke(main, ["bounce"], input=raw)


def mark_sent(database: Database) -> None:
    with database.writing() as session:
        for message in session.scalars(select(OutboxMessage)):
            message.state, message.attempts = "sent", 1
        session.commit()


def test_a_report_marks_its_message_once_and_leaves_a_trail(database: Database, pipe: Pipe) -> None:
    queue(database, "a@example.org", "b@example.org")
    mark_sent(database)
    answers = [pipe(make_report("invitation-1", status="5.2.1")) for _ in range(2)]
    assert [(answer.exit_code, answer.output) for answer in answers] == [
        (0, "marked as not delivered\n"),
        (0, "nothing to change\n"),
    ]
    assert list_states(database) == [("sent", 1, None), ("bounced", 1, "5.2.1")]
    with database.reading() as session:
        events = session.execute(select(AuditEvent.actor, AuditEvent.action, AuditEvent.detail))
        assert [tuple(event) for event in events] == [
            ("operator", "message.bounced", {"status": "5.2.1"})
        ]


def test_a_delay_changes_nothing(database: Database, pipe: Pipe) -> None:
    queue(database, "a@example.org")
    mark_sent(database)
    answer = pipe(make_report("invitation-0", action="delayed", status="4.4.1"))
    assert (answer.exit_code, answer.output) == (0, "nothing to change\n")
    assert list_states(database) == [("sent", 1, None)]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "no report of delivery"),
        (b"\xff\x00 nothing", "no report of delivery"),
        (b"y" * 1_100_000, "larger than a report"),
        (make_report("of-somebody-else"), "not sent from here"),
        (make_report("x").replace(b"Message-ID", b"X-ID"), "which message"),
    ],
)
def test_bad_input_is_named_and_changes_nothing(
    database: Database, pipe: Pipe, raw: bytes, words: str
) -> None:
    queue(database, "a@example.org")
    answer = pipe(raw)
    assert (answer.exit_code, words in answer.output) == (2, True), answer.output
    assert list_states(database) == [("queued", 0, None)]
