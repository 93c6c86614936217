"""After the choice: days, start, end with one experience, reminders, and what both sides say."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import (
    Addendum,
    Appraisal,
    Approach,
    ApproachStep,
    ConflictCheck,
    Deployment,
    Experience,
    MatchRequest,
    Mediator,
    OutboxMessage,
    Record,
    Release,
)
from roster.permissions import SCHEDULER
from roster.queries.releases import list_live_releases
from roster.services.appraisals import (
    add_addendum,
    give_appraisal,
    list_said,
    reply_to_appraisal,
)
from roster.services.approach_answers import withdraw
from roster.services.deployment_reminders import list_due, remind_due
from roster.services.deployment_states import find_deployment
from roster.services.deployments import (
    cancel_deployment,
    change_dates,
    end_deployment,
    start_deployment,
)
from roster.services.erasing import erase_woman
from roster.services.erasures import leave_service
from roster.services.releases import select_woman
from tests.approach_factories import (
    TERMS,
    Office,
    add_french,
    add_office,
    add_released,
    herself,
)

WORK = {"role": "co_mediator", "track": "I", "phase": "ceasefire", "country": "COL"}


class Mission:
    """A chosen woman of one request."""

    def __init__(self, session: Session) -> None:
        self.session = session
        her = add_french(session)
        add_french(session)
        self.office: Office = add_office(session)
        self.approach: Approach = add_released(session, self.office, her.id)
        select_woman(
            session,
            actor=self.office.actor,
            approach_id=self.approach.id,
            expected_version=self.approach.version,
        )

    @property
    def deployment(self) -> Deployment:
        found = find_deployment(self.session, self.approach.id)
        assert found
        return found

    def act(self, use_case: Any, **values: Any) -> Any:
        return use_case(
            self.session,
            actor=values.pop("actor", self.office.actor),
            approach_id=self.approach.id,
            expected_version=values.pop("version", self.deployment.version),
            **values,
        )

    def end(self, **values: Any) -> Any:
        return self.act(end_deployment, **{"outcome": "as_planned", "work": WORK, **values})


@pytest.fixture
def mission(database: Database) -> Iterator[Mission]:
    with database.writing() as session:
        yield Mission(session)


def list_work(session: Session) -> list[tuple[str | None, ...]]:
    rows = session.scalars(select(Experience))
    return [
        (one.role, one.track, one.phase, one.country, one.disclosure)
        for one in rows
        if one.mandating_body == TERMS["who"]
    ]


def test_her_choice_plans_the_days_of_the_request_and_the_office_may_move_them_until_the_start(
    mission: Mission,
) -> None:
    request = mission.session.get_one(MatchRequest, mission.approach.request_id)
    planned = mission.deployment
    days = (planned.starts_on.isoformat(), planned.ends_on.isoformat())
    assert (planned.state, *days) == (
        "planned", request.criteria["start"], request.criteria["end"],
    )  # fmt: skip
    first = planned.starts_on + timedelta(days=3)
    last = first + timedelta(days=20)
    mission.act(change_dates, starts_on=first, ends_on=last)
    assert (mission.deployment.starts_on, mission.deployment.ends_on) == (first, last)
    with pytest.raises(Refused):
        mission.act(change_dates, starts_on=last, ends_on=first)
    with pytest.raises(StaleVersion):
        mission.act(change_dates, starts_on=first, ends_on=last, version=99)
    with pytest.raises(NotFound):
        mission.act(start_deployment, actor=herself(mission.approach.mediator_id))
    assert mission.act(start_deployment)
    with pytest.raises(Refused):
        mission.act(change_dates, starts_on=first, ends_on=last)
    assert request.state == "deployed"


def test_the_end_makes_exactly_one_verified_experience_of_what_she_was_told(
    mission: Mission,
) -> None:
    session = mission.session
    with pytest.raises(Refused):
        mission.end()
    mission.act(start_deployment)
    assert list_work(session) == []
    version = mission.deployment.version
    mission.end()
    with pytest.raises(StaleVersion):
        mission.end(version=version)
    with pytest.raises(Refused):
        mission.end()
    assert list_work(session) == [("co_mediator", "I", "ceasefire", "COL", "discreet")]
    row = session.get_one(Experience, mission.deployment.experience_id)
    record = session.get_one(Record, row.record_id)
    assert (record.mediator_id, record.network_code) == (mission.approach.mediator_id, None)
    assert (row.process, row.verified_on) == (TERMS["purpose"], clock.now().date())
    assert (mission.deployment.state, mission.deployment.outcome) == ("ended", "as_planned")


def test_an_end_that_was_killed_before_its_commit_leaves_nothing_and_can_be_done_again(
    database: Database,
) -> None:
    with database.writing() as session:
        mission = Mission(session)
        mission.act(start_deployment)
        office, approach_id = mission.office.actor, mission.approach.id
        session.commit()
    for is_killed in (True, False):
        with database.writing() as session:
            found = find_deployment(session, approach_id)
            assert found and found.state == "active"
            end_deployment(
                session,
                actor=office,
                approach_id=approach_id,
                expected_version=found.version,
                outcome="as_planned",
                work=WORK,
            )
            if not is_killed:
                session.commit()
    with database.reading() as session:
        assert len(list_work(session)) == 1
        assert session.scalar(select(func.count(Deployment.experience_id))) == 1


def test_both_sides_are_told_three_times_and_never_twice(mission: Mission) -> None:
    session = mission.session
    mission.act(start_deployment)
    told = []
    last = mission.deployment.ends_on
    for left in (31, 30, 29, 7, 7, 0, -5):
        now = clock.now() + (last - timedelta(days=left) - clock.now().date())
        for _ in range(2):
            told.append(remind_due(session, actor=SCHEDULER, ids=list_due(session, now), now=now))
    assert told == [0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]
    assert mission.deployment.reminded == [30, 7, 0]
    sent = session.execute(
        select(OutboxMessage.template, func.count())
        .where(OutboxMessage.template.like("deployment%"))
        .group_by(OutboxMessage.template)
    )
    found = dict(sent.all())
    assert found == {"deployment": 3, "deployment_requester": 3}


def test_taking_her_yes_back_ends_it_without_an_experience(mission: Mission) -> None:
    mission.act(start_deployment)
    withdraw(
        mission.session,
        actor=herself(mission.approach.mediator_id),
        approach_id=mission.approach.id,
        expected_version=mission.approach.version,
    )
    assert (mission.deployment.state, list_work(mission.session)) == ("broken_off", [])
    with pytest.raises(Refused):
        mission.act(cancel_deployment)


def test_each_side_speaks_once_replies_once_and_adds_without_overwriting(
    mission: Mission,
) -> None:
    session, her = mission.session, herself(mission.approach.mediator_id)
    said = {"again": "yes", "text": "zzsaid9zz"}
    with pytest.raises(Refused):
        mission.act(give_appraisal, side="requester", answers=said)
    mission.act(start_deployment)
    mission.end()
    mission.act(give_appraisal, side="requester", answers=said)
    with pytest.raises(Refused):
        mission.act(give_appraisal, side="requester", answers={"again": "no", "text": "x"})
    with pytest.raises(NotFound):
        mission.act(reply_to_appraisal, side="requester", text="to nobody")
    with pytest.raises(NotFound):
        mission.act(give_appraisal, side="herself", answers=said)
    mission.act(reply_to_appraisal, actor=her, side="herself", text="zzreply9zz")
    with pytest.raises(Refused):
        mission.act(reply_to_appraisal, actor=her, side="herself", text="again")
    mission.act(add_addendum, side="requester", text="zzmore9zz")
    found = list_said(session, mission.deployment.id)
    assert list(found) == ["requester"]
    one = found["requester"]
    assert (one.appraisal.answers, one.appraisal.reply) == (said, "zzreply9zz")
    assert [each.text for each in one.addenda] == ["zzmore9zz"]
    request = session.get_one(MatchRequest, mission.approach.request_id)
    assert request.state == "evaluated"
    with pytest.raises(NotFound):
        mission.act(give_appraisal, actor=herself(10**6), side="herself", answers=said)


def test_leaving_the_service_ends_all_at_once_and_shows_nothing_from_then_on(
    mission: Mission, tmp_path: Path
) -> None:
    session, her = mission.session, mission.approach.mediator_id
    mission.act(start_deployment)
    request_id = mission.approach.request_id
    assert set(list_live_releases(session, request_id, clock.now())) == {her}
    leave_service(
        session,
        actor=herself(her),
        mediator_id=her,
        expected_version=session.get_one(Mediator, her).version,
        ledger=tmp_path / "ledger",
    )
    assert list_live_releases(session, request_id, clock.now()) == {}
    assert (mission.approach.state, mission.deployment.state) == ("withdrawn", "broken_off")


def test_erasing_takes_what_she_was_asked_and_what_was_said_and_leaves_others(
    mission: Mission,
) -> None:
    session = mission.session
    mission.act(start_deployment)
    mission.end()
    mission.act(give_appraisal, side="requester", answers={"again": "yes", "text": "x"})
    mission.act(add_addendum, side="requester", text="y")
    erase_woman(session, mission.approach.mediator_id)
    session.flush()
    tables = (Approach, ApproachStep, ConflictCheck, Release, Deployment, Appraisal, Addendum)
    counts = [session.scalar(select(func.count()).select_from(one)) for one in tables]
    assert counts == [0] * len(tables)
    assert session.get(MatchRequest, mission.office.request.id)
