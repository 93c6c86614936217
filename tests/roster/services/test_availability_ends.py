"""An answer made shorter or longer in place."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.facts import load_mediators
from roster.local_days import end_of_day, local_day
from roster.models import AuditEvent, Availability, Mediator, OutboxMessage, Reminder
from roster.permissions import SCHEDULER, Actor
from roster.queries.records import get_person
from roster.services.availability import get_valid_until
from roster.services.availability_ends import end_earlier, move_last_day
from roster.services.expiry import expire_availabilities
from tests import factories

TODAY = clock.now().date()
NWM = Actor("account", account_id=8, coordinates=frozenset({"nwm"}))


def herself(mediator: Mediator) -> Actor:
    return Actor("account", account_id=7, mediator_id=mediator.id)


def add_woman(
    session: Session, zone: str = "UTC", **statement: Any
) -> tuple[Mediator, Availability]:
    """A woman with one statement, and another woman whose statement nobody may touch."""
    factories.add_availability(session, factories.add_mediator(session, availability=False))
    woman = factories.add_mediator(session, availability=False, time_zone=zone)
    return woman, factories.add_availability(session, woman, **statement)


def actions(session: Session) -> list[tuple[str, dict[str, Any]]]:
    found = session.execute(select(AuditEvent.action, AuditEvent.detail).order_by(AuditEvent.id))
    return [(action, detail) for action, detail in found]


@pytest.mark.parametrize("days", [10, 900, None])
def test_a_later_or_earlier_last_day_says_all_the_rest_again(
    database: Database, days: int | None
) -> None:
    last_day = None if days is None else TODAY + timedelta(days=days)
    with database.writing() as session:
        woman, old = add_woman(session, refused=["SSD"], status="partly")
        new = move_last_day(
            session,
            actor=herself(woman),
            mediator_id=woman.id,
            expected_id=old.id,
            last_day=last_day,
        )

        assert (new.window_from, new.window_to, new.notice_days, new.refused, new.status) == (
            old.window_from,
            last_day,
            7,
            ["SSD"],
            "partly",
        )
        assert (old.superseded_at, new.superseded_at) == (new.confirmed_at, None)
        assert new.valid_until == get_valid_until(clock.now(), "UTC", 90)
        standing = select(Availability.mediator_id).where(Availability.superseded_at.is_(None))
        assert len(session.scalars(standing).all()) == 2


def test_whoever_saw_an_older_answer_moves_and_ends_nothing(database: Database) -> None:
    with database.writing() as session:
        woman, row = add_woman(session)
        actor, seen = herself(woman), row.id + 1
        with pytest.raises(StaleVersion) as moved:
            move_last_day(
                session, actor=actor, mediator_id=woman.id, expected_id=seen, last_day=TODAY
            )
        with pytest.raises(StaleVersion):
            end_earlier(
                session,
                actor=actor,
                mediator_id=woman.id,
                ends_at=clock.now() + timedelta(days=1),
                expected_id=seen,
            )

        assert moved.value.current["window_to"] == row.window_to
        assert moved.value.wanted["window_to"] == TODAY
        assert actions(session) == []


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "Pacific/Apia", "America/New_York"])
def test_an_answer_ends_with_a_day_of_hers(database: Database, zone: str) -> None:
    with database.writing() as session:
        woman, row = add_woman(session, zone)
        ends_at = end_of_day(local_day(clock.now(), zone) + timedelta(days=3), zone)
        end_earlier(session, actor=herself(woman), mediator_id=woman.id, ends_at=ends_at)

        assert (row.valid_until, row.expired_at) == (ends_at, None)
        assert actions(session) == [("availability.shortened", {"availability": row.id})]


def test_what_she_ends_now_is_unknown_at_once_and_no_job_tells_her_so(database: Database) -> None:
    with database.writing() as session:
        woman, row = add_woman(session)
        end_earlier(session, actor=herself(woman), mediator_id=woman.id, ends_at=None)
        marked = expire_availabilities(session, actor=SCHEDULER, now=clock.now(), limit=9)

        assert row.valid_until <= clock.now()
        assert (marked, row.expired_at) == (0, row.valid_until)


def test_an_answer_cannot_be_made_longer_than_its_life_nor_end_in_the_past(
    database: Database,
) -> None:
    with database.writing() as session:
        woman, row = add_woman(session)
        for ends_at, code in (
            (row.valid_until + timedelta(seconds=1), "end_outside_life"),
            (clock.now() - timedelta(seconds=1), "end_in_the_past"),
        ):
            with pytest.raises(Refused, match=code):
                end_earlier(session, actor=herself(woman), mediator_id=woman.id, ends_at=ends_at)
        assert actions(session) == []


def test_a_coordinator_ends_what_she_wrote_down_and_never_what_the_woman_said(
    database: Database,
) -> None:
    soon = clock.now() + timedelta(days=1)
    with database.writing() as session:
        woman, own = add_woman(session)
        before = own.valid_until
        with pytest.raises(Refused, match="only_she_ends_hers"):
            end_earlier(session, actor=NWM, mediator_id=woman.id, ends_at=soon)
        other, by_phone = add_woman(session, confirmed_by="coordinator")
        end_earlier(session, actor=NWM, mediator_id=other.id, ends_at=soon)

        assert (own.valid_until, by_phone.valid_until) == (before, soon)


@pytest.mark.parametrize("confirmed_by", ["import", None])
def test_what_a_list_says_has_no_last_day_to_move(
    database: Database, confirmed_by: str | None
) -> None:
    with database.writing() as session:
        woman = factories.add_mediator(session, availability=False)
        if confirmed_by:
            factories.add_availability(session, woman, confirmed_by=confirmed_by)
        with pytest.raises(Refused, match="nothing_to_renew"):
            move_last_day(
                session, actor=herself(woman), mediator_id=woman.id, expected_id=1, last_day=None
            )


def test_one_answer_of_hers_stands_for_all_her_networks(database: Database) -> None:
    with database.writing() as session:
        woman, row = add_woman(session)
        factories.add_membership(session, woman, "awmn")
        other_record = factories.add_record(session, woman, "awmn")
        new = move_last_day(
            session,
            actor=herself(woman),
            mediator_id=woman.id,
            expected_id=row.id,
            last_day=TODAY + timedelta(days=40),
        )
        awmn = Actor("account", account_id=9, coordinates=frozenset({"awmn"}))
        person = get_person(session, actor=awmn, record_id=other_record.id, now=clock.now())
        [facts] = load_mediators(session, ids=[woman.id])

        assert person.availability is new
        assert facts.availability is not None
        assert facts.availability.window_to == TODAY + timedelta(days=40)
        assert {one.network for one in facts.accreditations} == {"nwm", "awmn"}


@pytest.mark.parametrize("answer", ["state", "end"])
def test_who_has_answered_is_reminded_of_it_no_more(database: Database, answer: str) -> None:
    with database.writing() as session:
        woman, row = add_woman(session)
        _, others = add_woman(session)
        queued = [add_reminder(session, one) for one in (row, others)]
        if answer == "state":
            move_last_day(
                session,
                actor=herself(woman),
                mediator_id=woman.id,
                expected_id=row.id,
                last_day=None,
            )
        else:
            end_earlier(session, actor=herself(woman), mediator_id=woman.id, ends_at=None)

        assert [message.state for message in queued] == ["cancelled", "queued"]


def add_reminder(session: Session, about: Availability) -> OutboxMessage:
    message = OutboxMessage(
        n=session.info["n"],
        template="reminder",
        language="en",
        recipient="woman@example.org",
        values={"items": [{"about": "availability"}]},
        mediator_id=about.mediator_id,
        message_id=f"<{about.id}@example.org>",
        created_at=clock.now(),
        due_at=clock.now(),
    )
    session.add(message)
    session.flush()
    session.add(
        Reminder(
            mediator_id=about.mediator_id,
            about="availability",
            about_id=about.id,
            step="days_7",
            at=clock.now(),
            message_id=message.id,
        )
    )
    session.flush()
    return message


def test_nobody_else_moves_or_ends_her_answer(database: Database) -> None:
    with database.writing() as session:
        woman, row = add_woman(session)
        for stranger in (
            Actor("account", account_id=9, mediator_id=woman.id + 1),
            Actor("account", account_id=9, coordinates=frozenset({"femwise"})),
            Actor("account", account_id=9, roles=frozenset({"envoy"})),
        ):
            with pytest.raises(NotFound):
                move_last_day(
                    session,
                    actor=stranger,
                    mediator_id=woman.id,
                    expected_id=row.id,
                    last_day=None,
                )
            with pytest.raises(NotFound):
                end_earlier(session, actor=stranger, mediator_id=woman.id, ends_at=clock.now())
        assert actions(session) == []
