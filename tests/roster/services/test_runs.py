"""A request is answered, frozen by handle and counted."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import Refused
from roster.models import Account, AuditEvent, Change, Handle, MatchRequest, Mediator, Run, RunRow
from roster.permissions import Actor
from roster.queries.accounts import get_actor
from roster.roster_index import RosterIndex
from roster.schemas.request import load_criteria
from roster.services.requests import create_request, submit_request
from roster.services.runs import run_request
from roster.services.shown_cards import list_showable
from roster.vocabulary import load_vocabulary
from tests.factories import add_account, add_mediator, add_request


@pytest.fixture
def index() -> RosterIndex:
    return RosterIndex(load_vocabulary())


def make_criteria(**changes: Any) -> dict[str, Any]:
    """A request for French that every woman of the factories meets who speaks it."""
    start = clock.now().date() + timedelta(days=30)
    document = {
        "start": start.isoformat(),
        "end": (start + timedelta(days=60)).isoformat(),
        "posts": [{"languages": [{"any_of": ["fra"], "level": "B2"}]}],
        **changes,
    }
    return load_criteria(document)


def make_envoy(session: Session, **values: Any) -> tuple[Account, Actor]:
    account = add_account(session, "envoy", **values)
    return account, get_actor(account)


def submit(session: Session, actor: Actor, **changes: Any) -> MatchRequest:
    request = create_request(session, actor=actor, criteria=make_criteria(**changes))
    return submit_request(
        session, actor=actor, request_id=request.id, expected_version=request.version
    )


@pytest.fixture
def session(database: Database) -> Any:
    with database.writing() as opened:
        yield opened
        opened.rollback()


def test_a_run_freezes_who_fits_and_who_is_one_step_away(
    database: Database, index: RosterIndex
) -> None:
    with database.writing() as session:
        fits = add_mediator(session, languages={"fra": "C1"})
        near = add_mediator(session, languages={"fra": "B1"})
        add_mediator(session, languages={"eng": "C1"})
        _, actor = make_envoy(session)
        ids = [fits.id, near.id]
        session.commit()
    with database.writing() as session:
        request = submit(session, actor)
        run = run_request(session, actor=actor, request_id=request.id, index=index)
        session.commit()
    with database.reading() as session:
        rows = session.scalars(select(RunRow).order_by(RunRow.position)).all()
        assert [(row.mediator_id, row.state) for row in rows] == [
            (ids[0], "listed"),
            (ids[1], "near_miss"),
        ]
        assert (run.considered, run.not_visible) == (3, 0)
        assert run.criteria == request.criteria
        actions = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
        assert actions == ["request.created", "request.submitted", "request.run"]


def test_an_availability_past_its_end_never_counts_though_no_job_has_run(
    database: Database, index: RosterIndex
) -> None:
    with database.writing() as session:
        ends = clock.now() + timedelta(minutes=10)
        add_mediator(session, languages={"fra": "C1"}, availability=ends)
        _, actor = make_envoy(session)
        session.commit()
    states = []
    for seconds in (0, 599, 600, 601):
        shift = ends - timedelta(minutes=10) - clock.now() + timedelta(seconds=seconds)
        with clock.shifted(shift), database.writing() as session:
            request = submit(session, actor)
            run_request(session, actor=actor, request_id=request.id, index=index)
            [row] = session.scalars(select(RunRow)).all()
            codes = [one["code"] for one in row.evidence if one["verdict"] == "unknown"]
            states.append((row.state, codes))
            session.rollback()
    assert states[0] == ("listed", [])
    assert states[-2:] == [("near_miss", ["A1"])] * 2


def test_a_handle_is_kept_over_the_runs_of_a_request_and_differs_between_requests(
    database: Database, index: RosterIndex
) -> None:
    with database.writing() as session:
        for _ in range(3):
            add_mediator(session, languages={"fra": "C1"})
        _, actor = make_envoy(session)
        session.commit()
    with database.writing() as session:
        first, second = submit(session, actor), submit(session, actor)
        for request in (first, first, second):
            run_request(session, actor=actor, request_id=request.id, index=index)
        session.commit()
    with database.reading() as session:
        codes = [
            dict(
                session.execute(
                    select(RunRow.mediator_id, RunRow.handle).where(RunRow.run_id == run)
                ).all()
            )
            for run in session.scalars(select(Run.id).order_by(Run.id))
        ]
        assert codes[0] == codes[1]
        assert set(codes[0].values()).isdisjoint(codes[2].values())
        assert session.scalar(select(func.count(Handle.id))) == 6


def test_who_was_listed_counts_as_proposed_and_yields_among_equals(
    database: Database, index: RosterIndex
) -> None:
    with database.writing() as session:
        listed = add_mediator(session, languages={"fra": "C1"})
        version = listed.version
        _, actor = make_envoy(session)
        session.commit()
    with database.writing() as session:
        request = submit(session, actor)
        run_request(session, actor=actor, request_id=request.id, index=index)
        number = session.info["n"]
        session.commit()
    with database.writing() as session:
        other = add_mediator(session, languages={"fra": "C1"})
        session.commit()
    with database.writing() as session:
        woman = session.get_one(Mediator, listed.id)
        assert (woman.last_proposed_at is not None, woman.version) == (True, version)
        changes = session.scalars(select(Change.mediator_id).where(Change.n == number)).all()
        assert changes == [listed.id]
        again = submit(session, actor)
        run = run_request(session, actor=actor, request_id=again.id, index=index)
        assert [row.mediator_id for row in run.rows] == [other.id, listed.id]


@pytest.fixture
def mid_month() -> Any:
    """A day that no band begins with."""
    with clock.shifted(timedelta(days=15 - clock.now().day)):
        yield


def test_what_is_frozen_holds_no_day_of_hers_no_country_and_no_network(
    database: Database, index: RosterIndex, mid_month: None
) -> None:
    hers = [("nationality", "TCD"), ("residence", "NER"), ("place", "LBY")]
    with database.writing() as session:
        add_mediator(session, network="mwmn", languages={"fra": "C1"}, entries=hers)
        _, actor = make_envoy(session)
        session.commit()
    post = {"languages": ["fra"], "places_nice": ["Libya", "Northern Africa"]}
    with database.writing() as session:
        request = submit(session, actor, posts=[post], parties=[{"country": "NOR"}])
        run = run_request(session, actor=actor, request_id=request.id, index=index)
        found = json.dumps(
            [
                {key: value for key, value in one["facts"].items() if not key.startswith("asked")}
                for row in run.rows
                for one in row.evidence
            ]
        )
        session.rollback()
    assert '"015"' in found  # the sub-region of Libya
    for secret in ("mwmn", "TCD", "NER", "LBY", f"{clock.now():%Y-%m-%d}"):
        assert secret not in found


def test_a_draft_is_not_searched(session: Session, index: RosterIndex) -> None:
    _, actor = make_envoy(session)
    request = create_request(session, actor=actor, criteria=make_criteria())
    with pytest.raises(Refused, match="request_not_submitted"):
        run_request(session, actor=actor, request_id=request.id, index=index)


def test_who_asks_comes_from_the_account_and_not_from_the_request(
    database: Database, index: RosterIndex
) -> None:
    with database.writing() as session:
        add_mediator(session, languages={"fra": "C1"}, safety_class=2)
        _, of_a_side = make_envoy(session, country="TCD")
        _, unverified = make_envoy(session, is_verified=False)
        _, of_none = make_envoy(session, country="NOR")
        session.commit()
    found = []
    for actor in (of_a_side, unverified, of_none):
        with database.writing() as session:
            request = submit(
                session,
                actor,
                parties=[{"country": "TCD"}],
                requester={"country": "NOR", "is_verified": True},
                exclusions=None,
            )
            request.state = "accepted"  # a network asked takes the one who was not checked
            run = run_request(session, actor=actor, request_id=request.id, index=index)
            found.append(run.considered)
            session.rollback()
    assert found == [0, 0, 1]


def test_only_cards_that_may_be_shown_today_are_shown(session: Session) -> None:
    shown = add_mediator(session)
    gone = [
        add_mediator(session, is_hidden=True),
        add_mediator(session, state="withdrawn"),
        add_mediator(session, safety_class=3),
        add_mediator(session, consents=["matching"]),
        add_mediator(session, accreditation="suspended"),
        add_mediator(session, has_integrity_hold=True),
        add_mediator(session, paused_until=clock.now() + timedelta(days=1)),
    ]
    ids = [shown.id, *(one.id for one in gone), 999_999]
    assert list_showable(session, ids, clock.now()) == {shown.id}
    assert list_showable(session, ids, clock.now() + timedelta(days=366)) == set()


def test_a_request_of_the_factories_can_be_run(session: Session, index: RosterIndex) -> None:
    account, actor = make_envoy(session)
    request = add_request(session, account, criteria=make_criteria())
    run = run_request(session, actor=actor, request_id=request.id, index=index)
    assert run.rows == []
