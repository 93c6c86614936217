"""A request goes only where its life cycle leads, and each step is written down."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused
from roster.models import Account, MatchRequest, RequestStep
from roster.permissions import OPERATOR, SCHEDULER, Actor
from roster.queries.accounts import get_actor
from roster.services.request_states import (
    ACTIONS,
    DUE,
    ENDED,
    SIDES,
    STATES,
    TABLE,
    find_next,
    list_sides,
    may_move,
    move,
)
from tests.factories import add_account, add_request

EXPECTED = """
submit       | requester verified operator | draft>submitted
change       | requester verified operator | draft>draft submitted>submitted clarifying>submitted
change       | requester                   | accepted>submitted searching>submitted
change       | verified operator           | accepted>accepted searching>searching approaching>approaching
clarify      | network                     | submitted>clarifying
accept       | network                     | submitted>accepted clarifying>accepted
search       | requester verified operator | accepted>searching searching>searching approaching>approaching
search       | requester verified operator | ready>ready released>released interviewing>interviewing
search       | requester verified operator | none_selected>searching
search       | verified operator           | submitted>searching clarifying>searching
approach     | requester verified operator | searching>approaching approaching>approaching ready>ready
approach     | requester verified operator | released>released interviewing>interviewing
get_ready    | network herself operator    | approaching>ready ready>ready released>released
get_ready    | network herself operator    | interviewing>interviewing
release      | requester verified operator | ready>released released>released interviewing>interviewing
approach     | requester verified operator | selected>selected deployed>deployed
get_ready    | network herself operator    | selected>selected deployed>deployed
release      | requester verified operator | selected>selected deployed>deployed
interview    | requester verified operator | released>interviewing
select       | requester verified operator | released>selected interviewing>selected selected>selected
select       | requester verified operator | deployed>deployed
select_none  | requester verified operator | approaching>none_selected ready>none_selected
select_none  | requester verified operator | released>none_selected interviewing>none_selected
deploy       | requester verified operator | selected>deployed deployed>deployed
evaluate     | requester verified operator | deployed>evaluated evaluated>evaluated
close        | requester verified operator | selected>closed none_selected>closed deployed>closed
close        | requester verified operator | evaluated>closed
cancel       | requester verified operator | draft>cancelled submitted>cancelled clarifying>cancelled
cancel       | requester verified operator | accepted>cancelled searching>cancelled approaching>cancelled
cancel       | requester verified operator | ready>cancelled released>cancelled interviewing>cancelled
cancel       | requester verified operator | selected>cancelled
find_nobody  | requester verified operator | searching>no_match approaching>no_match ready>no_match
find_nobody  | requester verified operator | released>no_match interviewing>no_match
find_nobody  | requester verified operator | none_selected>no_match
expire       | scheduler operator          | submitted>expired clarifying>expired accepted>expired
expire       | scheduler operator          | searching>expired approaching>expired ready>expired
expire       | scheduler operator          | released>expired interviewing>expired
"""
"""The life cycle written once more by hand: action, sides, and where it leads from where."""


def read_expected() -> dict[tuple[str, str, str], str]:
    found: dict[tuple[str, str, str], str] = {}
    for line in EXPECTED.strip().splitlines():
        action, sides, steps = (part.split() for part in line.split("|"))
        for side, step in product(sides, steps):
            before, after = step.split(">")
            assert (before, action[0], side) not in found
            found[before, action[0], side] = after
    return found


def test_every_state_action_and_side_leads_where_the_life_cycle_says_and_nowhere_else() -> None:
    expected = read_expected()
    triples = list(product(STATES, ACTIONS, SIDES))
    assert len(triples) == 17 * 17 * 6
    assert {one: find_next(*one) for one in triples} == {one: expected.get(one) for one in triples}
    assert set(TABLE) <= set(triples)


def test_nothing_leads_out_of_an_ended_request() -> None:
    assert [key for key in TABLE if key[0] in ENDED] == []


def test_every_state_can_be_reached_and_every_open_one_left() -> None:
    reached, seen = {"draft"}, set()
    while reached - seen:
        one = (reached - seen).pop()
        seen.add(one)
        reached |= {to for (state, _, _), to in TABLE.items() if state == one}
    assert reached == set(STATES)
    left = {state for (state, _, _), to in TABLE.items() if to != state}
    assert left == set(STATES) - ENDED


@pytest.fixture
def session(database: Database) -> Any:
    with database.writing() as opened:
        yield opened
        opened.rollback()


def make_request(session: Session, state: str, **account: Any) -> MatchRequest:
    owner = add_account(session, "envoy", **account)
    return add_request(session, owner, criteria={}, state=state)


def make_sides(session: Session, request: MatchRequest) -> dict[str, Actor]:
    """One actor of each side; whoever owns the request is checked."""
    return {
        "verified": get_actor(session.get_one(Account, request.account_id)),
        "network": get_actor(add_account(session, "coordinator", network="nwm")),
        "herself": Actor("link", mediator_id=7),
        "scheduler": SCHEDULER,
        "operator": OPERATOR,
    }


def test_a_step_is_written_down_with_its_side_and_what_is_due_next(session: Session) -> None:
    request = make_request(session, "draft")
    sides = make_sides(session, request)
    request.answer_by = clock.now() + timedelta(days=2)
    steps = (("submit", "verified"), ("clarify", "network"), ("change", "verified"))
    for action, side in steps:
        move(session, actor=sides[side], request=request, action=action)
    found = session.scalars(select(RequestStep).order_by(RequestStep.id)).all()
    assert [(one.from_state, one.to_state, one.taken_by) for one in found] == [
        ("draft", "submitted", "requester"),
        ("submitted", "clarifying", "network"),
        ("clarifying", "submitted", "requester"),
    ]
    assert [one.due_at for one in found] == [request.answer_by] * 3
    request.answer_by = None
    move(session, actor=sides["network"], request=request, action="clarify")
    last = session.scalars(select(RequestStep).order_by(RequestStep.id.desc())).first()
    assert last is not None
    assert last.due_at == last.taken_at + DUE["clarifying"]


def test_a_step_that_leads_nowhere_else_is_taken_in_silence(session: Session) -> None:
    request = make_request(session, "searching")
    sides = make_sides(session, request)
    assert move(session, actor=sides["verified"], request=request, action="search") == "searching"
    assert session.scalars(select(RequestStep)).all() == []


def test_a_step_that_the_table_does_not_have_changes_nothing(session: Session) -> None:
    request = make_request(session, "searching")
    sides = make_sides(session, request)
    for side, actor in sides.items():
        for action in ACTIONS:
            if find_next("searching", action, side) is None:
                assert not may_move(session, actor=actor, request=request, action=action)
                with pytest.raises(Refused, match="request_step"):
                    move(session, actor=actor, request=request, action=action)
    assert (request.state, session.scalars(select(RequestStep)).all()) == ("searching", [])


def test_another_requester_stands_nowhere(session: Session) -> None:
    request = make_request(session, "submitted")
    stranger = get_actor(add_account(session, "envoy"))
    assert list_sides(session, stranger, request) == []
    with pytest.raises(NotFound):
        move(session, actor=stranger, request=request, action="cancel")


def test_an_unchecked_requester_waits_and_her_changes_are_read_anew(session: Session) -> None:
    request = make_request(session, "submitted", is_verified=False)
    sides = make_sides(session, request)
    actor = sides["verified"]
    assert not may_move(session, actor=actor, request=request, action="search")
    move(session, actor=sides["network"], request=request, action="accept")
    move(session, actor=actor, request=request, action="search")
    assert move(session, actor=actor, request=request, action="change") == "submitted"
    assert not may_move(session, actor=actor, request=request, action="search")


def test_the_end_of_a_request_has_its_time(session: Session) -> None:
    request = make_request(session, "searching")
    move(session, actor=SCHEDULER, request=request, action="expire")
    assert (request.state, request.closed_at is not None) == ("expired", True)
