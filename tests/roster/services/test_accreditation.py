"""Accreditation step by step: what may follow what, what it needs, and what counts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import AccreditationStep, Mediator, Membership, Record
from roster.permissions import OPERATOR
from roster.services.accreditation import LADDER, NEXT, Step, list_steps, needs_reason, take_step
from roster.services.trainings import drop_training, keep_training
from roster.vocabulary import load_vocabulary
from tests.factories import add_membership
from tests.roster.services.accrediting import ANOTHER, HERS, load_one, make_woman

TODAY = date(2026, 11, 22)


def take(session: Session, record: Record, membership: Membership, step: Step) -> Membership:
    return take_step(
        session,
        actor=HERS,
        record_id=record.id,
        expected_version=membership.version,
        step=step,
    )


def refuse(session: Session, record: Record, membership: Membership, step: Step) -> str:
    before = (membership.accreditation, membership.version)
    with pytest.raises(Refused) as refusal:
        take(session, record, membership, step)
    assert (membership.accreditation, membership.version) == before
    assert list_steps(session, membership.id) == []
    return refusal.value.code


@pytest.fixture
def frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands on the day of these tests."""
    now = clock.now().replace(year=2026, month=11, day=22, hour=12)
    monkeypatch.setattr(clock, "now", lambda: now)


def test_every_state_of_the_vocabulary_has_its_next_states_and_no_other() -> None:
    states = set(load_vocabulary().codes("accreditation_state"))
    assert set(NEXT) == states
    assert set().union(*NEXT.values()) == states - {"merged"}


def test_another_network_and_an_old_version_change_nothing(database: Database) -> None:
    with database.writing() as session:
        record, membership = make_woman(session)
        step = Step("self_declared", TODAY)
        for actor, version, error in (
            (ANOTHER, membership.version, NotFound),
            (HERS, membership.version + 1, StaleVersion),
        ):
            with pytest.raises(error):
                take_step(
                    session,
                    actor=actor,
                    record_id=record.id,
                    expected_version=version,
                    step=step,
                )
        assert list_steps(session, membership.id) == []


def test_suspended_by_one_network_bars_her_everywhere_until_lifted(database: Database) -> None:
    with database.writing() as session:
        record, membership = make_woman(session, "accredited")
        other = add_membership(session, record.mediator, "awmn")
        other.accreditation = "accredited"
        take(session, record, membership, Step("suspended", TODAY, note="a complaint"))
        assert load_one(session, record.mediator_id).is_suspended
        take(session, record, membership, Step("accredited", TODAY, note="unfounded"))
        assert not load_one(session, record.mediator_id).is_suspended


def test_certificates_end_on_their_day_and_leave_their_history(database: Database) -> None:
    with database.writing() as session:
        record, _membership = make_woman(session, "accredited")

        def keep(issued: date | None, expires: date | None) -> None:
            keep_training(
                session,
                actor=HERS,
                record_id=record.id,
                expected_version=record.version,
                code="security_training",
                issued_on=issued,
                expires_on=expires,
            )

        keep(date(2025, 1, 1), date(2026, 12, 31))
        held = load_one(session, record.mediator_id).trainings
        assert [(one.code, one.expires_on) for one in held] == [
            ("security_training", date(2026, 12, 31))
        ]
        with pytest.raises(Refused, match="lapse_not_after"):
            keep(date(2026, 1, 1), date(2026, 1, 1))
        keep(None, None)
        drop_training(
            session,
            actor=HERS,
            record_id=record.id,
            expected_version=record.version,
            code="security_training",
        )
        assert load_one(session, record.mediator_id).trainings == ()


class Accrediting(RuleBasedStateMachine):
    """Whatever is tried, the state follows the table, and the steps tell the way without a gap."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        with self.database.writing() as session:
            record, membership = make_woman(session)
            self.record_id, self.membership_id = record.id, membership.id
            session.commit()
        self.way = ["draft"]

    @rule(to_state=st.sampled_from(sorted(NEXT)), has_note=st.booleans())
    def try_step(self, to_state: str, has_note: bool) -> None:
        note = "because" if has_note else None
        may = to_state in NEXT[self.way[-1]]
        may &= has_note or not needs_reason(self.way[-1], to_state)
        with self.database.writing() as session:
            version = session.get_one(Membership, self.membership_id).version
            try:
                take_step(
                    session,
                    actor=OPERATOR,
                    record_id=self.record_id,
                    expected_version=version,
                    step=Step(to_state, clock.now().date(), note=note),
                )
                session.commit()
                is_taken = True
            except Refused:
                is_taken = False
        assert is_taken == may
        if is_taken:
            self.way.append(to_state)

    @invariant()
    def the_steps_tell_the_way(self) -> None:
        with self.database.reading() as session:
            membership = session.get_one(Membership, self.membership_id)
            steps = session.scalars(
                select(AccreditationStep)
                .where(AccreditationStep.membership_id == self.membership_id)
                .order_by(AccreditationStep.id)
            ).all()
            assert membership.accreditation == self.way[-1]
            assert [s.to_state for s in steps] == self.way[1:]
            assert [s.from_state for s in steps] == self.way[:-1]
            assert session.get_one(Mediator, membership.mediator_id).state == "active"


def test_a_state_machine_never_leaves_the_table(database: Database) -> None:
    Accrediting.database = database
    run_state_machine_as_test(
        Accrediting,
        settings=settings(max_examples=12, stateful_step_count=12, deadline=None),
    )


def test_the_ladder_is_the_engines() -> None:
    assert LADDER[0] == "draft"
    assert LADDER[-1] == "accredited"
