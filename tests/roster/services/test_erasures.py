"""Leaving: hidden at once from everybody, and taken back as if nothing had been."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.errors import NotFound, StaleVersion
from roster.facts import load_mediators
from roster.models import (
    AuditEvent,
    Entry,
    Erasure,
    Link,
    Mediator,
    Membership,
    OutboxMessage,
    WebSession,
)
from roster.permissions import ANONYMOUS, OPERATOR, Actor
from roster.queries.leaving import count_leaving
from roster.queries.people import get_names
from roster.queries.people_list import list_people
from roster.queries.person_filter import PersonFilter
from roster.queries.records import get_own_record, get_record, record_subject
from roster.roster_index import RosterIndex
from roster.services.availability import list_networks
from roster.services.erasure_ledger import read_ledger
from roster.services.erasures import leave_networks, leave_service, list_leavable, take_back
from roster.services.invitations import invite
from roster.services.shown_cards import list_showable
from roster.vocabulary import load_vocabulary
from tests.roster.services.leaving import Left, make_left

COORDINATOR = {
    code: Actor("account", account_id=None, coordinates=frozenset({code}))
    for code in ("nwm", "awmn")
}


@pytest.fixture
def left(database: Database, tmp_path: Path) -> Left:
    return make_left(database, tmp_path)


def listed(left: Left, network: str) -> set[int]:
    """Who is on the list of this network's coordinator."""
    with left.database.reading() as session:
        found = list_people(
            session, actor=COORDINATOR[network], wanted=PersonFilter(), now=clock.now()
        )
        return {person.mediator_id for person in found.people}


def engine_knows(left: Left) -> dict[int, tuple[bool, frozenset[str]]]:
    """Per woman whether the engine may list her, and the networks it knows her in."""
    with left.database.reading() as session:
        return {
            woman.id: (not woman.is_hidden, frozenset(woman.networks))
            for woman in load_mediators(session, ids=[left.her, left.other])
        }


def take_it_back(left: Left) -> None:
    with left.database.writing() as session:
        erasure = session.scalars(select(Erasure).where(Erasure.taken_back_at.is_(None))).one()
        take_back(
            session,
            actor=left.actor,
            mediator_id=left.her,
            erasure_id=erasure.id,
            ledger=left.ledger,
        )
        session.commit()


def test_who_leaves_the_service_is_found_by_nobody_at_the_next_request(left: Left) -> None:
    index = RosterIndex(load_vocabulary())
    with left.database.reading() as session:
        assert left.her in index.current(session)
    left.leave()
    assert engine_knows(left) == {
        left.her: (False, frozenset({"nwm", "awmn"})),
        left.other: (True, frozenset({"nwm", "awmn"})),
    }
    for network in ("nwm", "awmn"):
        assert left.her not in listed(left, network)
        assert left.other in listed(left, network)
    with left.database.reading() as session:
        assert list_showable(session, [left.her, left.other], clock.now()) == {left.other}
        for network in ("nwm", "awmn"):
            with pytest.raises(NotFound):
                record_subject(session, left.records[network])
            with pytest.raises(NotFound):
                get_record(session, actor=COORDINATOR[network], record_id=left.records[network])
            assert get_own_record(session, actor=COORDINATOR[network], mediator_id=left.her) is None
    with left.database.writing() as session, pytest.raises(NotFound):
        invite(session, actor=OPERATOR, record_id=left.records["nwm"])


def test_leaving_the_service_ends_links_and_sessions_and_what_was_to_be_sent(left: Left) -> None:
    left.leave()
    with left.database.reading() as session:
        open_links = select(Link.mediator_id).where(
            Link.replaced_at.is_(None), Link.used_at.is_(None)
        )
        assert set(session.scalars(open_links)) == {left.other}
        queued = select(OutboxMessage.mediator_id).where(OutboxMessage.state == "queued")
        assert left.her not in set(session.scalars(queued))
        assert left.other in set(session.scalars(queued))
        assert all(session.scalars(select(WebSession.ended_at)))


def test_a_network_that_she_leaves_loses_its_record_and_the_others_keep_theirs(left: Left) -> None:
    left.leave("awmn")
    assert left.her not in listed(left, "awmn")
    assert left.her in listed(left, "nwm")
    assert engine_knows(left) == {
        left.her: (True, frozenset({"nwm"})),
        left.other: (True, frozenset({"nwm", "awmn"})),
    }
    with left.database.reading() as session:
        with pytest.raises(NotFound):
            record_subject(session, left.records["awmn"])
        assert record_subject(session, left.records["nwm"]).mediator_id == left.her
        assert get_own_record(session, actor=COORDINATOR["awmn"], mediator_id=left.her) is None
        assert get_own_record(session, actor=COORDINATOR["nwm"], mediator_id=left.her)
        assert list_networks(session, left.her) == ["nwm"]
        assert get_names(session, left.records.values()).keys() == {
            number for code, number in left.records.items() if code != "awmn"
        }
        assert list_leavable(session, left.her) == ["nwm"]
        assert count_leaving(session, ["awmn"]) == 1
        assert count_leaving(session, ["nwm"]) == 0


def test_what_a_network_said_counts_no_more_once_she_leaves_it(left: Left) -> None:
    with left.database.writing() as session:
        session.add(
            Entry(
                record_id=left.records["awmn"],
                field="community",
                code="only-there",
                source="coordinator",
                entered_at=clock.now(),
            )
        )
        session.commit()
    left.leave("awmn")
    with left.database.reading() as session:
        (woman,) = load_mediators(session, ids=[left.her])
        assert "only-there" not in woman.communities


def test_all_is_as_before_when_she_takes_it_back(left: Left) -> None:
    before = engine_knows(left)
    for network in (None, "awmn"):
        left.leave(network)
        assert engine_knows(left) != before
        take_it_back(left)
        assert engine_knows(left) == before
        assert left.her in listed(left, "nwm") & listed(left, "awmn")
        with left.database.writing() as session:  # of the same second would be the same wish
            session.query(Erasure).delete()
            session.commit()
        left.ledger.unlink()
    assert left.erase() == 0


def test_a_membership_that_had_ended_before_stays_ended_when_she_takes_it_back(left: Left) -> None:
    day = clock.now().date() - timedelta(days=40)
    which = (Membership.mediator_id == left.her, Membership.network_code == "awmn")
    with left.database.writing() as session:
        session.scalars(select(Membership).where(*which)).one().ended_on = day
        session.commit()
    left.leave("awmn")
    take_it_back(left)
    with left.database.reading() as session:
        assert session.scalars(select(Membership.ended_on).where(*which)).one() == day


def test_only_she_herself_leaves_and_only_with_the_version_she_saw(left: Left) -> None:
    strangers = (ANONYMOUS, OPERATOR, COORDINATOR["nwm"], Actor("account", mediator_id=left.other))
    for actor in strangers:
        with left.database.writing() as session:
            values = {"mediator_id": left.her, "expected_version": 1, "ledger": left.ledger}
            with pytest.raises(NotFound):
                leave_service(session, actor=actor, **values)
            with pytest.raises(NotFound):
                leave_networks(session, actor=actor, network_codes=["nwm"], **values)
    with left.database.writing() as session:
        version = session.get_one(Mediator, left.her).version
        values = {"actor": left.actor, "mediator_id": left.her, "ledger": left.ledger}
        with pytest.raises(StaleVersion):
            leave_service(session, expected_version=version + 1, **values)
        with pytest.raises(NotFound):
            leave_networks(
                session, network_codes=["awmn", "mwmn"], expected_version=version, **values
            )
    assert read_ledger(left.ledger) == {}


def test_a_second_press_of_an_old_page_leaves_nothing_twice(left: Left) -> None:
    with left.database.reading() as session:
        version = session.get_one(Mediator, left.her).version
    left.leave("awmn")
    with left.database.writing() as session, pytest.raises(StaleVersion):
        leave_networks(
            session,
            actor=left.actor,
            mediator_id=left.her,
            network_codes=["nwm"],
            expected_version=version,
            ledger=left.ledger,
        )


def test_the_ledger_gets_one_line_when_it_is_committed_and_none_when_it_is_not(left: Left) -> None:
    with left.database.writing() as session:
        version = session.get_one(Mediator, left.her).version
        leave_service(
            session,
            actor=left.actor,
            mediator_id=left.her,
            expected_version=version,
            ledger=left.ledger,
        )
        session.rollback()
    assert not left.ledger.exists()
    left.leave()
    (line,) = read_ledger(left.ledger).values()
    assert (line.mediator_key, line.network_code, line.taken_back_at) == (left.key, None, "")
    assert left.ledger.stat().st_mode & 0o777 == 0o600
    take_it_back(left)
    (line,) = read_ledger(left.ledger).values()
    assert line.taken_back_at


def test_each_step_leaves_one_event_and_one_line_of_change(left: Left) -> None:
    left.leave("awmn")
    take_it_back(left)
    with left.database.reading() as session:
        events = session.execute(
            select(AuditEvent.action, AuditEvent.network_code, AuditEvent.actor)
            .where(AuditEvent.subject_kind == "mediator", AuditEvent.subject_id == left.her)
            .order_by(AuditEvent.id.desc())
            .limit(2)
        ).all()
    assert [tuple(event) for event in events] == [
        ("mediator.stayed_in_network", "awmn", f"account:{left.account}"),
        ("mediator.left_network", "awmn", f"account:{left.account}"),
    ]
