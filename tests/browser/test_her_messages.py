"""From the engine's clock to her phone: a reminder by a real mail server, and how she is written to."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from typing import cast

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.jobs import Turn, get_job
from roster.models import MessageChoice
from roster.permissions import SCHEDULER
from tests.browser.conftest import OpenVisitor
from tests.browser.look import examine
from tests.browser.server import LiveServer
from tests.browser.women import NAME, add_woman, names_nobody, read_standing
from tests.factories import find_canaries
from tests.post_office import Post, free_port

DAY = timedelta(days=1)
JOBS = ("expiry", "reminders", "digests", "outbox")
TELLING = ("nwm", "nordic", "mediat", "roster", "network", NAME.lower())


def test_one_reminder_a_step_reaches_her_alone_until_she_presses_or_chooses_otherwise(
    visit: OpenVisitor, server: LiveServer, database: Database, language: str
) -> None:
    woman = add_woman(database, language, availability=clock.now() + 15 * DAY)
    with database.writing() as session:
        session.add(MessageChoice(mediator_id=woman.id, quiet_from=None, quiet_until=None))
        session.commit()
    post = Post()
    office = Controller(post, hostname="127.0.0.1", port=free_port())
    office.start()
    try:
        first = pass_days(database, server, post, office.port, until=8)
        assert len(first) == 2  # 14 and 7 days before the end
        assert [one.rcpt_tos for one in first] == [[woman.email]] * 2
        letters = [read_letter(one) for one in first]
        links = [find_link(letter, server.url) for letter in letters]

        her = visit(language, is_weak=True)
        assert her.open(links[0]) == 410  # the newer ended it
        her.open(links[1])
        her.press("Yes, nothing has changed")
        assert her.say("Thank you. That is all.") in her.heading
        assert names_nobody(her)
        assert read_standing(database, woman) == ("available", "self")
        assert pass_days(database, server, post, office.port, until=20) == []

        her.sign_in(woman.email)
        her.follow("Messages to me")
        her.page.locator("[name=channel][value=coordinator]").check()
        her.choose("Nothing from", "20")
        her.choose("until", "9")
        her.press("Save")
        assert her.page.get_by_role("status").count() == 1
        assert pass_days(database, server, post, office.port, until=100) == []
    finally:
        office.stop(no_assert=True)
    with database.reading() as session:
        choice = session.scalars(select(MessageChoice)).one()
        assert (choice.channel, choice.quiet_from, choice.quiet_until) == ("coordinator", 20, 9)
    assert her.complaints == []
    examine(server, her.context.browser)


def pass_days(
    database: Database, server: LiveServer, post: Post, port: int, *, until: int
) -> list[Envelope]:
    """What came to the mail server while the days went by, a week at a time near the end."""
    seen = len(post.received)
    settings = replace(
        server.settings, smtp_url=f"smtp://127.0.0.1:{port}", sender="no-reply@example.org"
    )
    for day in range(0, until + 1, 1 if until < 30 else 5):
        with clock.shifted(day * DAY + timedelta(minutes=1)):
            for name in JOBS:
                get_job(name).run(Turn(database, settings, SCHEDULER))
    return post.received[seen:]


def read_letter(envelope: Envelope) -> str:
    """Subject and text; neither of them, nor its sender, tells who she is or what it is about."""
    letter = message_from_bytes(cast(bytes, envelope.content), policy=default)
    assert letter["From"] == "Notices <no-reply@example.org>"
    assert letter["To"] == envelope.rcpt_tos[0]
    assert (letter["Cc"], letter["Bcc"]) == (None, None)
    shown = f"{letter['Subject']}\n{letter.get_content()}"
    assert [word for word in TELLING if word in shown.lower().replace(letter["To"], "")] == []
    assert find_canaries(shown) == set()
    return shown


def find_link(letter: str, host: str) -> str:
    [address] = re.findall(r"http\S+", letter)
    assert address.startswith(host)
    return address.removeprefix(host)
