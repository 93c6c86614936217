"""Reminders from end to end: the jobs, a real mail server, and what it receives."""

from __future__ import annotations

import re
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast

import pytest
from aiosmtpd.controller import Controller
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.jobs import ASKS_ABOVE_ROWS, Asks, Turn, get_job
from roster.models import (
    Consent,
    Identity,
    Mediator,
    MessageChoice,
    OutboxMessage,
    Record,
    Reminder,
)
from roster.permissions import SCHEDULER, Actor
from roster.scheduler import run_when_due
from roster.services.availability import renew
from roster.settings import Settings
from tests import factories
from tests.post_office import Post

DAY = timedelta(days=1)
NAME = "=?UTF-8?Q?=0A?=Bcc: spy@example.org\r\nBcc: spy@example.org"
AT_ANY_HOUR = {"quiet_from": None, "quiet_until": None}


def add_woman(session: Session, *, ends: timedelta, **columns: Any) -> Mediator:
    woman = factories.add_mediator(session, availability=False, **columns)
    factories.add_availability(
        session,
        woman,
        valid_until=clock.now() + ends,
        confirmed_at=clock.now() - timedelta(days=60),
    )
    session.add(MessageChoice(mediator_id=woman.id, **AT_ANY_HOUR))
    session.flush()
    return woman


def run(database: Database, settings: Settings, *names: str) -> list[int]:
    turn = Turn(database, settings, SCHEDULER)
    return [get_job(name).run(turn) for name in names]


def read_mail(post: tuple[Post, Controller]) -> list[EmailMessage]:
    return [
        cast(EmailMessage, message_from_bytes(cast(bytes, one.content), policy=default))
        for one in post[0].received
    ]


def test_from_first_reminder_to_the_end_each_message_goes_once_to_her_alone_and_says_nothing(
    database: Database, mailing: Settings, post: tuple[Post, Controller]
) -> None:
    with database.writing() as session:
        add_woman(session, ends=15 * DAY, name=NAME, language="fr")
        factories.add_mediator(session)  # noise: nothing is due of her
        coordinator = factories.add_account(session, "coordinator", network="nwm")
        session.commit()
        own = select(Identity).join(Record).where(Record.network_code.is_(None))
        hers = session.scalars(own.order_by(Record.id)).first()
        assert hers is not None
    for day in range(18):
        for hour in (0, 8):
            with clock.shifted(day * DAY + timedelta(hours=hour)):
                run(database, mailing, "expiry", "reminders", "digests", "outbox")
    mail = read_mail(post)
    to_her = [one for one in mail if one["To"] == hers.email]
    to_coordinator = [one for one in mail if one["To"] == coordinator.email]
    assert (len(to_her), len(to_coordinator)) == (4, 1)  # -14, -7, -1 and the end; one digest
    assert len(mail) == 5
    assert all(len(one.rcpt_tos) == 1 for one in post[0].received)
    for one in mail:
        assert {name.lower() for name in one} & {"cc", "bcc"} == set()
        assert one["From"] == "Notices <no-reply@example.org>"
        text = re.sub(r"/[\w-]{30,}", "/", one.get_content())  # a token may hold any three letters
        shown = f"{one['Subject']} {text}".lower()
        assert factories.find_canaries(shown) == set()
        told = ("spy", "nwm", "nordic", "mediat", "médiat", "roster of", "conflict", "network")
        assert [word for word in told if word in shown] == []
    assert len({one["Message-ID"] for one in mail}) == 5
    assert all("/r/" in one.get_content() for one in to_her)


def test_an_answer_before_the_message_leaves_stops_it_and_a_later_end_starts_anew(
    database: Database, mailing: Settings, post: tuple[Post, Controller]
) -> None:
    with database.writing() as session:
        woman = add_woman(session, ends=7 * DAY)
        session.commit()
    assert run(database, mailing, "reminders") == [1]
    with database.writing() as session:
        renew(session, actor=Actor("link", mediator_id=woman.id), mediator_id=woman.id)
        session.commit()
    assert run(database, mailing, "reminders", "outbox") == [0, 0]
    with clock.shifted(76 * DAY):
        assert run(database, mailing, "reminders", "outbox") == [1, 1]
    assert len(post[0].received) == 1


def test_two_schedulers_write_one_message(database: Database, settings: Settings) -> None:
    with database.writing() as session:
        add_woman(session, ends=7 * DAY)
        session.commit()
    turns = [Turn(database, settings, SCHEDULER, holder) for holder in ("a", "b")]
    outcomes = [run_when_due(get_job("reminders"), turn) for turn in (*turns, *turns)]
    assert outcomes == ["done", "elsewhere", "already", "elsewhere"]
    assert run(database, settings, "reminders") == [0]
    with database.reading() as session:
        assert session.scalar(select(func.count(OutboxMessage.id))) == 1
        assert session.scalars(select(Reminder.step)).all() == ["days_7"]


def test_a_clock_that_leaps_asks_before_it_reminds_everybody_and_writes_nothing(
    database: Database, settings: Settings
) -> None:
    with database.writing() as session:
        add_many(session, ASKS_ABOVE_ROWS + 5)
        session.commit()
    turn = Turn(database, settings, SCHEDULER, "a")
    assert run_when_due(get_job("reminders"), turn) == "done"
    for leap in (80 * DAY, 3650 * DAY):
        with clock.shifted(leap):
            outcome = run_when_due(get_job("reminders"), turn)
            assert outcome == ("asks" if leap == 80 * DAY else "done")
            with database.reading() as session:
                assert session.scalar(select(func.count(OutboxMessage.id))) == 0
    with clock.shifted(80 * DAY):
        with pytest.raises(Asks):
            run(database, settings, "reminders")
        confirmed = Turn(database, settings, SCHEDULER, is_confirmed=True)
        get_job("reminders").run(confirmed)
    with database.reading() as session:
        assert session.scalar(select(func.count(Reminder.id))) == ASKS_ABOVE_ROWS + 5


def test_many_who_are_due_in_one_ordinary_hour_are_not_asked_about(
    database: Database, settings: Settings
) -> None:
    with database.writing() as session:
        add_many(session, ASKS_ABOVE_ROWS + 5)
        session.commit()
    outcomes = []
    for hours in range(24 * 75, 24 * 77, 12):
        with clock.shifted(timedelta(hours=hours)):
            turn = Turn(database, settings, SCHEDULER, f"a{hours}")
            outcomes.append(run_when_due(get_job("reminders"), turn))
    assert outcomes == ["done"] * 4
    with database.reading() as session:
        assert session.scalar(select(func.count(Reminder.id))) == ASKS_ABOVE_ROWS + 5


def add_many(session: Session, count: int) -> None:
    """Women with nothing but an answer of 90 days, two consents and no address, quick to make."""
    women = [Mediator(created_at=clock.now()) for _ in range(count)]
    session.add_all(women)
    session.flush()
    until = clock.now() + 400 * DAY
    for woman in women:
        factories.add_availability(session, woman)
        session.add_all(
            Consent(
                mediator_id=woman.id,
                purpose=purpose,
                text_version="1",
                language="en",
                given_at=clock.now(),
                valid_until=until,
            )
            for purpose in ("membership_file", "matching")
        )
    session.flush()
