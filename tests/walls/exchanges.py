"""Two women of the village who agreed to learn with others, and the form that answers a proposal."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import ExchangeProposal, Mediator
from tests.answer_factories import add_consents
from tests.exchange_factories import add_exchange
from tests.walls.village import Village


def agree_to_exchange(session: Session, village: Village) -> tuple[Mediator, Mediator]:
    """Ada and Bea, of two networks."""
    ada, bea = (session.get_one(Mediator, village.women[name]) for name in ("ada", "bea"))
    for woman in (ada, bea):
        add_consents(session, woman, ["mentoring"])
    return ada, bea


def propose_exchange(session: Session, village: Village) -> ExchangeProposal:
    """The two are proposed to each other; nobody has answered."""
    return add_exchange(session, *agree_to_exchange(session, village))


def exchange_form(session: Session, village: Village) -> dict[str, Any]:
    """Her yes to the one proposal there is."""
    return {
        "proposal": session.scalars(select(ExchangeProposal.id)).one(),
        "version": 0,
        "answer": "yes",
    }
