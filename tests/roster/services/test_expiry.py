"""An availability past ``valid_until`` is marked once, with one event, however the job fares."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound
from roster.local_days import end_of_day
from roster.models import AuditEvent, Availability, Change, OutboxMessage
from roster.permissions import ANONYMOUS, SCHEDULER, Actor
from roster.services.expiry import count_due, count_unmarked, expire_availabilities
from tests.answer_factories import add_availability
from tests.factories import add_mediator

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def add_women(session: Session, *ends: datetime) -> list[int]:
    """One woman for each end of validity; her mediator id."""
    return [add_mediator(session, availability=end, has_own_record=False).id for end in ends]


def expire(database: Database, now: datetime, limit: int = 500) -> int:
    with database.writing() as session:
        count = expire_availabilities(session, actor=SCHEDULER, now=now, limit=limit)
        session.commit()
    return count


def marked(database: Database) -> dict[int, datetime | None]:
    with database.reading() as session:
        rows = session.scalars(select(Availability).order_by(Availability.id))
        return {row.mediator_id: row.expired_at for row in rows}


def events(database: Database) -> list[tuple[str, str, int | None]]:
    with database.reading() as session:
        rows = session.scalars(select(AuditEvent).order_by(AuditEvent.id))
        return [(row.actor, row.action, row.subject_id) for row in rows]


def test_statements_are_marked_from_the_instant_at_which_they_end(database: Database) -> None:
    with database.writing() as session:
        past, present, future = add_women(session, NOW - SECOND, NOW, NOW + SECOND)
        session.commit()
    assert expire(database, NOW) == 2
    assert marked(database) == {past: NOW, present: NOW, future: None}
    assert events(database) == [
        ("scheduler", "availability.expired", past),
        ("scheduler", "availability.expired", present),
    ]


def test_a_second_run_adds_nothing_and_a_late_one_keeps_the_first_mark(database: Database) -> None:
    with database.writing() as session:
        (woman,) = add_women(session, NOW - SECOND)
        session.commit()
    runs = [expire(database, NOW), expire(database, NOW), expire(database, NOW + timedelta(days=9))]
    assert (runs, marked(database), len(events(database))) == ([1, 0, 0], {woman: NOW}, 1)


def test_each_mark_tells_the_workers_that_she_changed(database: Database) -> None:
    with database.writing() as session:
        women = add_women(session, NOW - SECOND, NOW - SECOND)
        loaded = session.info["n"]
        session.commit()
    expire(database, NOW)
    with database.reading() as session:
        changed = session.scalars(select(Change.mediator_id).where(Change.n > loaded)).all()
    assert sorted(changed) == women


def test_what_was_replaced_is_history_and_is_not_marked(database: Database) -> None:
    with database.writing() as session:
        woman = add_mediator(session, availability=False)
        add_availability(session, woman, valid_until=NOW - SECOND, superseded_at=NOW - SECOND * 9)
        session.commit()
    assert (expire(database, NOW), events(database)) == (0, [])


def test_a_batch_takes_the_longest_expired_first(database: Database) -> None:
    with database.writing() as session:
        women = add_women(session, *(NOW - SECOND * number for number in range(1, 6)))
        session.commit()
    assert [expire(database, NOW, limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert [subject for _, _, subject in events(database)] == women[::-1]


def test_due_and_unmarked_are_counted_before_anything_is_written(database: Database) -> None:
    with database.writing() as session:
        add_women(session, NOW - SECOND, NOW, NOW + SECOND, NOW + SECOND)
        woman = add_mediator(session, availability=False)
        add_availability(session, woman, valid_until=NOW - SECOND, superseded_at=NOW - SECOND * 9)
        session.commit()
    with database.reading() as session:
        assert (count_due(session, now=NOW), count_unmarked(session)) == (2, 4)
        assert count_due(session, now=NOW, limit=1) == 1


@pytest.mark.parametrize("actor", [ANONYMOUS, Actor("account", 1, frozenset({"administrator"}))])
def test_only_the_scheduler_and_the_operator_may(database: Database, actor: Actor) -> None:
    with database.writing() as session:
        add_women(session, NOW - SECOND)
        with pytest.raises(NotFound):
            expire_availabilities(session, actor=actor, now=NOW, limit=9)


def list_messages(database: Database) -> list[tuple[str, int | None]]:
    with database.reading() as session:
        rows = session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
        return [(row.template, row.mediator_id) for row in rows]


def test_each_woman_is_told_once(database: Database) -> None:
    with database.writing() as session:
        women = add_women(session, NOW - SECOND, NOW, NOW + SECOND)
        session.commit()
    for _ in range(3):
        expire(database, NOW, limit=1)
    assert list_messages(database) == [("ended", woman) for woman in women[:2]]


@pytest.mark.parametrize("table", ["audit_event", "change", "outbox_message"])
def test_without_its_event_change_and_message_a_statement_is_not_marked(
    database: Database, table: str
) -> None:
    with database.writing() as session:
        (woman,) = add_women(session, NOW - SECOND)
        session.commit()
    with database.engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO away"))
    with pytest.raises(SQLAlchemyError):
        expire(database, NOW)
    with database.engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE away RENAME TO {table}"))
    assert (marked(database), events(database), list_messages(database)) == ({woman: None}, [], [])


def test_a_mark_raises_the_version_that_an_editor_must_name(database: Database) -> None:
    with database.writing() as session:
        add_women(session, NOW - SECOND, NOW + SECOND)
        session.commit()
    expire(database, NOW)
    with database.reading() as session:
        versions = select(Availability.version).order_by(Availability.id)
        assert session.scalars(versions).all() == [2, 1]


CLOCK_CHANGES = [
    ("Europe/Paris", date(2027, 3, 28)),
    ("Europe/Paris", date(2027, 10, 31)),
    ("America/New_York", date(2027, 3, 14)),
    ("America/New_York", date(2027, 11, 7)),
    ("Africa/Cairo", date(2027, 4, 30)),
    ("Africa/Cairo", date(2027, 10, 29)),
    ("Asia/Beirut", date(2027, 3, 27)),
    ("Asia/Beirut", date(2027, 10, 30)),
    ("America/Santiago", date(2027, 9, 4)),
    ("America/Santiago", date(2027, 4, 3)),
    ("Asia/Kathmandu", date(2027, 3, 1)),
    ("Pacific/Apia", date(2027, 3, 1)),
    ("Pacific/Apia", date(2028, 2, 29)),
]


def test_a_last_day_ends_at_local_midnight_on_days_of_a_clock_change(database: Database) -> None:
    ends = [end_of_day(day, zone) for zone, day in CLOCK_CHANGES]
    with database.writing() as session:
        women = add_women(session, *ends)
        session.commit()
    seen = {}
    for moment in sorted({moment for end in ends for moment in (end - SECOND, end, end + SECOND)}):
        expire(database, moment)
        seen.update({w: moment for w, at in marked(database).items() if at and w not in seen})
    assert seen == dict(zip(women, ends, strict=True))
    assert len(events(database)) == len(CLOCK_CHANGES)


def test_a_clock_put_back_revives_nothing(database: Database) -> None:
    with database.writing() as session:
        (woman,) = add_women(session, NOW - SECOND)
        session.commit()
    expire(database, NOW)
    with clock.shifted(-timedelta(days=1)):
        expire(database, NOW - timedelta(days=1))
    assert marked(database) == {woman: NOW}
