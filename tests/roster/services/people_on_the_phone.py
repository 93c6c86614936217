"""A network's office for tests of consent by voice: three coordinators, and a woman without mail."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import Mediator, Record
from roster.permissions import Actor
from roster.queries.accounts import get_actor
from tests import factories


@dataclass(frozen=True)
class Office:
    """``elsewhere`` coordinates another network, in which somebody else waits for nothing."""

    session: Session
    woman: Mediator
    record_id: int
    first: Actor
    second: Actor
    third: Actor
    elsewhere: Actor


def add_office(session: Session) -> Office:
    """She was taken in from a list: no account, no consents, nothing that she said herself."""
    factories.add_mediator(session, network="awmn")
    woman = factories.add_mediator(
        session, consents=False, availability=False, has_own_record=False, declares=False
    )
    record_id = session.scalars(select(Record.id).where(Record.mediator_id == woman.id)).one()
    first, second, third = (
        get_actor(factories.add_account(session, "coordinator", network="nwm")) for _ in range(3)
    )
    elsewhere = get_actor(factories.add_account(session, "coordinator", network="awmn"))
    return Office(session, woman, record_id, first, second, third, elsewhere)
