"""Two linked requests: no woman is in both lists, and the earlier answer wins."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import MatchRequest, Run
from roster.permissions import Actor
from roster.queries.accounts import get_actor
from roster.roster_index import RosterIndex
from roster.schemas.request import load_criteria
from roster.services.apart import keep_apart, list_taken
from roster.services.requests import create_request, submit_request
from roster.services.runs import answer_request, run_request, store_run
from roster.vocabulary import load_vocabulary
from tests.factories import add_account, add_mediator


def make_criteria(**changes: Any) -> dict[str, Any]:
    start = clock.now().date() + timedelta(days=30)
    end = start + timedelta(days=20)
    post = {"languages": [{"any_of": ["fra"], "level": "B2"}]}
    asked = {"start": start.isoformat(), "end": end.isoformat(), "posts": [post], **changes}
    return load_criteria(asked)


def make_request(session: Session, actor: Actor) -> MatchRequest:
    request = create_request(session, actor=actor, criteria=make_criteria())
    submit_request(session, actor=actor, request_id=request.id, expected_version=1)
    return request


def list_women(run: Run, *states: str) -> set[int | None]:
    return {row.mediator_id for row in run.rows if not states or row.state in states}


@pytest.fixture
def index() -> RosterIndex:
    return RosterIndex(load_vocabulary())


@pytest.fixture
def envoy(database: Database) -> Actor:
    with database.writing() as session:
        for level in ("C1", "C1", "B1", "A1"):
            add_mediator(session, languages={"fra": level})
        actor = get_actor(add_account(session, country="NOR", office="Office"))
        session.commit()
    return actor


def make_pair(database: Database, actor: Actor) -> tuple[int, int]:
    """Two requests that ask the same; the second is kept apart from the first."""
    with database.writing() as session:
        first, second = make_request(session, actor), make_request(session, actor)
        keep_apart(
            session,
            actor=actor,
            request_id=second.id,
            expected_version=second.version,
            other_id=first.id,
        )
        session.commit()
        return first.id, second.id


def run(database: Database, actor: Actor, request_id: int, index: RosterIndex) -> Run:
    with database.writing() as session:
        made = run_request(session, actor=actor, request_id=request_id, index=index)
        session.commit()
        _ = made.rows
        return made


@pytest.mark.parametrize("order", [(0, 1, 0), (1, 0, 1)])
def test_no_woman_is_in_both_lists_and_the_earlier_answer_wins(
    database: Database, envoy: Actor, index: RosterIndex, order: tuple[int, ...]
) -> None:
    pair = make_pair(database, envoy)
    first, second, again = (run(database, envoy, pair[one], index) for one in order)
    listed = list_women(first, "listed")
    assert len(listed) == 2
    assert list_women(second, "listed") == set()
    assert list_women(second).isdisjoint(listed)
    assert list_women(again, "listed") == listed
    step = second.funnel[-1]
    assert (step["gate"], step["fell"], step["left"]) == ("linked_request", 2, 0)


def test_a_request_that_is_linked_with_none_is_touched_by_none(
    database: Database, envoy: Actor, index: RosterIndex
) -> None:
    pair = make_pair(database, envoy)
    with database.writing() as session:
        free = make_request(session, envoy).id
        session.commit()
    runs = [run(database, envoy, one, index) for one in (pair[0], free)]
    assert [list_women(one, "listed") for one in runs] == [list_women(runs[0], "listed")] * 2
    assert runs[1].funnel[-1]["gate"] != "linked_request"


def test_two_searches_at_the_same_moment_list_her_once(
    database: Database, envoy: Actor, index: RosterIndex
) -> None:
    pair = make_pair(database, envoy)
    with database.reading() as session:
        found = [answer_request(session, actor=envoy, request_id=one, index=index) for one in pair]
    lists = []
    for each in found:
        with database.writing() as session:
            lists.append(list_women(store_run(session, actor=envoy, answered=each), "listed"))
            session.commit()
    assert [len(one) for one in lists] == [2, 0]


def test_only_requests_of_ones_own_that_were_not_searched_are_linked(
    database: Database, envoy: Actor, index: RosterIndex
) -> None:
    first, second = make_pair(database, envoy)
    run(database, envoy, second, index)
    with database.writing() as session:
        stranger = get_actor(add_account(session, country="SWE", office="Other"))
        theirs = make_request(session, stranger).id
        version = session.get_one(MatchRequest, second).version

        def link(other: int | None, asked: int = second, seen: int = version) -> None:
            keep_apart(
                session, actor=envoy, request_id=asked, expected_version=seen, other_id=other
            )

        with pytest.raises(Refused, match="linked_after_search"):
            link(first)
        with pytest.raises(Refused, match="linked_to_itself"):
            link(first, first, session.get_one(MatchRequest, first).version)
        with pytest.raises(StaleVersion):
            link(None, seen=0)
        for asked, other in ((second, theirs), (theirs, second)):
            with pytest.raises(NotFound):
                link(other, asked)
        link(None)
        assert list_taken(session, session.get_one(MatchRequest, second)) == set()
