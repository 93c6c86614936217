"""A woman whom her network keeps is put forward only where a request asks that network."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from matching import State, answer
from matching.facts import Requester
from roster import clock
from roster.db import Database
from roster.facts import load_mediators
from roster.facts.requests import make_request
from roster.models import Record
from roster.permissions import Actor
from roster.roster_index import RosterIndex
from roster.services.records import RecordChange, change_record
from roster.vocabulary import load_vocabulary
from tests.factories import add_mediator, add_membership

CRITERIA = {
    "start": "2030-01-10", "end": "2030-01-20", "modality": "any",
    "accreditation_floor": "none", "posts": [{}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("memberships", "kept_by"),
    [
        ({"nwm": "exclusive"}, {"nwm"}),
        ({"nwm": "shared"}, set()),
        ({"nwm": "exclusive", "awmn": "shared"}, set()),
        ({"nwm": "exclusive", "awmn": "exclusive"}, {"nwm", "awmn"}),
        ({"nwm": "exclusive", "awmn": "ended"}, {"nwm"}),
        ({"nwm": "ended"}, set()),
        ({}, set()),
    ],
)
def test_she_is_kept_where_no_network_of_hers_shares_her(
    database: Database, memberships: dict[str, str], kept_by: set[str]
) -> None:
    with database.writing() as session:
        her = add_mediator(session, network=None)
        add_mediator(session)
        for network, pool in memberships.items():
            member = add_membership(session, her, network)
            member.pool = "exclusive" if pool == "exclusive" else "shared"
            member.ended_on = clock.now().date() if pool == "ended" else None
        session.flush()
        (facts,) = load_mediators(session, ids=[her.id], now=clock.now())
    assert facts.kept_by == kept_by


def test_a_coordinators_choice_counts_at_the_next_request_in_every_worker(
    database: Database,
) -> None:
    index = RosterIndex(load_vocabulary())
    with database.writing() as session:
        her, other = add_mediator(session), add_mediator(session)
        record = session.scalars(
            select(Record).where(Record.mediator_id == her.id, Record.network_code == "nwm")
        ).one()
        session.commit()
        ids = her.id, record.id

    def list_visible(*networks: str) -> set[int]:
        asked = make_request(
            {**CRITERIA, "networks": networks},
            code="R",
            requester=Requester("NOR", is_verified=True),
        )
        with database.reading() as session, index.opened(session) as columns:
            found = answer(columns, asked, now=clock.now())
            return {one for one in (her.id, other.id) if found.state(one) != State.NOT_VISIBLE}

    assert list_visible() == {her.id, other.id}
    with database.writing() as session:
        record = session.get_one(Record, ids[1])
        change_record(
            session,
            actor=Actor("account", coordinates=frozenset({"nwm"})),
            record_id=record.id,
            expected_version=record.version,
            change=RecordChange({}, {"pool": "exclusive"}, (), frozenset()),
        )
        session.commit()
    assert list_visible() == {other.id}
    assert list_visible("awmn") == {other.id}
    assert list_visible("awmn", "nwm") == {her.id, other.id}
