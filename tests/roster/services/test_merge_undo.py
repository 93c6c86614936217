"""Parting what was joined: everything is as it was, but for what she has changed to be stricter."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import (
    Account,
    Availability,
    Base,
    ComparisonAgreement,
    Consent,
    CrossSuspicion,
    Declaration,
    Erasure,
    Handle,
    Mediator,
    Membership,
    Merge,
    MessageChoice,
    Record,
    SpokenConsent,
)
from roster.permissions import Actor
from roster.services.asking_pairs import answer_pair
from roster.services.merge_undo import part_by_coordinator, part_by_her
from tests.office_factories import add_spoken_consent
from tests.pair_factories import add_listed, add_own_account, agree, coordinator, suspect
from tests.roster.services.joining import (
    MWMN,
    NETWORKS,
    NWM,
    Listed,
    add_offices,
    judge,
    make_listed,
)

POINTED = (
    Record, Membership, Consent, Availability, Declaration, SpokenConsent, Handle, MessageChoice,
    Account,
)  # fmt: skip
NOT_COMPARED = {"version"}


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing() as session:
        add_offices(session)
        yield session


def describe_all(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Every row that a merge may touch, but for versions, and the flags of every woman."""
    session.flush()
    return {table.__name__: _read(session, table) for table in (*POINTED, Mediator)}


def _read(session: Session, table: type[Base]) -> list[dict[str, Any]]:
    names = [one.key for one in inspect(table).column_attrs if one.key not in NOT_COMPARED]
    rows = session.scalars(select(table).order_by(*inspect(table).primary_key))
    return [{name: getattr(row, name) for name in names} for row in rows]


@pytest.fixture
def joined(session: Session) -> tuple[Mediator, Mediator, Actor, CrossSuspicion, Any]:
    """Both had answered, she said yes from both sides; with what stood before."""
    one = add_listed(session, "nwm", email="a@example.org", safety_class=0)
    other = add_listed(
        session, "mwmn", email="b@example.org", safety_class=2, has_integrity_hold=True,
        consents=("membership_file", "matching"), paused_until=clock.now() + timedelta(days=3),
    )  # fmt: skip
    add_listed(session, "awmn", email="c@example.org")
    add_spoken_consent(session, other, "mwmn")
    session.add(MessageChoice(mediator_id=one.id, channel="mail", cadence="one"))
    session.add(MessageChoice(mediator_id=other.id, channel="coordinator", cadence="three"))
    hers = session.scalars(select(Availability).where(Availability.mediator_id == other.id)).one()
    hers.confirmed_at += timedelta(hours=1)
    add_own_account(session, other, "b@example.org")
    _, actor = add_own_account(session, one, "a@example.org")
    before = describe_all(session)
    row = suspect(session, one, other, NETWORKS, state="asked", asked_at=clock.now())
    row.second_said = "same"
    agree(session, *NETWORKS)
    one.safety_class = other.safety_class = 1  # what both agreed to be asked with
    session.flush()
    before["Mediator"] = _read(session, Mediator)
    assert answer_pair(
        session, actor=actor, mediator_id=one.id, pair_id=row.id, expected_version=0, is_me=True
    )
    return one, other, actor, row, before


def part(session: Session, actor: Actor, her: Mediator) -> None:
    merge = session.scalars(select(Merge)).one()
    part_by_her(
        session,
        actor=actor,
        mediator_id=her.id,
        merge_id=merge.id,
        expected_version=merge.version,
    )
    session.flush()


def test_everything_is_pointed_back(session: Session, joined: Any) -> None:
    one, _, actor, row, before = joined
    assert describe_all(session) != before
    part(session, actor, one)
    assert describe_all(session) == before
    assert (row.state, session.scalars(select(Merge)).one().undone_at) == ("undone", clock.now())


def test_a_consent_that_she_took_back_since_is_revived_for_neither(
    session: Session, joined: Any
) -> None:
    one, _, actor, _, _ = joined
    later = clock.now() + timedelta(seconds=5)
    for consent in session.scalars(select(Consent).where(Consent.mediator_id == one.id)):
        if consent.purpose == "matching":
            consent.withdrawn_at = later
    session.flush()
    part(session, actor, one)
    rows = session.scalars(select(Consent).where(Consent.purpose == "matching"))
    standing = {row.mediator_id for row in rows if row.withdrawn_at is None}
    assert standing == {one.id + 2}


def test_a_class_raised_and_a_hiding_since_hold_for_both(session: Session, joined: Any) -> None:
    one, other, actor, _, _ = joined
    one.safety_class, one.is_hidden = 3, True
    session.flush()
    part(session, actor, one)
    assert [(her.safety_class, her.is_hidden) for her in (one, other)] == [(3, True), (3, True)]


def test_an_answer_given_since_stands_and_no_older_one_is_revived(
    session: Session, joined: Any
) -> None:
    one, other, actor, _, _ = joined
    current = session.scalars(
        select(Availability).where(
            Availability.mediator_id == one.id, Availability.superseded_at.is_(None)
        )
    ).one()
    current.superseded_at = clock.now()
    session.flush()
    new = Availability(
        mediator_id=one.id,
        status="unavailable",
        confirmed_at=clock.now(),
        confirmed_by="self",
        valid_until=clock.now() + timedelta(days=90),
    )
    session.add(new)
    session.flush()
    part(session, actor, one)
    standing = select(Availability).where(Availability.superseded_at.is_(None))
    assert {(row.mediator_id, row.status) for row in session.scalars(standing)} == {
        (one.id, "unavailable"),
        (other.id + 1, "available"),
    }


def test_nobody_else_parts_them(session: Session, joined: Any) -> None:
    one, other, actor, _, _ = joined
    merge = session.scalars(select(Merge)).one()
    stranger = Actor("account", account_id=77, mediator_id=other.id + 1)
    for wrong, her in ((stranger, one), (stranger, other), (actor, other)):
        with pytest.raises(NotFound):
            part_by_her(
                session, actor=wrong, mediator_id=her.id, merge_id=merge.id, expected_version=1
            )
    with pytest.raises(NotFound):
        part_by_coordinator(
            session, actor=coordinator("awmn"), merge_id=merge.id, expected_version=1
        )
    with pytest.raises(StaleVersion):
        part_by_her(session, actor=actor, mediator_id=one.id, merge_id=merge.id, expected_version=9)


def test_what_she_joined_herself_coordinators_know_only_while_they_compare(
    session: Session, joined: Any
) -> None:
    merge = session.scalars(select(Merge)).one()
    session.scalars(select(ComparisonAgreement)).one().first_agreed_at = None
    session.flush()
    with pytest.raises(NotFound):
        part_by_coordinator(session, actor=NWM, merge_id=merge.id, expected_version=1)


@pytest.mark.parametrize("actor", [NWM, MWMN])
def test_either_network_parts_what_coordinators_joined(session: Session, actor: Actor) -> None:
    listed: Listed = make_listed(session)
    one, other, row = listed
    before = describe_all(session)
    judge(session, NWM, row, is_same=True)
    merge = judge(session, MWMN, row, is_same=True)
    assert merge is not None
    part_by_coordinator(session, actor=actor, merge_id=merge.id, expected_version=1)
    assert describe_all(session) == before
    assert (row.state, other.state) == ("undone", "active")


def test_a_woman_who_is_leaving_is_not_parted(session: Session, joined: Any) -> None:
    one, _, actor, _, _ = joined
    now = clock.now()
    session.add(
        Erasure(
            mediator_key=one.key, network_code="mwmn", asked_at=now, due_at=now + timedelta(days=30)
        )
    )
    session.flush()
    with pytest.raises(Refused, match="merge_not_now"):
        part(session, actor, one)
