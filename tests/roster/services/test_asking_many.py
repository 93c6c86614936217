"""Many women are asked at once, each within her own choices; the rest are told with the reason."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound
from roster.mail.messages import write_letter
from roster.models import (
    Availability,
    Consent,
    Identity,
    Mediator,
    MessageChoice,
    OutboxMessage,
    Record,
    Reminder,
)
from roster.permissions import Actor
from roster.services.asking_many import ask_many, list_to_ask, preview
from tests.factories import add_mediator, add_record

DAY = timedelta(days=1)
NORDIC = Actor("account", account_id=None, coordinates=frozenset({"nwm"}))
BOTH = Actor("account", account_id=None, coordinates=frozenset({"nwm", "awmn"}))


def add_ending(session: Session, *, left: float = 5, **columns: Any) -> Mediator:
    """Her answer was given 80 days ago and ends in ``left`` days; the job's step is noted."""
    now = clock.now()
    her = add_mediator(session, availability=now + left * DAY, **columns)
    row = session.scalars(select(Availability).where(Availability.mediator_id == her.id)).one()
    row.confirmed_at = now - 80 * DAY
    row.expired_at = now if left <= 0 else None
    session.add_all(
        Reminder(mediator_id=her.id, about="availability", about_id=row.id, step=step, at=now)
        for step in ("days_14", "days_7", "days_1")
    )
    session.flush()
    return her


def add_message(
    session: Session, her: Mediator, template: str, at: datetime, **columns: Any
) -> None:
    session.add(
        OutboxMessage(
            n=0, template=template, language="en", recipient="her@example.org", values={},
            mediator_id=her.id, message_id=f"{her.id}-{template}", created_at=at, due_at=at,
            state="sent", **columns,
        )
    )  # fmt: skip
    session.flush()


def choose(session: Session, her: Mediator, **choice: Any) -> None:
    session.add(MessageChoice(mediator_id=her.id, **choice))
    session.flush()


def reasons(
    session: Session, which: str = "ending", actor: Actor = NORDIC
) -> dict[int, str | None]:
    found = list_to_ask(session, actor=actor, which=which, now=clock.now())
    return {one.mediator_id: one.why for one in found.women}


def ask_all(session: Session, which: str = "ending", actor: Actor = NORDIC) -> int:
    now = clock.now()
    found = list_to_ask(session, actor=actor, which=which, now=now)
    chosen = [one.record_id for one in found.women]
    return ask_many(session, actor=actor, which=which, record_ids=chosen, now=now)


def test_each_group_holds_its_women_and_none_of_another_network(database: Database) -> None:
    with database.writing() as session:
        ending, ended = add_ending(session), add_ending(session, left=-3)
        silent = add_mediator(session, availability=False)
        add_mediator(session)
        add_ending(session, network="awmn")
        add_ending(session, is_hidden=True)
        add_mediator(session, consents=False, availability=False)
        assert reasons(session) == {ending.id: None}
        assert reasons(session, "ended") == {ended.id: None}
        assert reasons(session, "none") == {silent.id: None}


def test_who_is_no_coordinator_asks_nobody(database: Database) -> None:
    with database.writing() as session:
        add_ending(session)
        for actor in (Actor("account", roles=frozenset({"envoy"})), Actor("anonymous")):
            with pytest.raises(NotFound):
                ask_all(session, actor=actor)


def test_what_she_has_chosen_goes_before(database: Database) -> None:
    with database.writing() as session:
        now = clock.now()
        women = {name: add_ending(session) for name in (
            "speak_to_her", "no_reminders", "written_this_week", "no_address", "paused",
            "consent_missing", "due_today", "written_today", "asked_already",
        )}  # fmt: skip
        choose(session, women["speak_to_her"], channel="coordinator")
        choose(session, women["no_reminders"], cadence="none")
        choose(session, women["written_this_week"], cadence="weekly")
        add_message(session, women["written_this_week"], "reminder", now - 3 * DAY)
        for identity in session.scalars(
            select(Identity).join(Record).where(Record.mediator_id == women["no_address"].id)
        ):
            identity.email = None
        women["paused"].paused_until = now + 9 * DAY
        for consent in session.scalars(
            select(Consent).where(
                Consent.mediator_id == women["consent_missing"].id,
                Consent.purpose == "membership_file",
            )
        ):
            consent.withdrawn_at = now
        for row in session.scalars(
            select(Reminder).where(Reminder.mediator_id == women["due_today"].id)
        ):
            session.delete(row)
        add_message(session, women["written_today"], "consent", now)
        add_message(session, women["asked_already"], "renewal", now - 4 * DAY)
        assert reasons(session) == {her.id: name for name, her in women.items()}
        assert ask_all(session) == 0


def test_a_message_of_another_answer_or_day_or_one_that_never_left_does_not_hold_her_back(
    database: Database,
) -> None:
    with database.writing() as session:
        now = clock.now()
        before, yesterday, failed = (add_ending(session) for _ in range(3))
        add_message(session, before, "renewal", now - 60 * DAY)
        add_message(session, yesterday, "reminder", now - 1.5 * DAY)
        add_message(session, failed, "renewal", now - 2 * DAY)
        row = session.scalars(
            select(OutboxMessage).where(OutboxMessage.mediator_id == failed.id)
        ).one()
        row.state = "failed"
        assert reasons(session) == dict.fromkeys((before.id, yesterday.id, failed.id))


def test_each_chosen_woman_gets_one_message_in_her_language_and_a_second_press_sends_none(
    database: Database,
) -> None:
    with database.writing() as session:
        french = add_ending(session, language="fr")
        arabic = add_ending(session, language="ar")
        left_out = add_ending(session)
        now = clock.now()
        found = list_to_ask(session, actor=NORDIC, which="ending", now=now).women
        chosen = [one.record_id for one in found if one.mediator_id != left_out.id]
        sent = [
            ask_many(session, actor=NORDIC, which="ending", record_ids=chosen, now=now)
            for _ in range(2)
        ]
        session.flush()
        messages = session.execute(
            select(OutboxMessage.mediator_id, OutboxMessage.template, OutboxMessage.language)
            .order_by(OutboxMessage.mediator_id)
        ).all()  # fmt: skip
        assert sent == [2, 0]
        assert messages == [(french.id, "renewal", "fr"), (arabic.id, "renewal", "ar")]


def test_a_woman_on_two_lists_of_one_coordinator_is_asked_once(database: Database) -> None:
    with database.writing() as session:
        her = add_ending(session)
        add_record(session, her, "awmn", name=None, entries=[])
        assert ask_all(session, actor=BOTH) == 1


def test_records_of_others_are_passed_over(database: Database) -> None:
    with database.writing() as session:
        theirs = add_ending(session, network="awmn")
        number = session.scalars(
            select(Record.id).where(Record.mediator_id == theirs.id, Record.network_code == "awmn")
        ).one()
        asked: dict[str, Any] = {"actor": NORDIC, "which": "ending", "now": clock.now()}
        assert ask_many(session, record_ids=[number, 10**9], **asked) == 0


def test_the_preview_is_the_text_that_is_sent_but_for_the_link(database: Database) -> None:
    with database.writing() as session:
        add_ending(session, language="fr", time_zone="Pacific/Auckland")
        now = clock.now()
        (one,) = list_to_ask(session, actor=NORDIC, which="ending", now=now).women
        shown = preview(one, base_url="https://x.example", now=now)
        assert ask_all(session) == 1
        session.flush()
        message = session.scalars(select(OutboxMessage)).one()
        sent = write_letter(
            template=message.template, language=message.language, recipient="",
            values=message.values, message_id="", base_url="https://x.example",
        )  # fmt: skip
        token = message.values["path"].rpartition("/")[2]
        assert sent.text.replace(token, "…") == shown.text
        assert (sent.subject, shown.subject) == (shown.subject, sent.subject)
