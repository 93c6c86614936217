"""Whatever a mail server does for an hour, nothing is lost and nothing is sent twice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller

from roster import clock
from roster.db import Database
from roster.mail.delivery import MailServer, Outcome
from roster.mail.messages import Letter
from roster.services.outbox import PAUSES, UNKNOWN_FOR
from roster.settings import Settings
from tests.post_office import Post, deliver, free_port, list_states, odd_server, queue

ROOT = Path(__file__).parents[3]
LETTER = Letter("her@example.org", "A page", "Text\n", "en", "m-1")
TAKEN = ("220 here", "250 hello", "250 sender", "250 recipient", "354 go on", "250 taken")


def ids_of(post: Post) -> list[str]:
    return [str(message_from_bytes(one.content)["Message-ID"]) for one in post.received]


def send_oddly(*replies: str) -> Outcome:
    with odd_server(*replies) as port:
        url = f"smtp://127.0.0.1:{port}"
        return MailServer.at(url, sender="no-reply@example.org", timeout=0.5).send(LETTER)


@pytest.mark.parametrize(
    ("replies", "outcome"),
    [
        ((), Outcome("later", "protocol")),
        (("421 not now",), Outcome("later", "421")),
        (("220 here", "250 hello", "250 sender"), Outcome("later", "protocol")),
        ((*TAKEN[:4], "354 go on"), Outcome("later", "protocol")),
        ((*TAKEN[:5], "554 5.7.1 no"), Outcome("refused", "554")),
        ((*TAKEN[:5], "451 4.3.0 later"), Outcome("later", "451")),
        (("220 here", "250 hello", "550 who are you"), Outcome("later", "550")),
        ((*TAKEN, "221 bye"), Outcome("sent")),
        ((*TAKEN, "421 too late to say so"), Outcome("sent")),
        (TAKEN, Outcome("sent")),
    ],
)
def test_a_message_is_sent_when_the_server_took_it_and_not_before(
    replies: Sequence[str], outcome: Outcome
) -> None:
    assert send_oddly(*replies) == outcome


def test_while_nobody_answers_one_message_a_turn_is_tried_and_the_others_wait(
    database: Database, mailing: Settings, post: tuple[Post, Controller]
) -> None:
    down = replace(mailing, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    queue(database, *(f"woman{number}@example.org" for number in range(5)))
    assert deliver(database, down) == 0
    assert list_states(database) == [("queued", 1, "unreachable")] + [("queued", 0, None)] * 4
    assert deliver(database, mailing) == 4
    with clock.shifted(PAUSES[0]):
        assert [deliver(database, mailing), deliver(database, mailing)] == [1, 0]
    assert sorted(ids_of(post[0])) == [f"<invitation-{number}@example.org>" for number in range(5)]


def test_an_hour_of_every_trouble_loses_and_doubles_nothing(
    database: Database, mailing: Settings, post: tuple[Post, Controller]
) -> None:
    queue(database, *(f"woman{number}@example.org" for number in range(12)))
    down = replace(mailing, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    with odd_server("421 not now") as closed, odd_server(*TAKEN[:4]) as cut:
        troubles = [
            down,
            replace(mailing, smtp_url=f"smtp://127.0.0.1:{closed}"),
            replace(mailing, smtp_url=f"smtp://127.0.0.1:{cut}"),
        ]
        for minute in range(0, 60, 5):
            with clock.shifted(timedelta(minutes=minute)):
                assert deliver(database, troubles[minute // 5 % 3]) == 0
    post[0].reply = "452 4.2.2 full"
    with clock.shifted(timedelta(hours=1)):
        assert deliver(database, mailing) == 0
    post[0].reply = "250 OK"
    sent = 0
    for hour in range(1, 24):
        with clock.shifted(timedelta(hours=hour, minutes=1)):
            sent += deliver(database, mailing)
    assert sent == 12
    assert {state for state, _, _ in list_states(database)} == {"sent"}
    assert sorted(ids_of(post[0])) == sorted(
        f"<invitation-{number}@example.org>" for number in range(12)
    )


def test_after_the_last_try_a_message_has_failed(database: Database, mailing: Settings) -> None:
    down = replace(mailing, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    queue(database, "a@example.org")
    for day in range(len(PAUSES) + 2):
        with clock.shifted(timedelta(days=day)):
            deliver(database, down)
    assert list_states(database) == [("failed", len(PAUSES) + 1, "unreachable")]


def test_a_process_killed_between_acceptance_and_commit_repeats_one_message_under_its_id(
    database: Database, mailing: Settings, post: tuple[Post, Controller], tmp_path: Path
) -> None:
    queue(database, "a@example.org", "b@example.org", "c@example.org")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ROSTER_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "roster", "run-job", "outbox"],
        cwd=ROOT,
        env={
            **kept,
            "ROSTER_DATABASE_URL": mailing.database_url,
            "ROSTER_SECRET_KEY": mailing.secret_key,
            "ROSTER_KEY_FILE": str(shutil.copy(mailing.key_file, tmp_path)),
            "ROSTER_SMTP_URL": mailing.smtp_url,
            "ROSTER_SENDER": mailing.sender,
        },
    )

    def kill_at_the_second() -> None:
        if len(post[0].received) == 2:
            os.kill(process.pid, signal.SIGKILL)
            process.wait(timeout=60)

    post[0].before_reply = kill_at_the_second
    assert process.wait(timeout=60) == -signal.SIGKILL
    post[0].before_reply = lambda: None
    assert [state for state, _, _ in list_states(database)] == ["sent", "sending", "queued"]
    assert deliver(database, mailing) == 1
    with clock.shifted(UNKNOWN_FOR):
        assert [deliver(database, mailing), deliver(database, mailing)] == [1, 0]
    assert ids_of(post[0]) == [f"<invitation-{number}@example.org>" for number in (0, 1, 2, 1)]
