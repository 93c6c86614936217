"""Nothing is mailed to her but where, when and how she allows it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import Link, Mediator, MessageChoice, OutboxMessage, Record, Reminder
from roster.permissions import Actor
from roster.services.choosing_messages import choose_messages
from roster.services.invitations import invite, invite_many, send_renewal
from roster.services.message_choices import Choice, get_choice, is_quiet, next_allowed
from roster.services.writing import write_to_her
from tests import factories

COORDINATOR = Actor("account", account_id=3, coordinates=frozenset({"nwm"}))
ZONES = sorted(available_timezones())
HOURS = st.integers(0, 23)


@given(
    st.datetimes(datetime(2011, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(ZONES),
    HOURS,
    HOURS,
)
def test_a_message_waits_for_the_end_of_her_quiet_hours_and_no_longer(
    moment: datetime, zone: str, start: int, end: int
) -> None:
    if start == end:
        return
    allowed = next_allowed(Choice(quiet_from=start, quiet_until=end), zone, moment)
    assert not is_quiet(allowed.astimezone(ZoneInfo(zone)).hour, start, end)
    was_quiet = is_quiet(moment.astimezone(ZoneInfo(zone)).hour, start, end)
    assert (allowed > moment) == was_quiet
    assert allowed - moment <= timedelta(hours=49)  # Apia once left out a whole day


@pytest.mark.parametrize(
    ("zone", "moment", "expected"),
    [
        ("Asia/Kathmandu", "2026-11-22T15:14:00", "2026-11-22T15:14:00"),
        ("Asia/Kathmandu", "2026-11-22T15:15:00", "2026-11-23T01:15:00"),
        ("Europe/Paris", "2026-03-28T23:30:00", "2026-03-29T05:00:00"),
        ("Europe/Paris", "2026-10-24T23:30:00", "2026-10-25T06:00:00"),
        ("Pacific/Apia", "2011-12-30T08:00:00", "2011-12-30T17:00:00"),
    ],
)
def test_her_night_ends_at_seven_on_her_clock(zone: str, moment: str, expected: str) -> None:
    at = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    assert next_allowed(Choice(), zone, at).isoformat() == f"{expected}+00:00"


def choose(session: Session, woman: Mediator, **values: Any) -> None:
    choose_messages(
        session,
        actor=Actor("account", account_id=9, mediator_id=woman.id),
        mediator_id=woman.id,
        expected_version=woman.version,
        choice=Choice(**values),
        language="ar",
        time_zone="Asia/Amman",
    )


def queue(session: Session, woman: Mediator) -> OutboxMessage | None:
    values = {"path": "/r/token", "ends_at": clock.now().isoformat()}
    message = write_to_her(session, mediator=woman, template="renewal", values=values)
    session.flush()
    return message


def test_with_her_coordinator_as_channel_nothing_is_mailed_to_her(database: Database) -> None:
    with database.writing() as session:
        woman, other = factories.add_mediator(session), factories.add_mediator(session)
        before, others = queue(session, woman), queue(session, other)
        assert before is not None and others is not None
        choose(session, woman, channel="coordinator")
        session.expire_all()
        assert (before.state, others.state) == ("cancelled", "queued")
        assert queue(session, woman) is None
        records = session.scalars(
            select(Record.id).where(Record.mediator_id == woman.id, Record.network_code == "nwm")
        ).all()
        for call in (
            lambda: invite(session, actor=COORDINATOR, record_id=records[0]),
            lambda: send_renewal(session, actor=COORDINATOR, mediator_id=woman.id),
        ):
            with pytest.raises(Refused, match="not_by_mail"):
                call()
        assert invite_many(session, actor=COORDINATOR, record_ids=records) == []
        assert session.scalars(select(Link)).all() == []


def test_a_message_is_hers_in_language_address_and_hour(database: Database) -> None:
    with database.writing() as session:
        woman = factories.add_mediator(session, time_zone="Asia/Amman", language="ar")
        own = session.scalars(
            select(Record).where(Record.mediator_id == woman.id, Record.network_code.is_(None))
        ).one()
        night = datetime(2026, 12, 1, 20, 0, tzinfo=UTC)
        values = {"path": "/r/token", "ends_at": night.isoformat()}
        sent = [
            write_to_her(
                session,
                mediator=woman,
                template="renewal",
                values=values,
                at=night,
                ignores_quiet_hours=asked,
            )
            for asked in (False, True)
        ]
        assert [(m.recipient, m.language, m.values["time_zone"], m.due_at) for m in sent if m] == [
            (own.identity.email, "ar", "Asia/Amman", datetime(2026, 12, 2, 4, tzinfo=UTC)),
            (own.identity.email, "ar", "Asia/Amman", night),
        ]


def test_without_reminders_what_is_queued_as_one_is_cancelled_and_the_rest_goes(
    database: Database,
) -> None:
    with database.writing() as session:
        woman = factories.add_mediator(session)
        reminder, asked = queue(session, woman), queue(session, woman)
        assert reminder is not None and asked is not None
        session.add(
            Reminder(
                mediator_id=woman.id,
                about="availability",
                about_id=1,
                step="days_7",
                at=clock.now(),
                message_id=reminder.id,
            )
        )
        session.flush()
        choose(session, woman, cadence="none")
        session.expire_all()
        assert (reminder.state, asked.state) == ("cancelled", "queued")


def test_the_second_of_two_pages_is_told_what_the_first_saved(database: Database) -> None:
    with database.writing() as session:
        woman = factories.add_mediator(session)
        seen = woman.version
        choose(session, woman, cadence="one", quiet_from=None, quiet_until=None)
        session.flush()
        assert woman.version > seen
        with pytest.raises(StaleVersion) as stale:
            choose_messages(
                session,
                actor=Actor("account", account_id=9, mediator_id=woman.id),
                mediator_id=woman.id,
                expected_version=seen,
                choice=Choice(cadence="none"),
                language="fr",
                time_zone="UTC",
            )
        assert stale.value.current == {
            "channel": "mail",
            "cadence": "one",
            "quiet_from": None,
            "quiet_until": None,
            "language": "ar",
            "time_zone": "Asia/Amman",
        }
        assert get_choice(session, woman.id) == Choice("mail", "one", None, None)


def test_only_she_chooses(database: Database) -> None:
    with database.writing() as session:
        woman, other = factories.add_mediator(session), factories.add_mediator(session)
        for actor in (COORDINATOR, Actor("account", mediator_id=other.id), Actor("anonymous")):
            with pytest.raises(NotFound):
                choose_messages(
                    session,
                    actor=actor,
                    mediator_id=woman.id,
                    expected_version=woman.version,
                    choice=Choice(channel="coordinator"),
                    language="en",
                    time_zone="UTC",
                )
        assert session.scalars(select(MessageChoice)).all() == []
