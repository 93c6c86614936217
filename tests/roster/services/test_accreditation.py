"""Accreditation step by step: what may follow what, what it needs, and what counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

import matching
from matching.facts import Accreditation
from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.facts.load import load_mediators
from roster.models import AccreditationStep, Change, Mediator, Membership, Record
from roster.permissions import OPERATOR, Actor
from roster.queries.lapsing import Lapsing, list_lapsing
from roster.services.accreditation import LADDER, NEXT, Step, list_steps, needs_reason, take_step
from roster.services.recognitions import end_recognition, recognise
from roster.services.trainings import drop_training, keep_training
from roster.vocabulary import load_vocabulary
from tests.factories import add_mediator, add_membership, add_record

TODAY = date(2026, 11, 22)
HERS = Actor("account", None, frozenset({"coordinator"}), frozenset({"nwm"}))
ANOTHER = replace(HERS, coordinates=frozenset({"awmn"}))


def make_woman(session: Session, state: str = "draft") -> tuple[Record, Membership]:
    """A member of ``nwm`` in one state, beside a member whom nothing here may touch."""
    woman, _noise = (add_mediator(session, network="nwm") for _ in range(2))
    membership = next(m for m in woman.memberships if m.network_code == "nwm")
    membership.accreditation, membership.accredited_on, membership.lapses_on = state, None, None
    record = session.scalars(
        select(Record).where(Record.mediator_id == woman.id, Record.network_code == "nwm")
    ).one()
    session.flush()
    return record, membership


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


@pytest.mark.usefixtures("frozen")
def test_an_accreditation_lapses_after_24_months_unless_a_day_is_set(database: Database) -> None:
    with database.writing() as session:
        record, membership = make_woman(session, "interviewed")
        take(session, record, membership, Step("accredited", date(2026, 2, 28)))
        assert membership.lapses_on == date(2028, 2, 28)
        take(session, record, membership, Step("accredited", TODAY, date(2027, 1, 1)))
        assert (membership.accredited_on, membership.lapses_on) == (TODAY, date(2027, 1, 1))
        steps = list_steps(session, membership.id)
        assert [(s.from_state, s.to_state, s.on_day, s.lapses_on) for s in steps] == [
            ("accredited", "accredited", TODAY, date(2027, 1, 1)),
            ("interviewed", "accredited", date(2026, 2, 28), date(2028, 2, 28)),
        ]


@pytest.mark.usefixtures("frozen")
@pytest.mark.parametrize(
    ("state", "step", "code"),
    [
        ("withdrawn", Step("accredited", TODAY), "step_not_possible"),
        ("draft", Step("needs_update", TODAY), "step_not_possible"),
        ("draft", Step("merged", TODAY, note="x"), "step_not_possible"),
        ("draft", Step("interviewed", TODAY + timedelta(days=1)), "day_in_future"),
        ("accredited", Step("interviewed", TODAY), "reason_missing"),
        ("accredited", Step("suspended", TODAY), "reason_missing"),
        ("suspended", Step("accredited", TODAY, note=""), "reason_missing"),
        ("draft", Step("accredited", TODAY, TODAY), "lapse_not_after"),
        ("draft", Step("accredited", TODAY, date(2031, 11, 23)), "lapse_too_late"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    database: Database, state: str, step: Step, code: str
) -> None:
    with database.writing() as session:
        record, membership = make_woman(session, state)
        assert refuse(session, record, membership, step) == code


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


def load_one(session: Session, mediator_id: int) -> matching.Mediator:
    session.flush()
    return next(iter(load_mediators(session, ids=[mediator_id])))


def test_a_recognised_accreditation_counts_for_members_of_both_until_it_is_ended(
    database: Database,
) -> None:
    with database.writing() as session:
        record, _here = make_woman(session, "documents_checked")
        other = add_membership(session, record.mediator, "awmn")
        other.accreditation = "accredited"
        other.accredited_on, other.lapses_on = date(2026, 1, 1), date(2027, 6, 1)
        before = load_one(session, record.mediator_id).accreditations
        row = recognise(session, actor=HERS, network_code="nwm", recognised_code="awmn")
        after = load_one(session, record.mediator_id).accreditations
        there = Accreditation("awmn", "accredited", date(2026, 1, 1), date(2027, 6, 1))
        assert set(after) == {there, replace(there, network="nwm")}
        end_recognition(session, actor=HERS, recognition_id=row.id, expected_version=row.version)
        assert load_one(session, record.mediator_id).accreditations == before
        told = session.scalars(select(Change.mediator_id)).all()
        assert told.count(record.mediator_id) >= 2


@pytest.mark.parametrize("state", ["suspended", "needs_update"])
def test_what_a_network_took_back_itself_no_other_replaces(database: Database, state: str) -> None:
    with database.writing() as session:
        record, _here = make_woman(session, state)
        other = add_membership(session, record.mediator, "awmn")
        other.accreditation, other.lapses_on = "accredited", None
        recognise(session, actor=HERS, network_code="nwm", recognised_code="awmn")
        held = {
            one.network: one.state for one in load_one(session, record.mediator_id).accreditations
        }
        assert held == {"nwm": state, "awmn": "accredited"}


def test_a_recognition_gives_nothing_to_who_is_no_member(database: Database) -> None:
    with database.writing() as session:
        record, membership = make_woman(session, "accredited")
        recognise(session, actor=ANOTHER, network_code="awmn", recognised_code="nwm")
        held = load_one(session, record.mediator_id).accreditations
        assert [one.network for one in held] == [membership.network_code]


@pytest.mark.parametrize("recognised", ["nwm", "no-such", "global_alliance"])
def test_only_another_network_with_members_is_recognised(
    database: Database, recognised: str
) -> None:
    with database.writing() as session, pytest.raises(Refused, match="not_a_choice"):
        recognise(session, actor=HERS, network_code="nwm", recognised_code=recognised)


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


@pytest.mark.usefixtures("frozen")
def test_what_lapses_between_two_days_is_listed_for_the_own_network_only(
    database: Database,
) -> None:
    with database.writing() as session:
        record, membership = make_woman(session, "accredited")
        other = add_membership(session, record.mediator, "awmn")
        add_record(session, record.mediator, "awmn")
        for one, day in ((membership, 30), (other, 10)):
            one.accreditation, one.lapses_on = "accredited", TODAY + timedelta(days=day)
        keep_training(
            session,
            actor=HERS,
            record_id=record.id,
            expected_version=record.version,
            code="first_aid",
            issued_on=None,
            expires_on=TODAY + timedelta(days=29),
        )
        until = TODAY + timedelta(days=30)
        found = list_lapsing(session, ["nwm"], until=until, since=TODAY)
        assert found == [
            Lapsing(record.id, "nwm", "first_aid", TODAY + timedelta(days=29)),
            Lapsing(record.id, "nwm", "accreditation", until),
        ]
        before = until - timedelta(days=2)
        assert list_lapsing(session, ["nwm"], until=before, since=TODAY) == []


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
