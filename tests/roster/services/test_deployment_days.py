"""The days of a deployment are the days that are taken: as they were moved, and only while it stands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import Refused
from roster.models import Approach, Deployment, OutboxMessage
from roster.permissions import SCHEDULER
from roster.queries.approaches import Taken, list_held, list_taken
from roster.queries.releases import list_live_releases
from roster.services.approach_deadlines import list_due, settle_due
from roster.services.deployment_states import find_deployment
from roster.services.deployments import (
    cancel_deployment,
    change_dates,
    end_deployment,
    start_deployment,
)
from roster.services.releases import release, select_woman
from tests.approach_factories import (
    Office,
    add_french,
    add_office,
    add_ready,
    add_released,
    answer,
    ask,
    get_approach,
)

WORK = {"role": "co_mediator", "track": "I"}


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as opened:
        yield opened
        opened.rollback()


def day(number: int) -> date:
    return clock.now().date() + timedelta(days=number)


def add_days(session: Session, first: int, last: int) -> Office:
    """A request for these days from now."""
    return add_office(session, start=day(first).isoformat(), end=day(last).isoformat())


def choose(session: Session, office: Office, mediator_id: int) -> Approach:
    approach = add_released(session, office, mediator_id)
    values: dict[str, Any] = {"approach_id": approach.id, "expected_version": approach.version}
    assert select_woman(session, actor=office.actor, **values)
    return approach


def get_deployment(session: Session, approach: Approach) -> Deployment:
    found = find_deployment(session, approach.id)
    assert found
    return found


def act(session: Session, office: Office, approach: Approach, use_case: Any, **values: Any) -> Any:
    version = get_deployment(session, approach).version
    given = {"actor": office.actor, "approach_id": approach.id, "expected_version": version}
    return use_case(session, **given, **values)


def release_and_choose(session: Session, office: Office, approach: Approach) -> str:
    for use_case in (release, select_woman):
        values: dict[str, Any] = {"approach_id": approach.id, "expected_version": approach.version}
        use_case(session, actor=office.actor, **values)
    return approach.state


def list_days(session: Session, mediator_id: int) -> list[Taken]:
    return list_taken(session, mediator_id, clock.now())


def test_moved_days_are_taken_and_those_of_the_request_are_free_again(session: Session) -> None:
    her, noise = add_french(session), add_french(session)
    office, old, new = (add_days(session, *days) for days in ((30, 60), (40, 50), (70, 80)))
    approach = choose(session, office, her.id)
    other = choose(session, add_days(session, 30, 60), noise.id)
    act(session, office, approach, change_dates, starts_on=day(75), ends_on=day(85))
    taken = Taken(approach.id, office.request.id, "selected", day(75), day(85))
    assert list_days(session, her.id) == [taken]
    assert [one.approach_id for one in list_days(session, noise.id)] == [other.id]
    for place in (old, new):
        ask(session, place, [her.id])
    with pytest.raises(Refused, match="days_taken"):
        answer(session, get_approach(session, new, her.id))
    assert answer(session, get_approach(session, old, her.id)).state == "yes"


def test_days_are_not_moved_onto_those_of_another_yes(session: Session) -> None:
    her = add_french(session)
    office, other = add_days(session, 30, 60), add_days(session, 70, 80)
    approach = choose(session, office, her.id)
    add_ready(session, other, her.id)
    with pytest.raises(Refused, match="days_taken"):
        act(session, office, approach, change_dates, starts_on=day(61), ends_on=day(70))
    assert get_deployment(session, approach).ends_on == day(60)
    act(session, office, approach, change_dates, starts_on=day(61), ends_on=day(69))
    assert get_deployment(session, approach).ends_on == day(69)


def test_what_does_not_come_about_frees_her_days_the_post_and_her_name_and_she_is_told(
    session: Session,
) -> None:
    her, second = add_french(session), add_french(session)
    office, other = add_days(session, 30, 60), add_days(session, 30, 60)
    next_one = add_ready(session, office, second.id)
    approach = choose(session, office, her.id)
    with pytest.raises(Refused, match="post_filled"):
        release_and_choose(session, office, next_one)
    act(session, office, approach, cancel_deployment)
    assert (approach.state, list_days(session, her.id)) == ("closed", [])
    assert list_held(session, [her.id], clock.now(), except_for=other.request.id) == set()
    assert list_live_releases(session, office.request.id, clock.now()) == {}
    told = select(OutboxMessage.mediator_id).where(OutboxMessage.template == "approach_outcome")
    assert session.scalars(told).all() == [her.id, her.id]
    assert release_and_choose(session, office, next_one) == "selected"
    assert add_ready(session, other, her.id).state == "yes"


def test_after_its_end_a_deployment_takes_no_days(session: Session) -> None:
    her = add_french(session)
    office, other = add_days(session, 0, 60), add_days(session, 30, 40)
    approach = choose(session, office, her.id)
    act(session, office, approach, start_deployment)
    assert len(list_days(session, her.id)) == 1
    act(
        session, office, approach, end_deployment,
        outcome="changed", work=WORK, was_broken_off=True,
    )  # fmt: skip
    assert list_days(session, her.id) == []
    assert add_ready(session, other, her.id).state == "yes"


def test_work_planned_for_a_request_that_was_cancelled_is_let_go_once(session: Session) -> None:
    planned, at_work, live = (add_french(session) for _ in range(3))
    offices = [add_days(session, 30, 60) for _ in range(3)]
    made = [
        choose(session, office, her.id)
        for office, her in zip(offices, (planned, at_work, live), strict=True)
    ]
    act(session, offices[1], made[1], start_deployment)
    for office in offices[:2]:
        office.request.state = "cancelled"
    session.flush()
    now = clock.now()
    settled = [
        settle_due(session, actor=SCHEDULER, ids=list_due(session, now), now=now) for _ in range(2)
    ]
    assert settled == [1, 0]
    states = [(one.state, get_deployment(session, one).state) for one in made]
    assert states == [("closed", "cancelled"), ("selected", "active"), ("selected", "planned")]
