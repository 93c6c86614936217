"""The clock's part in approaches: reminded once, no answer at the deadline, releases that end."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound
from roster.jobs import Turn, get_job
from roster.models import Approach, OutboxMessage
from roster.permissions import SCHEDULER, Actor
from roster.queries.approaches import count_asking, find_release
from roster.services.approach_deadlines import list_due, settle_due
from roster.services.releases import release, select_woman
from roster.settings import Settings
from tests.approach_factories import (
    add_french,
    add_office,
    add_ready,
    add_released,
    agree,
    answer,
    ask,
    get_approach,
)


@pytest.fixture
def session(database: Database) -> Any:
    with database.writing() as opened:
        yield opened
        opened.rollback()


def settle(session: Session, after: timedelta) -> int:
    """A turn of the job at another time."""
    with clock.shifted(after):
        now = clock.now()
        return settle_due(session, actor=SCHEDULER, ids=list_due(session, now), now=now)


def list_told(session: Session) -> list[tuple[str, int | None]]:
    rows = session.scalars(
        select(OutboxMessage).where(OutboxMessage.template != "approach").order_by(OutboxMessage.id)
    )
    return [(row.template, row.mediator_id) for row in rows]


def test_she_is_reminded_once_halfway_and_nobody_who_has_answered_or_asked_something(
    session: Session,
) -> None:
    silent, later, no, asks, yes = (add_french(session) for _ in range(5))
    office = add_office(session)
    ask(session, office, [one.id for one in (silent, later, no, asks, yes)])
    for woman, said in ((later, "later"), (no, "no"), (asks, "question"), (yes, "yes")):
        answer(session, get_approach(session, office, woman.id), said)
    assert settle(session, timedelta(hours=35)) == 0
    assert settle(session, timedelta(hours=37)) == 2
    assert settle(session, timedelta(hours=38)) == 0
    assert sorted(list_told(session)) == [
        ("approach_reminder", silent.id),
        ("approach_reminder", later.id),
    ]


def test_silence_is_no_answer_at_the_deadline_and_never_a_yes(session: Session) -> None:
    women = [add_french(session) for _ in range(3)]
    office = add_office(session)
    ask(session, office, [one.id for one in women])
    answer(session, get_approach(session, office, women[1].id), "yes")
    answer(session, get_approach(session, office, women[2].id), "later")
    settle(session, timedelta(hours=71))
    settle(session, timedelta(hours=73))
    states = [get_approach(session, office, one.id).state for one in women]
    assert states == ["no_answer", "yes", "no_answer"]
    assert answer(session, get_approach(session, office, women[0].id)).state == "yes"


def test_a_network_that_is_silent_has_not_agreed_however_long_it_waits(session: Session) -> None:
    woman = add_french(session)
    office = add_office(session)
    (made,) = ask(session, office, [woman.id]).made
    answer(session, made)
    assert settle(session, timedelta(days=13)) == 0
    assert (made.state, made.network_word) == ("yes", None)


def test_a_release_ends_after_thirty_days_once_and_she_is_told(session: Session) -> None:
    ended, chosen = add_french(session), add_french(session)
    office = add_office(session)
    first, second = (add_released(session, office, one.id) for one in (ended, chosen))
    select_woman(
        session, actor=office.actor, approach_id=second.id, expected_version=second.version
    )
    told = list_told(session)
    assert settle(session, timedelta(days=30, minutes=-5)) == 0
    assert settle(session, timedelta(days=30, seconds=5)) == 1
    assert settle(session, timedelta(days=31)) == 0
    assert (first.state, first.held_until, second.state) == ("closed", None, "selected")
    found = find_release(session, first.id)
    assert found is not None and found.withdrawn_at is not None
    assert list_told(session) == [*told, ("approach_outcome", ended.id)]


def test_a_request_that_ended_leaves_nobody_waiting_and_tells_each_once(session: Session) -> None:
    asked, agreed, shown, no, other = (add_french(session) for _ in range(5))
    office, live = add_office(session), add_office(session)
    ask(session, office, [asked.id, no.id])
    answer(session, get_approach(session, office, no.id), "no")
    add_ready(session, office, agreed.id)
    add_released(session, office, shown.id)
    ask(session, live, [other.id])
    office.request.state = "cancelled"
    session.flush()
    assert settle(session, timedelta(minutes=5)) == 3
    assert settle(session, timedelta(minutes=10)) == 0
    states = [get_approach(session, office, one.id).state for one in (asked, agreed, shown, no)]
    assert states == ["called_off", "not_selected", "not_selected", "no"]
    assert get_approach(session, live, other.id).state == "sent"
    assert list_told(session) == [("approach_outcome", o.id) for o in (asked, agreed, shown)]


def test_only_the_scheduler_speaks_for_the_clock(session: Session) -> None:
    with pytest.raises(NotFound):
        settle_due(session, actor=Actor("account", account_id=1), ids=[], now=clock.now())


def test_the_job_settles_what_is_due(database: Database, settings: Settings) -> None:
    with database.writing() as session:
        woman = add_french(session)
        office = add_office(session)
        ask(session, office, [woman.id])
        session.commit()
    turn = Turn(database, settings, SCHEDULER)
    with clock.shifted(timedelta(hours=80)):
        job = get_job("approach_deadlines")
        assert [job.run(turn), job.run(turn)] == [1, 0]
    with database.reading() as session:
        assert session.scalars(select(Approach.state)).all() == ["no_answer"]


def test_her_days_given_elsewhere_meanwhile_keep_a_late_release_back(session: Session) -> None:
    woman = add_french(session)
    office, other = add_office(session), add_office(session)
    first = add_ready(session, office, woman.id)
    first.held_until = clock.now()
    session.flush()
    add_released(session, other, woman.id)
    with pytest.raises(Exception, match="days_taken"):
        release(session, actor=office.actor, approach_id=first.id, expected_version=first.version)


def test_her_network_is_told_by_count_when_she_is_asked_and_once_more_halfway(
    session: Session,
) -> None:
    ours, judged, theirs = (
        add_french(session),
        add_french(session),
        add_french(session, network="mwmn"),
    )
    office = add_office(session)
    ask(session, office, [ours.id, judged.id, theirs.id])
    agree(session, get_approach(session, office, judged.id))
    start, hour = clock.now() - timedelta(minutes=5), timedelta(hours=1)

    def count(first: int, last: int) -> int:
        return count_asking(session, ["nwm", "awmn"], start + first * hour, start + last * hour)

    assert [count(0, 24), count(24, 35), count(35, 48), count(48, 200)] == [1, 0, 1, 0]
