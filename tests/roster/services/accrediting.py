"""A member in one state of accreditation, and what the engine knows of her."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

import matching
from roster.facts.load import load_mediators
from roster.models import Membership, Record
from roster.permissions import Actor
from tests.factories import add_mediator

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


def load_one(session: Session, mediator_id: int) -> matching.Mediator:
    session.flush()
    return next(iter(load_mediators(session, ids=[mediator_id])))
