"""Who has to say that two are one: she first, then a coordinator of each network, and nobody alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock, permissions
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import (
    Account,
    ComparisonAgreement,
    CrossSuspicion,
    Link,
    Mediator,
    Merge,
)
from roster.permissions import Actor, Permission
from roster.queries.pairs import PATIENCE
from roster.services.asking_pairs import count_open_questions
from roster.services.judging_pairs import judge_pair
from tests.pair_factories import (
    add_listed,
    add_own_account,
    agree,
    coordinator,
    suspect,
)
from tests.roster.services.joining import (
    MWMN,
    NETWORKS,
    NWM,
    Asked,
    Listed,
    add_offices,
    answer,
    judge,
    make_asked,
    make_listed,
)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        add_offices(session)
        yield session


@pytest.fixture
def asked(session: Session) -> Asked:
    return make_asked(session)


@pytest.fixture
def listed(session: Session) -> Listed:
    return make_listed(session)


def test_her_no_settles_it_and_nothing_is_joined(session: Session, asked: Asked) -> None:
    one, other, actor, row = asked
    assert count_open_questions(session, one.id) == 1
    assert not answer(session, one, actor, row, is_me=False)
    assert (row.state, row.first_said, row.second_said) == ("different", "different", None)
    assert (one.state, other.state) == ("active", "active")
    assert count_open_questions(session, one.id) == 0
    with pytest.raises(NotFound):
        answer(session, one, actor, row, is_me=True)


def test_nobody_answers_for_another_woman_or_twice(session: Session, asked: Asked) -> None:
    one, other, actor, row = asked
    stranger = Actor("account", account_id=77, mediator_id=other.id + 1)
    for actor_of, her in ((stranger, one), (stranger, other), (actor, other), (NWM, one)):
        with pytest.raises(NotFound):
            answer(session, her, actor_of, row, is_me=True)
    row.first_said = "same"
    session.flush()
    with pytest.raises(StaleVersion):
        answer(session, one, actor, row, is_me=True)
    assert session.scalars(select(Merge)).all() == []


def test_with_two_mailboxes_both_must_say_yes(session: Session) -> None:
    one = add_listed(session, "nwm", email="a@example.org")
    other = add_listed(session, "mwmn", email="b@example.org")
    _, first = add_own_account(session, one, "a@example.org")
    account, second = add_own_account(session, other, "b@example.org")
    agree(session, *NETWORKS)
    row = suspect(session, one, other, NETWORKS, state="asked", asked_at=clock.now())
    assert not answer(session, one, first, row, is_me=True)
    assert (row.state, one.state, other.state) == ("asked", "active", "active")
    assert answer(session, other, second, row, is_me=True)
    assert (one.state, other.state) == ("merged", "active")
    ended = session.scalars(select(Account).where(Account.id == first.account_id)).one()
    assert (ended.is_active, ended.mediator_id) == (False, None)
    assert (account.is_active, account.mediator_id) == (True, other.id)


def test_a_mailbox_that_she_never_opened_speaks_for_nobody(session: Session, asked: Asked) -> None:
    """An account can be opened in her name; a link that was mailed to her cannot."""
    one, _, actor, row = asked
    for link in session.scalars(select(Link).where(Link.mediator_id == one.id)):
        link.used_at = None
    session.flush()
    with pytest.raises(NotFound):
        answer(session, one, actor, row, is_me=True)


def test_coordinators_join_two_without_accounts_once_one_of_each_has_said_so(
    session: Session, listed: Listed
) -> None:
    one, other, row = listed
    assert judge(session, NWM, row, is_same=True) is None
    assert (row.state, one.state, other.state) == ("noted", "active", "active")
    merge = judge(session, MWMN, row, is_same=True)
    assert merge is not None
    assert (merge.kept_mediator_id, merge.merged_mediator_id) == (one.id, other.id)
    assert (row.state, other.state) == ("merged", "merged")


def test_one_different_of_any_coordinator_settles_it(session: Session, listed: Listed) -> None:
    _, _, row = listed
    judge(session, NWM, row, is_same=True)
    judge(session, MWMN, row, is_same=False)
    assert row.state == "different"
    with pytest.raises(NotFound):
        judge(session, NWM, row, is_same=True)


def test_one_person_does_not_speak_for_both_networks(session: Session, listed: Listed) -> None:
    _, _, row = listed
    both = Actor("account", account_id=93, coordinates=frozenset(NETWORKS))
    judge(session, both, row, is_same=True)
    with pytest.raises(Refused, match="second_person_needed"):
        judge(session, both, row, is_same=True)


def test_a_stale_version_is_told(session: Session, listed: Listed) -> None:
    _, _, row = listed
    with pytest.raises(StaleVersion):
        judge_pair(
            session, actor=NWM, pair_id=row.id, expected_version=row.version + 1, is_same=True
        )


def break_agreement(session: Session, one: Mediator, row: CrossSuspicion) -> None:
    session.scalars(select(ComparisonAgreement)).one().second_agreed_at = None


def break_class(session: Session, one: Mediator, row: CrossSuspicion) -> None:
    one.safety_class = 2


def break_order(session: Session, one: Mediator, row: CrossSuspicion) -> None:
    add_own_account(session, one, "first@example.org")  # she is asked before them


def break_patience(session: Session, one: Mediator, row: CrossSuspicion) -> None:
    add_own_account(session, one, "first@example.org")
    row.state, row.asked_at = "asked", clock.now() - PATIENCE + timedelta(minutes=5)


def break_state(session: Session, one: Mediator, row: CrossSuspicion) -> None:
    row.state = "undone"


def break_woman(session: Session, one: Mediator, row: CrossSuspicion) -> None:
    one.state = "withdrawn"


@pytest.mark.parametrize(
    "break_rule",
    [break_agreement, break_class, break_order, break_patience, break_state, break_woman],
)
def test_coordinators_are_not_asked_before_her_nor_without_agreement_and_class(
    session: Session, listed: Listed, break_rule: Any
) -> None:
    one, _, row = listed
    break_rule(session, one, row)
    session.flush()
    for actor in (NWM, MWMN, coordinator("awmn")):
        with pytest.raises(NotFound):
            judge(session, actor, row, is_same=True)


def test_a_coordinator_of_a_third_network_judges_nothing(session: Session, listed: Listed) -> None:
    with pytest.raises(NotFound):
        judge(session, coordinator("awmn"), listed[2], is_same=False)


def test_of_a_woman_with_an_account_no_coordinator_speaks(session: Session, listed: Listed) -> None:
    one, other, row = listed
    _, actor = add_own_account(session, other, "b@example.org")
    row.state, row.asked_at = "asked", clock.now() - PATIENCE
    session.flush()
    assert judge(session, NWM, row, is_same=True) is None
    assert judge(session, MWMN, row, is_same=True) is None
    assert (row.state, one.state, other.state) == ("same", "active", "active")
    assert answer(session, other, actor, row, is_me=True)
    assert (one.state, other.state) == ("merged", "active")


def test_an_administrator_and_an_envoy_judge_nothing(session: Session, listed: Listed) -> None:
    for role in ("administrator", "envoy", "auditor", "mediator"):
        actor = Actor("account", account_id=5, roles=frozenset({role}))
        assert not permissions.decide(Permission.KEEP_COMPARISONS, actor)
        with pytest.raises(NotFound):
            judge(session, actor, listed[2], is_same=True)
