"""Who asks or reads too much is stopped, and the coordinators concerned are told in codes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import TooMany
from roster.models import AuditEvent, MatchRequest, OutboxMessage, ReadEvent
from roster.permissions import OPERATOR, SCHEDULER, Actor
from roster.queries.accounts import get_actor
from roster.queries.alarms import Alarm, list_alarms
from roster.roster_index import RosterIndex
from roster.schemas.request import load_criteria
from roster.services.alarms import (
    LOOK_UPS_A_DAY,
    MOST_READINGS,
    READ_WITHIN,
    count_look_up,
    may_read,
    raise_alarm,
)
from roster.services.coordinator_digests import send_digests
from roster.services.exclusion_watch import part
from roster.services.requests import create_request, submit_request
from roster.services.runs import run_request
from roster.vocabulary import load_vocabulary
from tests.factories import add_account, add_mediator

LONG_AGO = timedelta(days=1)
VARIATIONS: list[dict[str, Any]] = [
    {"exclusions": {"nationalities": ["TCD"]}},
    {"exclusions": {"residences": ["TCD"]}},
    {"exclusions": {"offices": ["TCD"]}},
    {"parties": [{"country": "TCD"}]},
    {"posts": [{"exclusions": {"nationalities": ["TCD"]}}]},
    {"networks": ["mwmn"]},
]
"""Six ways to take somebody out of the same question."""


@pytest.fixture
def session(database: Database) -> Any:
    with database.writing() as opened:
        yield opened
        opened.rollback()


@pytest.fixture
def index() -> RosterIndex:
    return RosterIndex(load_vocabulary())


def make_criteria(**changes: Any) -> dict[str, Any]:
    start = clock.now().date() + timedelta(days=30)
    document = {"start": str(start), "end": str(start + timedelta(days=30)), "posts": [{}]}
    return load_criteria({**document, **changes})


def ask(session: Session, actor: Actor, index: RosterIndex, **changes: Any) -> MatchRequest:
    """A request of its own, searched."""
    made = create_request(session, actor=actor, criteria=make_criteria(**changes))
    submit_request(session, actor=actor, request_id=made.id, expected_version=made.version)
    run_request(session, actor=actor, request_id=made.id, index=index)
    return made


def list_codes(session: Session, networks: set[str]) -> list[str]:
    found = list_alarms(session, networks, clock.now() - LONG_AGO)
    return [one.code for one in found]


def test_the_third_exclusion_over_an_offices_requests_alarms_and_the_sixth_is_refused(
    session: Session, index: RosterIndex
) -> None:
    envoys = [get_actor(add_account(session, "envoy", office="One office")) for _ in range(2)]
    alarms = []
    for number, changes in enumerate(VARIATIONS[:5]):
        title = f"Request {number}"
        ask(session, envoys[number % 2], index, title=title, **changes)
        alarms.append(len(list_codes(session, {"nwm"})))
    assert alarms == [0, 0, 1, 2, 3]
    with pytest.raises(TooMany, match="too_many_exclusions") as refused:
        ask(session, envoys[1], index, **VARIATIONS[5])
    assert refused.value.values["limit"] == 5
    ask(session, envoys[1], index, **VARIATIONS[0])  # asked before: nothing new is learnt
    ask(session, envoys[1], index, posts=[{"seniority": "senior"}], **VARIATIONS[0])
    elsewhere = get_actor(add_account(session, "envoy", office="Another"))
    ask(session, elsewhere, index, **VARIATIONS[5])
    with clock.shifted(timedelta(days=1, seconds=1)):
        ask(session, envoys[1], index, **VARIATIONS[5])


def test_the_order_of_a_list_and_other_dates_make_no_other_question() -> None:
    first = make_criteria(exclusions={"nationalities": ["TCD", "SDN"]}, countries=["KEN", "UGA"])
    second = make_criteria(
        exclusions={"nationalities": ["SDN", "TCD"]},
        countries=["UGA", "KEN"],
        title="Another title",
        days_per_month=3,
        posts=[{"code": "one"}],
    )
    assert part(first) == part(second)
    assert part(first)[0] != part(make_criteria(countries=["KEN"]))[0]
    assert part(first)[1] != part(make_criteria(exclusions={"nationalities": ["TCD"]}))[1]


def test_one_account_looks_at_so_many_women_in_ten_minutes_and_no_more(session: Session) -> None:
    women = [add_mediator(session).id for _ in range(3)]
    account = add_account(session, "coordinator", network="nwm")
    actor, now = get_actor(account), clock.now()
    many = [-number for number in range(1, MOST_READINGS - 1)]
    assert may_read(session, actor=actor, mediator_ids=many, now=now)
    assert may_read(session, actor=actor, mediator_ids=[*many, *women[:2]], now=now)
    session.add_all(
        ReadEvent(at=now, account_id=account.id, mediator_id=one, what="card")
        for one in (*women[:2], *women[:2])
    )
    session.flush()
    assert may_read(session, actor=actor, mediator_ids=[*many, *women[:2]], now=now)
    assert list_codes(session, {"nwm"}) == []
    for _ in range(3):
        assert not may_read(session, actor=actor, mediator_ids=[*many, women[2]], now=now)
    assert list_codes(session, {"nwm"}) == ["many_readings"]
    assert list_codes(session, {"awmn"}) == []
    later = now + READ_WITHIN + timedelta(seconds=1)
    assert may_read(session, actor=actor, mediator_ids=[*many, women[2]], now=later)
    assert may_read(session, actor=OPERATOR, mediator_ids=[*many, *women], now=now)


def test_look_ups_of_an_account_end_for_the_day_and_alarm_once(session: Session) -> None:
    actor, other = (get_actor(add_account(session, "envoy")) for _ in range(2))
    allowed = [count_look_up(session, actor=actor) for _ in range(LOOK_UPS_A_DAY + 3)]
    assert allowed == [True] * LOOK_UPS_A_DAY + [False] * 3
    assert count_look_up(session, actor=other)
    assert list_codes(session, {"nwm"}) == ["many_look_ups"]
    with clock.shifted(timedelta(days=1)):
        assert count_look_up(session, actor=actor)


def test_an_alarm_says_codes_and_counts_to_the_networks_that_it_concerns(
    session: Session, index: RosterIndex
) -> None:
    account = add_account(session, "envoy", office="Office of zzofficezz")
    actor = get_actor(account)
    for changes in VARIATIONS[:3]:
        request = ask(session, actor, index, networks=["nwm"], **changes)
    [alarm] = list_alarms(session, {"nwm", "mwmn"}, clock.now() - LONG_AGO)
    assert alarm == Alarm("exclusions_varied", alarm.at, 3, request.code)
    assert list_alarms(session, {"mwmn"}, clock.now() - LONG_AGO) == []
    assert list_alarms(session, {"nwm"}, clock.now()) == []
    event = session.scalars(select(AuditEvent).where(AuditEvent.subject_kind == "alarm")).one()
    assert event.detail == {"runs": 3, "networks": ["nwm"]}


def test_coordinators_concerned_are_told_the_number_in_their_daily_message(
    session: Session,
) -> None:
    concerned = add_account(session, "coordinator", network="nwm")
    add_account(session, "coordinator", network="awmn")
    raise_alarm(session, actor=OPERATOR, code="many_readings", about=1, count=301, networks=["nwm"])
    now = clock.now() + timedelta(seconds=1)
    assert send_digests(session, actor=SCHEDULER, now=now) == 1
    [message] = session.scalars(select(OutboxMessage)).all()
    assert message.recipient == concerned.email
    assert message.values["items"] == [{"about": "alarms", "count": 1, "path": "/monday"}]
