"""Approaches under any order of anybody's steps: what must hold after each of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import Refused
from roster.models import Approach, ApproachStep, Mediator, Release
from roster.permissions import SCHEDULER, Actor
from roster.queries.approaches import TAKEN, list_held
from roster.queries.releases import list_live_releases
from roster.services.approach_again import ask_again
from roster.services.approach_answers import call_off, withdraw
from roster.services.approach_deadlines import list_due, settle_due
from roster.services.approach_states import TABLE
from roster.services.consents import hide, unhide
from roster.services.network_words import agree_to_approach, decline_approach
from roster.services.releases import release, select_woman
from roster.services.stale_runs import ChangesToAccept
from tests.approach_factories import Office, add_french, add_office, answer, ask, herself

ACTS = (
    "yes", "no", "later", "question", "withdraw", "agree", "decline", "release", "select",
    "call_off", "hide", "unhide", "wait", "wait_long", "again",
)  # fmt: skip
WOMEN, OFFICES = 2, 2
STEPS = st.tuples(st.sampled_from(ACTS), st.integers(0, OFFICES - 1), st.integers(0, WOMEN - 1))


class Life:
    """Two requests on the same days that have asked the same two women for the same post."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.women = [add_french(session) for _ in range(WOMEN)]
        self.offices = [add_office(session) for _ in range(OFFICES)]
        for office in self.offices:
            ask(session, office, [one.id for one in self.women])
        self.waited = timedelta()

    def act(self, name: str, office: Office, her: Mediator) -> None:
        approach = self.get(office, her)
        network = Actor("account", coordinates=frozenset({"nwm"}))
        by: dict[str, tuple[Callable[..., Any], Actor]] = {
            "withdraw": (withdraw, herself(her.id)),
            "agree": (agree_to_approach, network),
            "decline": (decline_approach, network),
            "release": (release, office.actor),
            "select": (select_woman, office.actor),
            "call_off": (call_off, office.actor),
            "again": (ask_again, office.actor),
        }
        if name in by:
            use_case, actor = by[name]
            use_case(
                self.session,
                actor=actor,
                approach_id=approach.id,
                expected_version=approach.version,
            )
        elif name in ("hide", "unhide"):
            press = hide if name == "hide" else unhide
            press(self.session, actor=herself(her.id), mediator_id=her.id)
        elif name.startswith("wait"):
            self.waited += timedelta(days=4 if name == "wait" else 27)
        else:
            answer(self.session, approach, name)

    def settle(self) -> None:
        now = clock.now()
        settle_due(self.session, actor=SCHEDULER, ids=list_due(self.session, now), now=now)

    def get(self, office: Office, her: Mediator) -> Approach:
        return self.session.scalars(
            select(Approach).where(
                Approach.request_id == office.request.id, Approach.mediator_id == her.id
            )
        ).one()

    def check(self) -> None:
        rows = self.session.scalars(select(Approach)).all()
        live = {
            (office.request.id, her)
            for office in self.offices
            for her in list_live_releases(self.session, office.request.id, clock.now())
        }
        for one in rows:
            self._check_one(one, (one.request_id, one.mediator_id) in live)
        for her in self.women:
            given_away = [one for one in rows if one.mediator_id == her.id and _is_firm(one)]
            assert len(given_away) <= 1
        for office in self.offices:
            chosen = [one for one in rows if one.request_id == office.request.id]
            assert sum(one.state == "selected" for one in chosen) <= 1

    def _check_one(self, one: Approach, is_live: bool) -> None:
        steps = self.session.scalars(
            select(ApproachStep).where(ApproachStep.approach_id == one.id).order_by(ApproachStep.id)
        ).all()
        assert [(row.from_state, row.to_state) for row in steps][-1][1] == one.state
        assert all(row.taken_by in TABLE[row.from_state, row.to_state] for row in steps)
        was_released = self.session.scalar(select(Release.id).where(Release.approach_id == one.id))
        said_yes = any(row.to_state == "yes" for row in steps)
        assert not was_released or said_yes
        is_shown = one.state in ("released", "selected")
        assert not is_shown or (one.network_word == "agreed" and one.allows)
        assert not is_live or is_shown
        held = list_held(self.session, [one.mediator_id], clock.now(), except_for=0)
        assert one.state not in TAKEN or not _is_firm(one) or one.mediator_id in held
        her = self.session.get_one(Mediator, one.mediator_id)
        assert not (is_live and her.is_hidden)


def _is_firm(one: Approach) -> bool:
    """Whether her days are given to this request now."""
    is_held = one.held_until is not None and one.held_until > clock.now()
    return one.state in ("released", "selected") or (one.state == "yes" and is_held)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEPS, min_size=8, max_size=25))
def test_whatever_is_done_in_whatever_order_both_words_and_her_days_are_kept(
    database: Database, steps: list[tuple[str, int, int]]
) -> None:
    with database.writing() as session:
        life = Life(session)
        for name, office, woman in steps:
            with clock.shifted(life.waited):
                with suppress(Refused, ChangesToAccept):
                    life.act(name, life.offices[office], life.women[woman])
                life.settle()
                life.check()
        session.rollback()
