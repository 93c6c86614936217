"""Whose days are held and given, what a conflict ends, and that a no leaves no trace in an answer."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import Refused
from roster.models import (
    ConflictCheck,
    Declaration,
    Mediator,
)
from roster.queries.approaches import list_held
from roster.roster_index import RosterIndex
from roster.services.approach_answers import withdraw
from roster.services.releases import release, select_woman
from roster.services.stale_runs import ChangesToAccept
from roster.vocabulary import load_vocabulary
from tests.answer_factories import add_declaration
from tests.approach_factories import (
    add_french,
    add_office,
    add_released,
    agree,
    answer,
    ask,
    get_approach,
    herself,
    search,
)


@pytest.fixture
def session(database: Database) -> Any:
    with database.writing() as opened:
        yield opened
        opened.rollback()


def test_a_yes_holds_her_in_other_live_requests_and_a_no_does_not(session: Session) -> None:
    yes, no, silent = (add_french(session) for _ in range(3))
    office, other = add_office(session), add_office(session)
    ask(session, office, [yes.id, no.id, silent.id])
    answer(session, get_approach(session, office, yes.id))
    answer(session, get_approach(session, office, no.id), "no")
    ids, now = [yes.id, no.id, silent.id], clock.now()
    assert list_held(session, ids, now, except_for=other.request.id) == {yes.id}
    assert list_held(session, ids, now, except_for=office.request.id) == set()
    later = now + timedelta(days=15)
    assert list_held(session, ids, later, except_for=other.request.id) == set()
    office.request.state = "cancelled"
    session.flush()
    assert list_held(session, ids, now, except_for=other.request.id) == set()


def test_her_days_are_given_once_and_a_post_is_filled_once(session: Session) -> None:
    one, two = add_french(session), add_french(session)
    office, other = add_office(session), add_office(session)
    first, second = (add_released(session, office, each.id) for each in (one, two))
    ask(session, other, [one.id])
    with pytest.raises(Refused, match="days_taken"):
        answer(session, get_approach(session, other, one.id))
    select_woman(session, actor=office.actor, approach_id=first.id, expected_version=first.version)
    with pytest.raises(Refused, match="post_filled"):
        select_woman(
            session, actor=office.actor, approach_id=second.id, expected_version=second.version
        )
    withdraw(session, actor=herself(one.id), approach_id=first.id, expected_version=first.version)
    assert answer(session, get_approach(session, other, one.id)).state == "yes"


def test_days_that_do_not_meet_can_both_be_given(session: Session) -> None:
    woman = add_french(session)
    office = add_office(session)
    last = office.request.criteria["end"]
    meets = add_office(session, start=last, end=(clock.now().date() + timedelta(120)).isoformat())
    after = add_office(
        session,
        start=(clock.now().date() + timedelta(days=91)).isoformat(),
        end=(clock.now().date() + timedelta(days=120)).isoformat(),
    )
    for each in (office, meets, after):
        ask(session, each, [woman.id])
    answer(session, get_approach(session, office, woman.id))
    with pytest.raises(Refused, match="days_taken"):
        answer(session, get_approach(session, meets, woman.id))
    assert answer(session, get_approach(session, after, woman.id)).state == "yes"


def test_a_conflict_that_came_up_since_ends_the_approach_and_is_kept_in_codes(
    session: Session,
) -> None:
    barred, held = add_french(session), add_french(session)
    for woman in (barred, held):
        add_declared(session, woman)
    office = add_office(session, parties=[{"code": "party_x", "country": "SDN"}])
    ask(session, office, [barred.id, held.id])
    today = clock.now().date().isoformat()
    add_declared(session, barred, {"kind": "office", "country": "SDN", "started_on": today})
    add_declared(session, held, {"kind": "kin", "party": "party_x"})
    states = [
        answer(session, get_approach(session, office, woman.id)).state for woman in (barred, held)
    ]
    assert states == ["closed", "yes"]
    checks = session.scalars(
        select(ConflictCheck).where(ConflictCheck.moment == "acceptance").order_by(ConflictCheck.id)
    )
    assert [one.verdict for one in checks] == ["bar", "held"]
    waiting = agree(session, get_approach(session, office, held.id))
    with pytest.raises(ChangesToAccept) as asked:
        release(
            session,
            actor=office.actor,
            approach_id=waiting.id,
            expected_version=waiting.version,
        )
    assert [(one.handle, one.code) for one in asked.value.changes] == [(waiting.handle, "gone")]


def add_declared(session: Session, woman: Mediator, *interests: dict[str, Any]) -> None:
    session.execute(delete(Declaration).where(Declaration.mediator_id == woman.id))
    add_declaration(session, woman, covers=["party_x", "SDN"], interests=interests)


def test_a_refusal_changes_no_answer_and_no_rank_by_a_single_bit(session: Session) -> None:
    women = [add_french(session) for _ in range(4)]
    office, other = add_office(session), add_office(session)
    ask(session, office, [women[0].id, women[1].id])

    def run_other() -> list[tuple[Any, ...]]:
        session.execute(update(Mediator).values(last_proposed_at=None))
        search(session, other, RosterIndex(load_vocabulary()))
        run = other.request.runs[-1]
        return [
            (r.handle, r.state, r.position, r.post, r.points, r.out_of, r.evidence)
            for r in run.rows
        ]

    before = run_other()
    answer(session, get_approach(session, office, women[0].id), "no")
    assert run_other() == before
    assert list_held(session, [one.id for one in women], clock.now(), except_for=0) == set()
