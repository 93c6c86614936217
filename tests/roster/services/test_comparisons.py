"""Two cards of a stored answer: the differences are those of their points, and nobody else's."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import Decision
from roster.db import Database
from roster.errors import NotFound, Refused
from roster.models import Handle, Mediator, Run
from roster.permissions import Actor
from roster.roster_index import RosterIndex
from roster.services.comparisons import CardComparison, compare_cards
from roster.services.runs import run_request
from roster.vocabulary import load_vocabulary
from tests.factories import add_mediator
from tests.roster.services.test_runs import make_envoy, submit

WISHES = {
    "languages": [{"any_of": ["fra"], "level": "B2"}],
    "languages_nice": [{"any_of": ["eng"]}, {"any_of": ["spa"]}],
    "themes_nice": [{"any_of": ["ceasefire"]}],
}
THEME = [("theme", "ceasefire")]


def add_women(session: Session) -> dict[str, Mediator]:
    """Ada has both nice languages, Bea one and the theme; Cem is a step away, Dia like Bea."""
    both, one = {"fra": "C1", "eng": "C1", "spa": "C1"}, {"fra": "C1", "spa": "C1"}
    return {
        "ada": add_mediator(session, languages=both),
        "bea": add_mediator(session, languages=one, entries=THEME),
        "cem": add_mediator(session, languages={"fra": "B1", "eng": "C1"}, entries=THEME),
        "dia": add_mediator(session, languages=one, entries=THEME),
    }


class Asked:
    """A run over the four women, and who stands where in it."""

    def __init__(self, session: Session, **changes: Any) -> None:
        self.session, self.women = session, add_women(session)
        _, self.actor = make_envoy(session)
        request = submit(session, self.actor, **{"posts": [WISHES], **changes})
        index = RosterIndex(load_vocabulary())
        self.run: Run = run_request(session, actor=self.actor, request_id=request.id, index=index)

    def place(self, name: str, post: str = "post-1") -> int:
        rows = [row for row in self.run.rows if row.mediator_id == self.women[name].id]
        return next(row.position for row in rows if row.post == post)

    def compare(self, first: int, second: int, actor: Actor | None = None) -> CardComparison:
        return compare_cards(
            self.session, actor=actor or self.actor, run_id=self.run.id, first=first, second=second
        )


def test_the_differences_sum_to_the_gap_of_the_points_both_cards_show(database: Database) -> None:
    with database.writing() as session:
        asked = Asked(session)
        said = asked.compare(asked.place("ada"), asked.place("bea"))
        rows = {row.position: row for row in asked.run.rows}
        points = [rows[asked.place(name)].points for name in ("ada", "bea")]
        by_wish = {(one.criterion, one.wish): one.points for one in said.differences if one.points}
        assert by_wish == {("languages_nice", 0): 7.5, ("themes_nice", 0): -15.0}
        assert said.gap == round(sum(by_wish.values()), 2) == round(points[0] - points[1], 2)
        assert [abs(one.points) for one in said.differences] == sorted(
            (abs(one.points) for one in said.differences), reverse=True
        )
        assert (said.ahead.mediator_id, said.decided_by, said.missing) == (
            asked.women["bea"].id,
            Decision.POINTS,
            (None, None),
        )
        turned = asked.compare(asked.place("bea"), asked.place("ada"))
        assert (turned.gap, turned.ahead) == (-said.gap, said.ahead)
        session.rollback()


def test_who_fits_stands_before_her_who_is_a_step_away_and_the_gate_is_named(
    database: Database,
) -> None:
    with database.writing() as session:
        asked = Asked(session)
        said = asked.compare(asked.place("cem"), asked.place("ada"))
        assert said.missing[0] is not None
        assert (said.ahead.mediator_id, said.decided_by, said.missing[0].code, said.missing[1]) == (
            asked.women["ada"].id,
            Decision.STATE,
            "L2",
            None,
        )
        session.rollback()


def test_equal_points_are_decided_by_nothing_that_a_card_shows(database: Database) -> None:
    with database.writing() as session:
        asked = Asked(session)
        places = sorted((asked.place("bea"), asked.place("dia")))
        said = asked.compare(places[1], places[0])
        assert (said.gap, said.decided_by, said.ahead.position) == (0.0, None, places[0])
        session.rollback()


def test_no_two_posts_no_one_woman_twice_and_nobody_who_is_gone(database: Database) -> None:
    with database.writing() as session:
        asked = Asked(session, posts=[{**WISHES, "code": "a"}, {**WISHES, "code": "b"}])
        ada, bea = asked.place("ada", "a"), asked.place("bea", "b")
        for pair in ((ada, bea), (ada, ada)):
            with pytest.raises(Refused, match="not_comparable"):
                asked.compare(*pair)
        for pair in ((ada, 99), (0, ada)):
            with pytest.raises(NotFound):
                asked.compare(*pair)
        asked.women["ada"].is_hidden = True
        session.flush()
        with pytest.raises(Refused, match="card_no_longer_shown"):
            asked.compare(ada, asked.place("bea", "a"))
        session.rollback()


def test_another_envoy_compares_nothing(database: Database) -> None:
    with database.writing() as session:
        asked = Asked(session)
        _, stranger = make_envoy(session)
        with pytest.raises(NotFound):
            asked.compare(asked.place("ada"), asked.place("bea"), stranger)
        assert session.scalars(select(Handle)).all()
        session.rollback()
