"""A statement is dated, ends on a day of hers, and takes the place of the one before it."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import AuditEvent, Availability, Change, Mediator, Network
from roster.permissions import Actor
from roster.services.availability import (
    Statement,
    end_pause,
    get_valid_until,
    pause,
    renew,
    state_availability,
)
from tests import factories

TODAY = clock.now().date()
BEGINS, ENDS = TODAY + timedelta(days=9), TODAY + timedelta(days=220)
FREE = Statement("available", BEGINS, ENDS, 7, 90, 10, ("remote",), ("SSD",))


def herself(mediator: Mediator) -> Actor:
    return Actor("account", account_id=7, mediator_id=mediator.id)


def coordinator(network: str) -> Actor:
    return Actor("account", account_id=8, coordinates=frozenset({network}))


def add_woman(session: Session, **columns: Any) -> Mediator:
    return factories.add_mediator(session, availability=False, **columns)


VALID_UNTIL = [
    # 90 days on is across the autumn change, the spring change, both hemispheres
    ("Europe/Oslo", "2026-10-01T12:00:00", "2026-12-30T23:00:00"),
    ("Europe/Oslo", "2027-01-15T12:00:00", "2027-04-15T22:00:00"),
    ("America/Bogota", "2026-11-23T04:59:00", "2027-02-21T05:00:00"),
    ("America/Bogota", "2026-11-23T05:00:00", "2027-02-22T05:00:00"),
    ("Australia/Sydney", "2026-11-23T08:00:00", "2027-02-21T13:00:00"),
    ("Asia/Kathmandu", "2026-11-23T18:14:59", "2027-02-21T18:15:00"),
    ("Asia/Kathmandu", "2026-11-23T18:15:00", "2027-02-22T18:15:00"),
    ("Pacific/Apia", "2026-11-23T11:00:00", "2027-02-22T11:00:00"),
    ("UTC", "2027-12-01T00:00:00", "2028-03-01T00:00:00"),
]


@pytest.mark.parametrize(("zone", "stated_at", "until"), VALID_UNTIL)
def test_a_statement_is_good_until_the_end_of_her_ninetieth_day(
    zone: str, stated_at: str, until: str
) -> None:
    stated = datetime.fromisoformat(stated_at).replace(tzinfo=UTC)

    assert get_valid_until(stated, zone, 90) == datetime.fromisoformat(until).replace(tzinfo=UTC)


def test_her_statement_is_stored_as_she_said_it_and_leaves_its_trail(database: Database) -> None:
    with database.writing() as session:
        woman = add_woman(session, time_zone="Asia/Kathmandu")
        row = state_availability(
            session, actor=herself(woman), mediator_id=woman.id, expected_id=None, statement=FREE
        )
        session.commit()

        now = clock.now()
        kept = session.get_one(Availability, row.id, populate_existing=True)
        assert (
            kept.status,
            kept.window_from,
            kept.window_to,
            kept.notice_days,
            kept.longest_stay_days,
            kept.days_per_month,
            kept.modalities,
            kept.refused,
            kept.confirmed_by,
            kept.valid_until,
            kept.superseded_at,
        ) == (
            "available",
            BEGINS,
            ENDS,
            7,
            90,
            10,
            ["remote"],
            ["SSD"],
            "self",
            get_valid_until(now, "Asia/Kathmandu", 90),
            None,
        )
        events = session.execute(select(AuditEvent.actor, AuditEvent.action, AuditEvent.detail))
        assert [tuple(row) for row in events] == [
            ("account:7", "availability.stated", {"by": "self"})
        ]
        assert woman.id in session.scalars(select(Change.mediator_id)).all()


def test_the_strictest_of_her_networks_says_how_long_it_lives(database: Database) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        factories.add_membership(session, woman, "awmn")
        session.get_one(Network, "awmn").availability_days = 60
        row = state_availability(
            session, actor=herself(woman), mediator_id=woman.id, expected_id=None, statement=FREE
        )

        assert row.valid_until == get_valid_until(clock.now(), "UTC", 60)


def test_what_a_coordinator_writes_down_lives_thirty_days_and_never_ends_her_own(
    database: Database,
) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        own = state_availability(
            session, actor=herself(woman), mediator_id=woman.id, expected_id=None, statement=FREE
        )
        by_phone = state_availability(
            session,
            actor=coordinator("nwm"),
            mediator_id=woman.id,
            expected_id=own.id,
            statement=Statement("unavailable"),
        )
        session.commit()

        assert by_phone.confirmed_by == "coordinator"
        assert by_phone.valid_until == get_valid_until(clock.now(), "UTC", 30)
        assert own.superseded_at is None


def test_a_new_statement_ends_the_one_before_it_and_keeps_it_as_history(database: Database) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        actor = herself(woman)
        factories.add_availability(session, woman, confirmed_by="import")
        by_phone = factories.add_availability(session, woman, confirmed_by="coordinator")
        first = state_availability(
            session, actor=actor, mediator_id=woman.id, expected_id=by_phone.id, statement=FREE
        )
        state_availability(
            session,
            actor=actor,
            mediator_id=woman.id,
            expected_id=first.id,
            statement=Statement("unavailable"),
        )
        session.commit()

        rows = session.scalars(select(Availability).order_by(Availability.id)).all()
        assert [(r.confirmed_by, r.status, r.superseded_at is None) for r in rows] == [
            ("import", "available", False),
            ("coordinator", "available", False),
            ("self", "available", False),
            ("self", "unavailable", True),
        ]


def test_a_second_editor_is_told_and_nothing_is_overwritten(database: Database) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        actor = herself(woman)
        state_availability(
            session, actor=actor, mediator_id=woman.id, expected_id=None, statement=FREE
        )
        with pytest.raises(StaleVersion) as told:
            state_availability(
                session,
                actor=actor,
                mediator_id=woman.id,
                expected_id=None,
                statement=Statement("unavailable"),
            )

        assert told.value.current["status"] == "available"
        assert told.value.wanted["status"] == "unavailable"
        assert session.scalars(select(Availability.status)).all() == ["available"]


def test_renewing_says_the_same_with_a_new_end(database: Database) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        old = state_availability(
            session, actor=herself(woman), mediator_id=woman.id, expected_id=None, statement=FREE
        )
        with clock.shifted(timedelta(days=80)):
            new = renew(session, actor=herself(woman), mediator_id=woman.id, expected_id=old.id)

        assert new.valid_until - old.valid_until == timedelta(days=80)
        assert (new.window_to, new.notice_days, new.refused) == (ENDS, 7, ["SSD"])
        assert old.superseded_at is not None and new.superseded_at is None


def test_an_expired_answer_can_be_renewed_but_not_one_whose_window_is_over(
    database: Database,
) -> None:
    today = clock.now().date()
    with database.writing() as session:
        woman = add_woman(session)
        ended = clock.now() - timedelta(days=1)
        factories.add_availability(session, woman, valid_until=ended, expired_at=ended)
        assert renew(session, actor=herself(woman), mediator_id=woman.id).valid_until > clock.now()

        other = add_woman(session)
        factories.add_availability(
            session, other, window_from=None, window_to=today - timedelta(days=1)
        )
        with pytest.raises(Refused, match="window_over"):
            renew(session, actor=herself(other), mediator_id=other.id)


@pytest.mark.parametrize("confirmed_by", ["import", None])
def test_what_a_list_says_is_no_answer_to_renew(
    database: Database, confirmed_by: str | None
) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        if confirmed_by:
            factories.add_availability(session, woman, confirmed_by=confirmed_by)
        with pytest.raises(Refused, match="nothing_to_renew"):
            renew(session, actor=herself(woman), mediator_id=woman.id)


def test_a_pause_lasts_to_the_end_of_her_day_and_she_can_end_it(database: Database) -> None:
    with database.writing() as session:
        woman = add_woman(session, time_zone="Asia/Kathmandu")
        day = clock.now().date() + timedelta(days=40)
        pause(session, actor=herself(woman), mediator_id=woman.id, until=day)
        assert woman.paused_until == datetime.combine(
            day, datetime.min.time().replace(hour=18, minute=15), UTC
        )

        end_pause(session, actor=herself(woman), mediator_id=woman.id)
        assert woman.paused_until is None


@pytest.mark.parametrize(("days", "code"), [(-2, "pause_in_the_past"), (400, "pause_too_long")])
def test_a_pause_has_an_end_in_the_coming_year(database: Database, days: int, code: str) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        until = clock.now().date() + timedelta(days=days)
        with pytest.raises(Refused, match=code):
            pause(session, actor=herself(woman), mediator_id=woman.id, until=until)


def test_a_window_that_ends_before_it_begins_is_refused(database: Database) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        with pytest.raises(Refused, match="window_out_of_order"):
            state_availability(
                session,
                actor=herself(woman),
                mediator_id=woman.id,
                expected_id=None,
                statement=Statement("available", date(2027, 2, 1), date(2027, 1, 1)),
            )


STRANGERS: list[Callable[[Mediator], Actor]] = [
    lambda woman: Actor("account", account_id=9, mediator_id=woman.id + 1),
    lambda woman: coordinator("femwise"),
    lambda woman: Actor("account", account_id=9, roles=frozenset({"envoy"})),
    lambda woman: Actor("anonymous"),
]


@pytest.mark.parametrize("stranger", STRANGERS)
def test_nobody_else_speaks_for_her(
    database: Database, stranger: Callable[[Mediator], Actor]
) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        with pytest.raises(NotFound):
            state_availability(
                session,
                actor=stranger(woman),
                mediator_id=woman.id,
                expected_id=None,
                statement=FREE,
            )
        assert session.scalars(select(Availability)).all() == []
