"""Networks that are asked say their word, requesters end what they began, and the clock the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.jobs import Turn
from roster.jobs.ending_requests import end_requests
from roster.models import MatchRequest, RequestStep
from roster.permissions import SCHEDULER, Actor
from roster.queries.accounts import get_actor
from roster.queries.requests_asked import find_first_shortlist, get_asked, list_asked
from roster.roster_index import RosterIndex
from roster.schemas.request import load_criteria
from roster.services.request_answers import accept_request, ask_back, end_request, take_step
from roster.services.request_expiry import expire_requests, is_over, list_expired
from roster.services.requests import change_request
from roster.services.runs import run_request
from roster.settings import Settings
from roster.vocabulary import load_vocabulary
from tests.factories import add_account, add_mediator, add_request

DAY = timedelta(days=1)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as opened:
        yield opened
        opened.rollback()


def make_criteria(**changes: Any) -> dict[str, Any]:
    start = clock.now().date() + timedelta(days=30)
    document = {"start": str(start), "end": str(start + timedelta(days=30)), "posts": [{}]}
    return load_criteria({**document, **changes})


def make_request(
    session: Session, state: str = "submitted", *, is_verified: bool = False, **changes: Any
) -> tuple[MatchRequest, Actor]:
    owner = add_account(session, "envoy", is_verified=is_verified, office="An office")
    criteria = make_criteria(**changes)
    return add_request(session, owner, criteria=criteria, state=state), get_actor(owner)


def make_keeper(session: Session, network: str = "nwm") -> Actor:
    return get_actor(add_account(session, "coordinator", network=network))


def answer(
    session: Session, use: Callable[..., MatchRequest], actor: Actor, request: MatchRequest,
    **more: Any,
) -> MatchRequest:  # fmt: skip
    return use(
        session,
        actor=actor,
        code=request.code,
        request_id=request.id,
        expected_version=more.pop("expected_version", request.version),
        **more,
    )


def test_an_unchecked_requesters_request_is_searched_once_a_network_accepts_it(
    session: Session,
) -> None:
    add_mediator(session, safety_class=0)
    request, owner = make_request(session)
    keeper, index = make_keeper(session), RosterIndex(load_vocabulary())
    search = {"actor": owner, "request_id": request.id, "index": index}
    with pytest.raises(Refused, match="request_waits"):
        run_request(session, **search)
    answer(session, ask_back, keeper, request, question="Which language do the sides speak?")
    assert [one.note for one in session.scalars(select(RequestStep))] == [
        "Which language do the sides speak?"
    ]
    change_request(
        session,
        actor=owner,
        request_id=request.id,
        expected_version=request.version,
        criteria=make_criteria(notice_days=7),
    )
    assert request.state == "submitted"
    answer(session, accept_request, keeper, request)
    with clock.shifted(timedelta(hours=2)):
        run_request(session, **search)
    assert request.state == "searching"
    hours = find_first_shortlist(session, request)
    assert hours is not None
    assert 1.9 < hours < 2.2


def test_only_a_network_that_is_asked_hears_of_a_request_and_says_its_word(
    session: Session,
) -> None:
    named, _ = make_request(session, networks=["nwm"])
    everybody, _ = make_request(session)
    draft, _ = make_request(session, "draft")
    over, _ = make_request(session, "cancelled")
    asked, other = make_keeper(session), make_keeper(session, "awmn")
    assert {one.code for one in list_asked(session, asked)} == {named.code, everybody.code}
    assert {one.code for one in list_asked(session, other)} == {everybody.code}
    for actor, request in ((other, named), (asked, draft), (asked, over)):
        with pytest.raises(NotFound):
            answer(session, accept_request, actor, request)
    with pytest.raises(NotFound):
        answer(session, accept_request, get_actor(add_account(session, "auditor")), everybody)
    with pytest.raises(StaleVersion):
        answer(session, accept_request, asked, named, expected_version=named.version + 1)
    with pytest.raises(NotFound):
        accept_request(
            session,
            actor=other,
            code=everybody.code,
            request_id=named.id,
            expected_version=named.version,
        )
    answer(session, accept_request, asked, named)
    assert named.state == "accepted"


def test_a_network_reads_what_is_asked_and_neither_its_title_nor_its_maker(
    session: Session,
) -> None:
    waiting, _ = make_request(session, title="zzsecretzz")
    checked, _ = make_request(session, is_verified=True)
    asked = get_asked(session, waiting.code)
    assert "zz" not in repr({**vars(asked)})
    assert (asked.office, asked.waits) == ("An office", True)
    found = list_asked(session, make_keeper(session))
    assert [(one.code, one.waits) for one in found] == [
        (waiting.code, True),
        (checked.code, False),
    ]


@pytest.mark.parametrize(
    ("state", "action", "reason", "after"),
    [
        ("searching", "find_nobody", "nobody_fits", "no_match"),
        ("searching", "cancel", "postponed", "cancelled"),
        ("none_selected", "close", "not_filled", "closed"),
    ],
)
def test_a_request_ends_with_its_reason(
    session: Session, state: str, action: str, reason: str, after: str
) -> None:
    request, owner = make_request(session, state)
    values = {"request_id": request.id, "action": action}
    with pytest.raises(Refused, match="not_a_choice"):
        end_request(
            session, actor=owner, expected_version=request.version, reason="expired", **values
        )
    _, stranger = make_request(session)
    with pytest.raises(NotFound):
        end_request(
            session, actor=stranger, expected_version=request.version, reason=reason, **values
        )
    end_request(session, actor=owner, expected_version=request.version, reason=reason, **values)
    assert (request.state, request.close_reason, request.closed_at is not None) == (
        after,
        reason,
        True,
    )
    with pytest.raises(Refused, match="request_closed"):
        change_request(
            session,
            actor=owner,
            request_id=request.id,
            expected_version=request.version,
            criteria=make_criteria(),
        )


def test_a_press_takes_only_the_steps_that_are_the_requesters(session: Session) -> None:
    request, owner = make_request(session, "released")
    step = {"actor": owner, "request_id": request.id}
    take_step(session, expected_version=request.version, action="interview", **step)
    assert request.state == "interviewing"
    for action in ("select", "expire", "release"):
        with pytest.raises(Refused, match="not_a_choice"):
            take_step(session, expected_version=request.version, action=action, **step)


def test_a_request_is_over_after_its_last_day_or_the_day_of_its_answer(session: Session) -> None:
    now = clock.now()
    found = {}
    for state in ("draft", "submitted", "approaching", "ready", "selected", "closed"):
        late, _ = make_request(session, state)
        late.answer_by = now
        past, _ = make_request(session, state)
        past.criteria = {**past.criteria, "end": str((now - DAY).date())}
        today, _ = make_request(session, state)
        today.criteria = {**today.criteria, "end": str(now.date())}
        found[state] = [is_over(one, now) for one in (late, past, today)]
    assert found == {
        "draft": [False, False, False],
        "submitted": [True, True, False],
        "approaching": [True, True, False],
        "ready": [False, True, False],
        "selected": [False, False, False],
        "closed": [False, False, False],
    }


def test_the_job_ends_each_once_and_leaves_what_was_changed_meanwhile(
    database: Database, settings: Settings
) -> None:
    with database.writing() as session:
        over, kept = make_request(session)[0], make_request(session)[0]
        changed = make_request(session)[0]
        for one in (over, changed):
            one.answer_by = clock.now() - DAY
        codes = (over.code, kept.code, changed.code)
        session.commit()
    with database.reading() as session:
        found = list_expired(session, now=clock.now())
    assert len(found) == 2
    with database.writing() as session:
        last = session.scalars(select(MatchRequest).where(MatchRequest.code == codes[2])).one()
        last.answer_by = clock.now() + DAY
        session.flush()
        assert expire_requests(session, actor=SCHEDULER, ids=found, now=clock.now()) == 1
        session.rollback()
    turn = Turn(database, settings, SCHEDULER)
    assert end_requests(turn) == 2
    assert end_requests(turn) == 0
    with database.reading() as session:
        states = dict(session.execute(select(MatchRequest.code, MatchRequest.state)).all())
        assert states == dict(zip(codes, ("expired", "submitted", "expired"), strict=True))
        steps = session.scalars(select(RequestStep.taken_by)).all()
        assert steps == ["scheduler", "scheduler"]
