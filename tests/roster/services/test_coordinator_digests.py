"""A coordinator is told by count, once a day at most, and only of what is new in her networks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.mail.messages import write_letter
from roster.models import Account, Availability, Mediator, MessageChoice, OutboxMessage, Reminder
from roster.permissions import SCHEDULER
from roster.services.coordinator_digests import (
    list_unanswered,
    note_unanswered,
    send_digests,
)
from roster.services.due_reminders import remind
from roster.services.expiry import expire_availabilities
from tests import factories

DAY = timedelta(days=1)


def add_woman(session: Session, *, ends: timedelta, network: str = "nwm") -> Mediator:
    woman = factories.add_mediator(session, network=network, availability=False)
    factories.add_availability(
        session,
        woman,
        valid_until=clock.now() + ends,
        confirmed_at=clock.now() - timedelta(days=40),
    )
    return woman


def tell(session: Session, by: timedelta = timedelta()) -> dict[str, list[tuple[str, int]]]:
    """One run of the job at another time: what was written to whom."""
    with clock.shifted(by):
        before = set(session.scalars(select(OutboxMessage.id)))
        ids = list_unanswered(session, now=clock.now())
        note_unanswered(session, actor=SCHEDULER, ids=ids, now=clock.now())
        send_digests(session, actor=SCHEDULER, now=clock.now())
        new = session.scalars(select(OutboxMessage).where(OutboxMessage.id.not_in(before)))
        return {
            message.recipient: [(i["about"], i["count"]) for i in message.values["items"]]
            for message in new
        }


def expire(session: Session, by: timedelta = timedelta()) -> None:
    with clock.shifted(by):
        expire_availabilities(session, actor=SCHEDULER, now=clock.now(), limit=200)


def add_coordinators(session: Session, *networks: str) -> list[Account]:
    return [factories.add_account(session, "coordinator", network=one) for one in networks]


def test_what_has_ended_is_counted_once_for_each_coordinator_of_that_network(
    database: Database,
) -> None:
    with database.writing() as session:
        first, second, foreign = add_coordinators(session, "nwm", "nwm", "femwise")
        factories.add_account(session, "envoy")
        for _ in range(3):
            add_woman(session, ends=-timedelta(hours=1))
        add_woman(session, ends=30 * DAY)
        add_woman(session, ends=-timedelta(hours=1), network="femwise")
        assert tell(session) == {}  # not before the job has seen the end
        expire(session)
        assert tell(session) == {
            first.email: [("ended", 3)],
            second.email: [("ended", 3)],
            foreign.email: [("ended", 1)],
        }
        assert [tell(session), tell(session, DAY), tell(session, 2 * DAY)] == [{}, {}, {}]


def test_one_message_a_day_on_her_clock_and_what_came_meanwhile_the_next_day(
    database: Database,
) -> None:
    with database.writing() as session:
        (coordinator,) = add_coordinators(session, "nwm")
        coordinator.time_zone = "Pacific/Auckland"
        add_woman(session, ends=-timedelta(hours=1))
        expire(session)
        assert tell(session) == {coordinator.email: [("ended", 1)]}
        for _ in range(2):
            add_woman(session, ends=timedelta(seconds=1))
        expire(session, timedelta(seconds=2))
        assert tell(session, timedelta(seconds=2)) == {}
        assert tell(session, DAY) == {coordinator.email: [("ended", 2)]}


def test_she_who_did_not_answer_on_her_last_day_but_one_is_counted_and_who_did_is_not(
    database: Database,
) -> None:
    with database.writing() as session:
        (coordinator,) = add_coordinators(session, "nwm")
        silent, answered = (add_woman(session, ends=timedelta(hours=40)) for _ in range(2))
        remind(session, actor=SCHEDULER, ids=[silent.id, answered.id], now=clock.now())
        steps = session.scalars(select(Reminder.step)).all()
        assert steps in (["days_1", "days_1"], ["days_7", "days_7"])  # by the hour of the test
        if steps[0] == "days_7":
            with clock.shifted(DAY):
                ids = [silent.id, answered.id]
                remind(session, actor=SCHEDULER, ids=ids, now=clock.now())
        assert tell(session) == {}
        row = session.scalars(
            select(Availability).where(Availability.mediator_id == answered.id)
        ).one()
        row.superseded_at = clock.now()
        factories.add_availability(session, answered)
        assert tell(session, timedelta(hours=37)) == {coordinator.email: [("ended", 1)]}


def test_who_cannot_be_written_to_is_to_be_spoken_to(database: Database) -> None:
    with database.writing() as session:
        (coordinator,) = add_coordinators(session, "nwm")
        spoken = add_woman(session, ends=6 * DAY)
        add_woman(session, ends=6 * DAY)
        session.add(MessageChoice(mediator_id=spoken.id, channel="coordinator"))
        session.flush()
        ids = session.scalars(select(Mediator.id)).all()
        assert remind(session, actor=SCHEDULER, ids=ids, now=clock.now()) == 1
        assert tell(session, timedelta(seconds=1)) == {coordinator.email: [("to_speak", 1)]}
        assert (
            session.scalars(
                select(OutboxMessage).where(OutboxMessage.mediator_id == spoken.id)
            ).all()
            == []
        )


@pytest.mark.parametrize("column", ["is_hidden", "paused_until"])
def test_of_a_hidden_or_paused_woman_nothing_is_told(database: Database, column: str) -> None:
    with database.writing() as session:
        add_coordinators(session, "nwm")
        woman = add_woman(session, ends=-timedelta(hours=1))
        setattr(woman, column, True if column == "is_hidden" else clock.now() + 9 * DAY)
        expire(session)
        assert tell(session) == {}


def test_a_former_network_and_a_closed_account_are_told_nothing(database: Database) -> None:
    with database.writing() as session:
        former, closed = add_coordinators(session, "femwise", "nwm")
        closed.is_active = False
        woman = add_woman(session, ends=-timedelta(hours=1))
        membership = factories.add_membership(session, woman, "femwise")
        factories.add_record(session, woman, "femwise")
        membership.ended_on = clock.now().date()
        expire(session)
        assert former.is_active
        assert tell(session) == {}


def test_the_message_names_nobody_and_no_network(database: Database) -> None:
    with database.writing() as session:
        add_coordinators(session, "femwise")
        for _ in range(2):
            add_woman(session, ends=-timedelta(hours=1), network="femwise")
        expire(session)
        tell(session)
        message = session.scalars(
            select(OutboxMessage).where(OutboxMessage.mediator_id.is_(None))
        ).one()
        letter = write_letter(
            template=message.template,
            language="en",
            recipient=message.recipient,
            values=message.values,
            message_id=message.message_id,
            base_url="https://r.example",
        )
        shown = f"{letter.subject} {letter.text}".lower()
        assert "2 answers have ended" in shown
        assert "https://r.example/people?state=expired" in shown
        assert factories.find_canaries(shown) == set()
        assert [word for word in ("femwise", "women", "mediat", "network") if word in shown] == []
