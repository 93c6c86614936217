"""Marks of the first places: of the women shown today, by the points that were kept."""

from __future__ import annotations

from sqlalchemy.orm import Session

from matching import PUBLISHED, Lean
from roster.db import Database
from roster.models import Mediator, Run
from roster.roster_index import RosterIndex
from roster.services.first_places import FirstPlace, find_weights, judge_first_places
from roster.services.request_weights import change_weights
from roster.services.runs import run_request
from roster.vocabulary import load_vocabulary
from tests.factories import add_mediator
from tests.roster.services.test_runs import make_envoy, submit

POST = {
    "languages": [{"any_of": ["fra"]}],
    "languages_nice": [{"any_of": ["eng"]}],
    "themes_nice": [{"any_of": ["ceasefire"]}],
}


def add_women(session: Session) -> list[Mediator]:
    """Two have the theme and the language; one the theme; one the language; one neither."""
    both, theme = {"fra": "C1", "eng": "C1"}, [("theme", "ceasefire")]
    return [
        add_mediator(session, languages=both, entries=theme),
        add_mediator(session, languages=both, entries=theme),
        add_mediator(session, languages={"fra": "C1"}, entries=theme),
        add_mediator(session, languages=both),
        add_mediator(session, languages={"fra": "C1"}),
    ]


def ask(session: Session, post: dict[str, object]) -> Run:
    _, actor = make_envoy(session)
    request = submit(session, actor, posts=[post])
    index = RosterIndex(load_vocabulary())
    return run_request(session, actor=actor, request_id=request.id, index=index)


def test_the_third_of_five_hangs_on_the_weights_that_part_her_from_the_fourth(
    database: Database,
) -> None:
    with database.writing() as session:
        women = add_women(session)
        run = ask(session, POST)
        marks = judge_first_places(run, {woman.id for woman in women})
        by_woman = {row.mediator_id: marks[row.id] for row in run.rows if row.id in marks}
        third = run.rows[2].mediator_id
        theme = third == women[2].id
        names = ("languages_nice", "themes_nice") if theme else ("themes_nice", "languages_nice")
        assert by_woman.keys() == {women[0].id, women[1].id, third}
        assert by_woman[women[0].id] == by_woman[women[1].id] == FirstPlace(3, ())
        assert third is not None
        assert set(by_woman[third].leans) == {Lean(names[0], True), Lean(names[1], False)}
        session.rollback()


def test_nobody_who_is_gone_is_reckoned_with(database: Database) -> None:
    with database.writing() as session:
        women = add_women(session)
        run = ask(session, POST)
        gone = {row.mediator_id for row in run.rows[3:4]}
        shown = {woman.id for woman in women} - gone
        marks = judge_first_places(run, shown)
        assert [marks[row.id] for row in run.rows[:3]] == [FirstPlace(3, ())] * 3
        assert judge_first_places(run, {row.mediator_id for row in run.rows[:3]}) == {}  # type: ignore[misc]  # none is erased
        session.rollback()


def test_marks_under_weights_of_its_own_follow_them_until_they_are_changed(
    database: Database,
) -> None:
    with database.writing() as session:
        women = add_women(session)
        shown = {woman.id for woman in women}
        own = {**PUBLISHED.by_preference(), "themes_nice": 25.0, "languages_nice": 5.0}
        _, actor = make_envoy(session)
        request = submit(session, actor, posts=[POST])
        change_weights(
            session, actor=actor, request_id=request.id,
            expected_version=request.version, points=own,
        )  # fmt: skip
        index = RosterIndex(load_vocabulary())
        run = run_request(session, actor=actor, request_id=request.id, index=index)
        marks = judge_first_places(run, shown)
        assert [marks[row.id] for row in run.rows[:3]] == [FirstPlace(3, ())] * 3
        change_weights(
            session, actor=actor, request_id=request.id,
            expected_version=request.version, points=None,
        )  # fmt: skip
        assert (judge_first_places(run, shown), find_weights(run)) == ({}, None)
        session.rollback()


def test_no_marks_where_no_preference_is_asked_or_the_weights_are_others(
    database: Database,
) -> None:
    with database.writing() as session:
        women = add_women(session)
        shown = {woman.id for woman in women}
        assert judge_first_places(ask(session, POST), shown) != {}
        older = ask(session, POST)
        older.weights_version = "2025.1"
        assert judge_first_places(older, shown) == {}
        session.rollback()
