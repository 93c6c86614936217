"""With too few fits: all smallest sets of the engine, their counts banded, for the newest search."""

from __future__ import annotations

from typing import Any

import pytest

from matching import Columns, answer, relax
from matching.facts import Requester
from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused
from roster.facts import load_mediators, make_request
from roster.roster_index import RosterIndex
from roster.services.relaxations import BandedRelaxation, PostRelaxations, list_relaxations
from roster.services.runs import run_request
from roster.vocabulary import load_vocabulary
from tests.factories import add_mediator
from tests.roster.services.test_runs import make_criteria, make_envoy, submit


@pytest.fixture
def index() -> RosterIndex:
    return RosterIndex(load_vocabulary())


@pytest.mark.parametrize(("many", "shown"), [(4, None), (5, 5), (9, 5), (10, 10)])
def test_how_many_are_freed_is_told_in_steps_of_five(
    database: Database, index: RosterIndex, many: int, shown: int | None
) -> None:
    with database.writing() as session:
        for _ in range(many):
            add_mediator(session, languages={"fra": "B1"})
        add_mediator(session, languages={"eng": "C1"})
        _, actor = make_envoy(session)
        request = submit(session, actor)
        run_request(session, actor=actor, request_id=request.id, index=index)
        said = list_relaxations(session, actor=actor, request_id=request.id, index=index)
        [post] = said.posts
        found = answer(
            Columns.build(load_mediators(session, now=clock.now()), load_vocabulary()),
            make_request(make_criteria(), code=request.code, requester=Requester()),
            clock.now(),
        )
        expected = relax(found, "post-1", wanted=3)
        assert [one.changes for one in post.sets] == [one.changes for one in expected]
        to_b1 = next(one for one in post.sets if one.changes[0].to)
        assert to_b1 == BandedRelaxation(expected[post.sets.index(to_b1)].changes, shown)
        session.rollback()


def test_a_post_that_enough_fit_is_left_alone_beside_one_that_too_few_fit(
    database: Database, index: RosterIndex
) -> None:
    with database.writing() as session:
        for _ in range(3):
            add_mediator(session, languages={"fra": "C1", "spa": "B1"})
        _, actor = make_envoy(session)
        posts: list[dict[str, Any]] = [
            {"code": "a", "languages": ["fra"]},
            {"code": "b", "languages": ["spa"]},
        ]
        request = submit(session, actor, posts=posts)
        run_request(session, actor=actor, request_id=request.id, index=index)
        said = list_relaxations(session, actor=actor, request_id=request.id, index=index)
        assert said.posts[0] == PostRelaxations("a", is_enough=True)
        assert (said.posts[1].post, said.posts[1].is_enough, bool(said.posts[1].sets)) == (
            "b",
            False,
            True,
        )
        session.rollback()


def test_only_who_reads_the_request_asks_and_only_after_a_run(
    database: Database, index: RosterIndex
) -> None:
    with database.writing() as session:
        _, actor = make_envoy(session)
        _, stranger = make_envoy(session)
        request = submit(session, actor)
        with pytest.raises(Refused):
            list_relaxations(session, actor=actor, request_id=request.id, index=index)
        run_request(session, actor=actor, request_id=request.id, index=index)
        with pytest.raises(NotFound):
            list_relaxations(session, actor=stranger, request_id=request.id, index=index)
        session.rollback()
