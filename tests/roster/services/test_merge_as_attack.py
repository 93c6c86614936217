"""A coordinator joins a stranger with her own member in order to read her: she gains nothing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound
from roster.models import (
    CrossSuspicion,
    Mediator,
    Merge,
    Record,
)
from roster.permissions import Actor
from roster.queries.held import list_held
from roster.queries.her_data import collect_her_data
from roster.queries.pairs import PATIENCE
from roster.queries.records import get_own_record, get_record, visible_to
from roster.services.links import make_link
from tests.factories import find_canaries
from tests.pair_factories import (
    add_own_account,
    get_record_of,
)
from tests.roster.services.joining import (
    MWMN,
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


@pytest.fixture
def attacked(session: Session, listed: Listed) -> tuple[Mediator, Mediator, CrossSuspicion, Actor]:
    """The member of nwm is a puppet whose account the coordinator of nwm keeps; the other is not."""
    puppet, stranger, row = listed
    _, hand = add_own_account(session, puppet, "puppet@example.org")
    row.state, row.asked_at = "asked", clock.now() - PATIENCE
    session.flush()
    return puppet, stranger, row, hand


def test_alone_she_joins_nobody(
    session: Session, attacked: tuple[Mediator, Mediator, CrossSuspicion, Actor]
) -> None:
    puppet, stranger, row, hand = attacked
    answer(session, puppet, hand, row, is_me=True)
    judge(session, NWM, row, is_same=True)
    assert session.scalars(select(Merge)).all() == []
    assert (puppet.state, stranger.state) == ("active", "active")


def test_with_a_colleague_deceived_she_still_reads_nothing_more(
    session: Session, attacked: tuple[Mediator, Mediator, CrossSuspicion, Actor]
) -> None:
    puppet, stranger, row, hand = attacked
    of_stranger = {
        record.id for record in session.scalars(select(Record)) if record.mediator_id == stranger.id
    }
    before = describe_stand(session, stranger)
    answer(session, puppet, hand, row, is_me=True)
    assert judge(session, MWMN, row, is_same=True) is not None
    assert puppet.state == "active"
    # as coordinator: her own list, no record and no word of the stranger
    assert {record.network_code for record in session.scalars(visible_to(session, NWM))} == {"nwm"}
    theirs = get_record_of(session, puppet, "mwmn").id
    with pytest.raises(NotFound):
        get_record(session, actor=NWM, record_id=theirs)
    assert get_own_record(session, actor=NWM, mediator_id=puppet.id) is None
    # through the puppet's account: its pages and its download hold nothing of the stranger
    held = list_held(session, actor=hand, mediator_id=puppet.id)
    assert [one.network_code for one in held if one.record is not None] == ["nwm"]
    text = str(collect_her_data(session, actor=hand, mediator_id=puppet.id, now=clock.now()))
    assert {number for _, number in find_canaries(text)} & of_stranger == set()
    # and nothing that the stranger told her own network stands for the puppet
    after = describe_stand(session, puppet)
    assert after["available"] is False
    assert after["covers"] == []
    assert set(after["consents"]) <= set(before["consents"])
    assert after["class"] >= before["class"]


def test_the_record_opens_with_an_invitation_that_its_own_network_mailed(
    session: Session, attacked: tuple[Mediator, Mediator, CrossSuspicion, Actor]
) -> None:
    puppet, _, row, hand = attacked
    answer(session, puppet, hand, row, is_me=True)
    judge(session, MWMN, row, is_same=True)
    theirs = get_record_of(session, puppet, "mwmn")
    link, _ = make_link(session, "invitation", puppet.id, record_id=theirs.id)
    link.used_at = clock.now()
    session.flush()
    held = list_held(session, actor=hand, mediator_id=puppet.id)
    assert [one.network_code for one in held if one.record is not None] == ["mwmn", "nwm"]


def test_her_own_record_is_closed_to_networks_until_she_opens_it(
    session: Session, asked: Asked
) -> None:
    one, _, actor, row = asked
    assert get_own_record(session, actor=NWM, mediator_id=one.id) is not None
    answer(session, one, actor, row, is_me=True)
    for reader in (NWM, MWMN):
        assert get_own_record(session, actor=reader, mediator_id=one.id) is None
