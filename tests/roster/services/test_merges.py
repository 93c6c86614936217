"""Joining two who are one: what is pointed to the one that is kept, and how she stands then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.facts import load_mediators
from roster.models import (
    Availability,
    Consent,
    Declaration,
    Membership,
    MessageChoice,
    OutboxMessage,
    Record,
)
from roster.services.links import make_link
from tests.answer_factories import add_consents
from tests.pair_factories import (
    add_listed,
    add_own_account,
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
    describe_stand,
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


def list_rows(session: Session, table: Any) -> list[tuple[int, str | None]]:
    rows = session.scalars(select(table).order_by(table.id))
    return [(row.mediator_id, row.network_code) for row in rows]


def test_her_yes_at_the_mailbox_of_both_joins_them(session: Session, asked: Asked) -> None:
    one, other, actor, row = asked
    third = other.id + 1
    assert answer(session, one, actor, row, is_me=True)
    assert (row.state, one.state, other.state) == ("merged", "active", "merged")
    assert list_rows(session, Record) == [
        (one.id, "nwm"), (one.id, None), (one.id, "mwmn"), (third, "awmn"), (third, None),
    ]  # fmt: skip
    assert list_rows(session, Membership) == [(one.id, "nwm"), (one.id, "mwmn"), (third, "awmn")]
    assert one.safety_class == 2


def test_what_she_had_answered_stands_where_the_other_side_never_answered(
    session: Session, asked: Asked
) -> None:
    one, _, actor, row = asked
    before = next(iter(load_mediators(session, ids=[one.id])))
    answer(session, one, actor, row, is_me=True)
    after = next(iter(load_mediators(session, ids=[one.id])))
    assert (after.consents, after.availability, after.declaration) == (
        before.consents, before.availability, before.declaration,
    )  # fmt: skip
    assert sorted(after.networks) == ["mwmn", "nwm"]


def test_of_two_answers_the_narrower_stands(session: Session) -> None:
    until = clock.now() + timedelta(days=9)
    one = add_listed(session, "nwm", email="a@example.org", safety_class=0, paused_until=until)
    other = add_listed(
        session, "mwmn", email="a@example.org", safety_class=1, has_integrity_hold=True,
        consents=("membership_file", "matching"),
    )  # fmt: skip
    add_consents(session, other, ["mentoring"])
    _, actor = add_own_account(session, one, "a@example.org")
    sooner = clock.now() + timedelta(days=30)
    for row in session.scalars(select(Consent).where(Consent.mediator_id == other.id)):
        row.valid_until = sooner
    for her, covers in ((one, ["SDN", "EGY"]), (other, ["SDN", "LBY"])):
        hers = session.scalars(select(Declaration).where(Declaration.mediator_id == her.id)).one()
        hers.covers = covers
    session.add(MessageChoice(mediator_id=other.id, channel="coordinator", cadence="one"))
    pair = suspect(session, one, other, NETWORKS, state="asked", asked_at=clock.now())
    assert answer(session, one, actor, pair, is_me=True)
    assert describe_stand(session, one) == {
        "class": 1,
        "hidden": False,
        "paused": until,
        "hold": True,
        "consents": ["matching", "membership_file"],
        "available": True,
        "covers": ["SDN"],
    }
    facts = next(iter(load_mediators(session, ids=[one.id])))
    assert {consent.until for consent in facts.consents} == {sooner}
    choice = session.get_one(MessageChoice, one.id)
    assert (choice.channel, choice.cadence) == ("coordinator", "one")


@pytest.mark.parametrize("is_fresher", [True, False])
def test_of_two_statements_of_her_own_the_fresher_stands(
    session: Session, is_fresher: bool
) -> None:
    one = add_listed(session, "nwm", email="a@example.org")
    other = add_listed(session, "mwmn", email="a@example.org")
    _, actor = add_own_account(session, one, "a@example.org")
    hers = session.scalars(select(Availability).where(Availability.mediator_id == other.id)).one()
    hers.confirmed_at += timedelta(hours=1 if is_fresher else -1)
    hers.notice_days = 33
    pair = suspect(session, one, other, NETWORKS, state="asked", asked_at=clock.now())
    answer(session, one, actor, pair, is_me=True)
    facts = next(iter(load_mediators(session, ids=[one.id])))
    assert facts.availability is not None
    assert (facts.availability.notice_days == 33) is is_fresher


def test_who_is_suspended_in_one_network_is_barred_everywhere(session: Session) -> None:
    one = add_listed(session, "nwm", email="a@example.org")
    other = add_listed(session, "mwmn", email="a@example.org", accreditation="suspended")
    _, actor = add_own_account(session, one, "a@example.org")
    pair = suspect(session, one, other, NETWORKS, state="asked", asked_at=clock.now())
    answer(session, one, actor, pair, is_me=True)
    assert next(iter(load_mediators(session, ids=[one.id]))).is_suspended


def test_links_mailed_to_the_one_that_was_joined_end_but_for_the_one_that_hides(
    session: Session, asked: Asked
) -> None:
    one, other, actor, row = asked
    renewal, _ = make_link(session, "renewal", other.id)
    hide, _ = make_link(session, "hide", other.id)
    answer(session, one, actor, row, is_me=True)
    session.refresh(renewal), session.refresh(hide)
    assert (renewal.mediator_id, renewal.replaced_at is not None) == (other.id, True)
    assert (hide.mediator_id, hide.replaced_at) == (one.id, None)


def test_she_is_told_where_coordinators_joined_her(session: Session, listed: Listed) -> None:
    one, _, row = listed
    judge(session, NWM, row, is_same=True)
    judge(session, MWMN, row, is_same=True)
    told = session.scalars(select(OutboxMessage)).all()
    assert [(message.template, message.mediator_id) for message in told] == [("exchange", one.id)]
