"""Who searches too often, asks for another's request or changes it unseen is stopped."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, StaleVersion, TooMany
from roster.models import AuditEvent
from roster.queries.requests import list_visible_requests
from roster.roster_index import RosterIndex
from roster.services.requests import change_request, create_request
from roster.services.runs import answer_request, run_request, store_run
from roster.vocabulary import load_vocabulary
from tests.roster.services.test_runs import make_criteria, make_envoy, submit


@pytest.fixture
def index() -> RosterIndex:
    return RosterIndex(load_vocabulary())


@pytest.fixture
def session(database: Database) -> Any:
    with database.writing() as opened:
        yield opened
        opened.rollback()


def test_ten_searches_of_a_request_within_a_day_and_no_more(
    session: Session, index: RosterIndex
) -> None:
    _, actor = make_envoy(session)
    request = submit(session, actor)
    for _ in range(10):
        run_request(session, actor=actor, request_id=request.id, index=index)
    with pytest.raises(TooMany, match="too_many_runs_of_request"):
        run_request(session, actor=actor, request_id=request.id, index=index)
    with clock.shifted(timedelta(days=1, seconds=1)):
        run_request(session, actor=actor, request_id=request.id, index=index)


def test_thirty_searches_of_an_office_within_a_day_whoever_makes_them(
    session: Session, index: RosterIndex
) -> None:
    envoys = [make_envoy(session, office="Office of the Envoy")[1] for _ in range(2)]
    for number in range(30):
        actor = envoys[number % 2]
        if number % 6 < 2:
            request = {actor: submit(session, actor) for actor in envoys}
        run_request(session, actor=actor, request_id=request[actor].id, index=index)
    fresh = submit(session, envoys[0])
    with pytest.raises(TooMany, match="too_many_runs_of_office"):
        run_request(session, actor=envoys[0], request_id=fresh.id, index=index)
    _, elsewhere = make_envoy(session, office="Another office")
    other = submit(session, elsewhere)
    run_request(session, actor=elsewhere, request_id=other.id, index=index)


def test_the_third_search_that_differs_only_in_an_exclusion_raises_the_alarm(
    session: Session, index: RosterIndex
) -> None:
    _, actor = make_envoy(session)
    request = submit(session, actor)
    alarms = []
    for country in ("TCD", "SDN", "SDN", "NER"):
        change_request(
            session,
            actor=actor,
            request_id=request.id,
            expected_version=request.version,
            criteria=make_criteria(exclusions={"nationalities": [country]}),
        )
        run_request(session, actor=actor, request_id=request.id, index=index)
        raised = select(func.count(AuditEvent.id)).where(
            AuditEvent.action == "alarm.exclusions_varied"
        )
        alarms.append(session.scalar(raised))
    assert alarms == [0, 0, 0, 1]


def test_an_answer_to_criteria_that_changed_meanwhile_is_not_kept(
    session: Session, index: RosterIndex
) -> None:
    _, actor = make_envoy(session)
    request = submit(session, actor)
    answered = answer_request(session, actor=actor, request_id=request.id, index=index)
    change_request(
        session,
        actor=actor,
        request_id=request.id,
        expected_version=request.version,
        criteria=make_criteria(notice_days=7),
    )
    with pytest.raises(StaleVersion):
        store_run(session, actor=actor, answered=answered)


def test_a_second_editor_is_told_of_the_first(session: Session) -> None:
    _, actor = make_envoy(session)
    request = create_request(session, actor=actor, criteria=make_criteria())
    seen = request.version
    wanted = make_criteria(notice_days=7)
    for expected in (None, StaleVersion):
        if expected is None:
            change_request(
                session,
                actor=actor,
                request_id=request.id,
                expected_version=seen,
                criteria=wanted,
            )
            continue
        with pytest.raises(expected):
            change_request(
                session,
                actor=actor,
                request_id=request.id,
                expected_version=seen,
                criteria=wanted,
            )


def test_another_envoys_request_is_as_if_it_were_not_there(
    session: Session, index: RosterIndex
) -> None:
    _, owner = make_envoy(session)
    _, stranger = make_envoy(session)
    request = submit(session, owner)
    for use in (
        lambda: change_request(
            session,
            actor=stranger,
            request_id=request.id,
            expected_version=request.version,
            criteria=make_criteria(),
        ),
        lambda: run_request(session, actor=stranger, request_id=request.id, index=index),
        lambda: run_request(session, actor=stranger, request_id=999_999, index=index),
    ):
        with pytest.raises(NotFound):
            use()
    assert list_visible_requests(session, stranger) == []
    assert list_visible_requests(session, owner) == [request]
