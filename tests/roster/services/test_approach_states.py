"""The table of an approach's life: what is in it happens and leaves a trace, nothing else does."""

from __future__ import annotations

import itertools

import pytest
from sqlalchemy import select

from roster.db import Database
from roster.errors import Refused
from roster.models import ApproachStep, AuditEvent
from roster.permissions import OPERATOR
from roster.services.approach_states import (
    ACCEPTED,
    ANSWERS,
    OVER,
    SIDES,
    STATES,
    TABLE,
    WAITING,
    may_step,
    step,
)
from tests.approach_factories import add_french, add_office, ask


def list_from(state: str, side: str) -> set[str]:
    return {to for (come, to), sides in TABLE.items() if come == state and side in sides}


def test_she_answers_while_she_is_waited_for_and_takes_it_back_at_any_step() -> None:
    for state in WAITING:
        assert list_from(state, "herself") - {"seen"} == {*ANSWERS, "withdrawn"} - {state}
    assert list_from("no_answer", "herself") == {*ANSWERS, "withdrawn"}
    assert all(list_from(state, "herself") == {"withdrawn"} for state in ACCEPTED)
    assert list_from("no", "herself") == {"yes", "later", "question"}


def test_what_is_over_may_only_be_asked_again_and_nobody_but_she_says_yes() -> None:
    assert {(*pair, *sides) for pair, sides in TABLE.items() if pair[0] in OVER} == {
        ("closed", "queued", "requester")
    }
    assert {side for (_, to), sides in TABLE.items() if to in ANSWERS for side in sides} == {
        "herself"
    }
    assert {come for come, to in TABLE if to == "released"} == {"yes"}
    assert {come for come, to in TABLE if to == "selected"} == {"released"}


def test_silence_is_the_clock_s_word_alone_and_never_a_yes() -> None:
    assert {(come, *sides) for (come, to), sides in TABLE.items() if to == "no_answer"} == {
        (state, "scheduler") for state in WAITING
    }
    assert not any(may_step(state, "yes", "scheduler") for state in STATES)


def test_every_step_of_the_table_leaves_a_row_and_an_event_and_every_other_nothing(
    database: Database,
) -> None:
    with database.writing() as session:
        woman = add_french(session)
        (approach,) = ask(session, add_office(session), [woman.id]).made
        taken = []
        for come, to, side in itertools.product(STATES, STATES, SIDES):
            approach.state = come
            if may_step(come, to, side):
                step(session, actor=OPERATOR, approach=approach, to_state=to, side=side)
                taken.append((come, to, side))
                assert approach.state == to
                continue
            with pytest.raises(Refused):
                step(session, actor=OPERATOR, approach=approach, to_state=to, side=side)
            assert approach.state == come
        rows = session.scalars(select(ApproachStep).order_by(ApproachStep.id)).all()[2:]
        assert [(row.from_state, row.to_state, row.taken_by) for row in rows] == taken
        events = session.scalars(
            select(AuditEvent)
            .where(AuditEvent.actor == OPERATOR.name, AuditEvent.subject_kind == "approach")
            .order_by(AuditEvent.id)
        )
        assert [(one.action, one.detail) for one in events] == [
            (f"approach.{to}", {"by": side}) for _, to, side in taken
        ]
        session.rollback()
