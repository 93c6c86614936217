"""What was mailed to an address ends when the address is no longer hers; nothing else does."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.db import Database
from roster.models import Link, OutboxMessage, Record
from roster.permissions import Actor
from roster.services.invitations import hand_over, invite, send_renewal
from roster.services.links import make_link
from roster.services.records import RecordChange, change_record
from tests import factories

NORTH = Actor("account", coordinates=frozenset({"nwm"}))
SOUTH = Actor("account", coordinates=frozenset({"awmn"}))


def add_listed_twice(session: Session) -> tuple[Record, Record]:
    """A woman whom two networks have listed and who has not answered: her records."""
    woman = factories.add_mediator(session, has_own_record=False, consents=False)
    factories.add_membership(session, woman, "awmn")
    factories.add_record(session, woman, "awmn")
    records = session.scalars(
        select(Record).where(Record.mediator_id == woman.id).order_by(Record.id)
    ).all()
    for record in records:
        record.identity.email = f"{record.network_code}{woman.id}@example.org"
    session.flush()
    return records[0], records[1]


def change_address(
    session: Session, actor: Actor, record: Record, email: str | None, phone: str = ""
) -> None:
    name = record.identity.display_name
    change_record(
        session,
        actor=actor,
        record_id=record.id,
        expected_version=record.version,
        change=RecordChange(
            identity={"display_name": name, "email": email, "phone": phone},
            membership={},
            entries=(),
            fields=frozenset(),
        ),
    )


def list_open(session: Session, mediator_id: int) -> list[str]:
    """Purposes of her links that still work."""
    open_links = select(Link.purpose).where(
        Link.mediator_id == mediator_id, Link.replaced_at.is_(None)
    )
    return sorted(session.scalars(open_links))


def list_states(session: Session, mediator_id: int) -> list[tuple[str, str]]:
    wanted = select(OutboxMessage.template, OutboxMessage.state).where(
        OutboxMessage.mediator_id == mediator_id
    )
    return sorted((str(row.template), str(row.state)) for row in session.execute(wanted))


@pytest.fixture
def other(database: Database) -> int:
    """Another woman of both networks with links of her own."""
    with database.writing() as session:
        record, _ = add_listed_twice(session)
        invite(session, actor=NORTH, record_id=record.id)
        session.commit()
        return record.mediator_id


@pytest.mark.parametrize("email", ["new@example.org", None])
def test_the_address_she_is_written_to_takes_every_mailed_link_with_it(
    database: Database, other: int, email: str | None
) -> None:
    with database.writing() as session:
        north, _ = add_listed_twice(session)
        her = north.mediator_id
        invite(session, actor=NORTH, record_id=north.id)
        for purpose in ("renewal", "consent", "sign_in", "hide"):
            make_link(session, purpose, her)
        change_address(session, NORTH, north, email)
        assert list_open(session, her) == ["hide"]
        assert [state for _, state in list_states(session, her)] == ["cancelled"]
        assert list_open(session, other) == ["invitation"]
        assert list_states(session, other) == [("invitation", "queued")]


def test_a_network_whose_address_is_not_hers_ends_its_own_invitation_only(
    database: Database,
) -> None:
    with database.writing() as session:
        north, south = add_listed_twice(session)
        her = north.mediator_id
        send_renewal(session, actor=NORTH, mediator_id=her)
        invite(session, actor=SOUTH, record_id=south.id)
        change_address(session, SOUTH, south, "new@example.org")
        assert list_open(session, her) == ["renewal"]
        assert ("invitation", "cancelled") in list_states(session, her)
        assert list_states(session, her).count(("invitation", "cancelled")) == 1
        assert "cancelled" not in {s for t, s in list_states(session, her) if t != "invitation"}

        invite(session, actor=NORTH, record_id=north.id)
        change_address(session, SOUTH, south, "newer@example.org")
        assert list_open(session, her) == ["invitation", "renewal"]


def test_what_was_handed_over_went_to_no_address(database: Database) -> None:
    with database.writing() as session:
        north, _ = add_listed_twice(session)
        hand_over(session, actor=NORTH, mediator_id=north.mediator_id)
        change_address(session, NORTH, north, "new@example.org")
        assert list_open(session, north.mediator_id) == ["renewal"]


def test_another_change_of_the_record_ends_nothing(database: Database) -> None:
    with database.writing() as session:
        north, _ = add_listed_twice(session)
        invite(session, actor=NORTH, record_id=north.id)
        change_address(session, NORTH, north, north.identity.email, phone="+44 20 1234")
        assert list_open(session, north.mediator_id) == ["invitation"]


def test_with_an_account_of_her_own_no_list_moves_her_address(database: Database) -> None:
    with database.writing() as session:
        north, _ = add_listed_twice(session)
        her = north.mediator
        factories.add_account(session, "mediator", mediator=her)
        send_renewal(session, actor=NORTH, mediator_id=her.id)
        change_address(session, NORTH, north, "new@example.org")
        assert list_open(session, her.id) == ["renewal"]
