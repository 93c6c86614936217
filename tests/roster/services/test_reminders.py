"""She is reminded once for each step, by one message, and not after she has answered."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.local_days import end_of_day, local_day
from roster.models import Consent, Mediator, MessageChoice, OutboxMessage, Reminder
from roster.permissions import SCHEDULER
from roster.services.due_reminders import Ending, choose_step, remind
from roster.services.reminders import add_ended_reminders, stop_reminders
from roster.services.women_to_remind import find_women_to_remind
from tests import factories

ZONE = "Asia/Kathmandu"
MONTH = timedelta(days=31)


def add_woman(session: Session, *, left: int, choice: dict[str, Any] | None = None) -> Mediator:
    """A woman whose answer, given a month ago, has ``left`` days of her calendar to go."""
    until = end_of_day(local_day(clock.now(), ZONE) + timedelta(days=left), ZONE)
    woman = factories.add_mediator(session, time_zone=ZONE, availability=False)
    factories.add_availability(session, woman, valid_until=until, confirmed_at=clock.now() - MONTH)
    if choice is not None:
        session.add(MessageChoice(mediator_id=woman.id, **choice))
        session.flush()
    return woman


def run(session: Session, by: timedelta = timedelta()) -> int:
    """What the job does in one go, at another time."""
    with clock.shifted(by):
        women = find_women_to_remind(session, now=clock.now())
        return remind(session, actor=SCHEDULER, ids=women, now=clock.now())


def steps_of(session: Session, woman: Mediator) -> list[tuple[str, str]]:
    rows = session.execute(
        select(Reminder.about, Reminder.step)
        .where(Reminder.mediator_id == woman.id)
        .order_by(Reminder.id)
    )
    return [(about, step) for about, step in rows]


def messages_of(session: Session, woman: Mediator) -> list[OutboxMessage]:
    mine = select(OutboxMessage).where(OutboxMessage.mediator_id == woman.id)
    return list(session.scalars(mine.order_by(OutboxMessage.id)))


@pytest.mark.parametrize(
    ("cadence", "expected"),
    [
        ("three", {14: "days_14", 7: "days_7", 1: "days_1"}),
        ("one", {7: "days_7"}),
        ("weekly", {14: "days_14", 7: "days_7"}),
        ("none", {}),
    ],
)
def test_each_step_of_her_cadence_is_told_once_on_its_day(
    database: Database, cadence: str, expected: dict[int, str]
) -> None:
    with database.writing() as session:
        woman = add_woman(session, left=20, choice={"cadence": cadence})
        factories.add_mediator(session)  # 90 days to go: nothing is due of her
        sent = {}
        for left in (20, 15, 14, 13, 8, 7, 6, 2, 1, 0, -1):
            by = timedelta(days=20 - left)
            if count := run(session, by) + run(session, by):
                sent[left] = count
        assert sent == dict.fromkeys(expected, 1)
        assert steps_of(session, woman) == [("availability", one) for one in expected.values()]


def test_a_late_scheduler_sends_the_newest_step_only(database: Database) -> None:
    with database.writing() as session:
        woman = add_woman(session, left=5)
        assert [run(session), run(session)] == [1, 0]
        assert steps_of(session, woman) == [("availability", "days_7")]


def test_no_step_is_due_on_or_before_the_day_on_which_she_said_it() -> None:
    last, said = date(2026, 12, 20), date(2026, 12, 6)
    ending = Ending(1, "availability", 1, last, said)
    days = [said + timedelta(days=number) for number in range(16)]
    steps = [choose_step(ending, "three", day) for day in days]
    assert steps == [None] * 7 + ["days_7"] * 6 + ["days_1"] * 2 + [None]


@pytest.mark.parametrize(
    "disturb",
    [
        {"is_hidden": True},
        {"state": "withdrawn"},
        {"paused_until": datetime(2100, 1, 1, tzinfo=UTC)},
    ],
)
def test_a_hidden_paused_or_departed_woman_is_not_written_to(
    database: Database, disturb: dict[str, Any]
) -> None:
    with database.writing() as session:
        woman, other = add_woman(session, left=7), add_woman(session, left=7)
        for name, value in disturb.items():
            setattr(woman, name, value)
        session.flush()
        assert run(session) == 1
        assert (steps_of(session, woman), messages_of(session, woman)) == ([], [])
        assert len(messages_of(session, other)) == 1


@pytest.mark.parametrize("purpose", ["membership_file", "matching"])
def test_without_her_consent_to_be_kept_and_matched_she_is_not_reminded(
    database: Database, purpose: str
) -> None:
    with database.writing() as session:
        woman = add_woman(session, left=7)
        row = session.scalars(select(Consent).where(Consent.purpose == purpose)).one()
        row.withdrawn_at = clock.now()
        session.flush()
        assert (run(session), steps_of(session, woman)) == (0, [])


def test_what_only_a_list_says_is_not_asked_about_and_her_coordinators_word_is(
    database: Database,
) -> None:
    with database.writing() as session:
        listed, told = (factories.add_mediator(session, availability=False) for _ in range(2))
        for woman, source in ((listed, "import"), (told, "coordinator")):
            factories.add_availability(
                session,
                woman,
                valid_until=clock.now() + timedelta(days=7),
                confirmed_by=source,
                confirmed_at=clock.now() - MONTH,
            )
        assert run(session) == 1
        assert (steps_of(session, listed), len(messages_of(session, told))) == ([], 1)


def test_all_that_is_due_on_a_day_is_one_message_with_a_link_for_each(database: Database) -> None:
    with database.writing() as session:
        woman = add_woman(session, left=7)
        soon = clock.now() + timedelta(days=20)
        for row in session.scalars(select(Consent)):
            row.valid_until, row.given_at = soon, clock.now() - timedelta(days=345)
        session.flush()
        assert run(session) == 1
        (message,) = messages_of(session, woman)
        items = message.values["items"]
        assert [item["about"] for item in items] == ["availability", "consent"]
        assert [item["path"][:3] for item in items] == ["/r/", "/c/"]
        assert steps_of(session, woman) == [("availability", "days_7"), ("consent", "days_30")]


def test_a_declaration_is_asked_about_before_its_year_is_over_behind_the_sign_in(
    database: Database,
) -> None:
    with database.writing() as session:
        woman = factories.add_mediator(session)
        for days, expected in ((330, 0), (336, 1), (350, 0), (359, 1), (364, 0), (370, 0)):
            for consent in session.scalars(select(Consent)):
                consent.valid_until = clock.now() + timedelta(days=900)
            session.flush()
            assert run(session, timedelta(days=days)) == expected
        messages = messages_of(session, woman)
        assert [message.values["items"] for message in messages] == [
            [{"about": "declaration", "path": "/me"}]
        ] * 2


def test_she_who_wants_one_message_a_week_gets_no_second_within_seven_days(
    database: Database,
) -> None:
    with database.writing() as session:
        woman = add_woman(session, left=12, choice={"cadence": "weekly"})
        for row in session.scalars(select(Consent)):
            row.valid_until = clock.now() + timedelta(days=18)
            row.given_at = clock.now() - timedelta(days=347)
        session.flush()
        sent = {days: count for days in range(18) if (count := run(session, timedelta(days=days)))}
        assert sent == {0: 1, 7: 1, 14: 1}
        assert steps_of(session, woman) == [
            ("availability", "days_14"),
            ("availability", "days_7"),
            ("consent", "days_14"),
            ("consent", "days_7"),
        ]


def test_an_answer_cancels_what_is_queued_about_it_and_leaves_the_rest(database: Database) -> None:
    with database.writing() as session:
        woman, other = add_woman(session, left=7), add_woman(session, left=7)
        for row in session.scalars(select(Consent).where(Consent.mediator_id == woman.id)):
            row.valid_until = clock.now() + timedelta(days=7, hours=1)
            row.given_at = clock.now() - MONTH
        session.flush()
        run(session)
        stop_reminders(session, woman.id, "availability")
        session.flush()
        (message,) = messages_of(session, woman)
        assert ([i["about"] for i in message.values["items"]], message.state) == (
            ["consent"],
            "queued",
        )
        stop_reminders(session, woman.id, "consent")
        session.flush()
        assert (message.state, messages_of(session, other)[0].state) == ("cancelled", "queued")


def test_at_the_end_she_is_told_once_with_a_fresh_link_unless_another_answer_holds(
    database: Database,
) -> None:
    with database.writing() as session:
        told, answered, listed, silent = (
            factories.add_mediator(session, availability=False) for _ in range(4)
        )
        session.add(MessageChoice(mediator_id=silent.id, cadence="none"))
        over = clock.now() - timedelta(minutes=1)
        rows = []
        for woman, source in (
            (told, "self"),
            (told, "import"),
            (answered, "self"),
            (listed, "import"),
            (silent, "self"),
        ):
            row = factories.add_availability(session, woman, valid_until=over, confirmed_by=source)
            rows.append((row.id, woman.id))
        factories.add_availability(session, answered, confirmed_by="coordinator")
        add_ended_reminders(session, rows=rows, now=clock.now())
        sent = session.scalars(select(OutboxMessage)).all()
        assert [(m.mediator_id, m.template) for m in sent] == [(told.id, "ended")]
        assert session.execute(select(Reminder.mediator_id, Reminder.step)).all() == [
            (told.id, "ended")
        ]
