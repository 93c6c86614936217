"""Women who agreed to an exchange, and what was proposed to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from roster import clock
from roster.models import ExchangeProposal, Mediator
from roster.permissions import Actor
from tests.factories import add_mediator

AGREED = ("membership_file", "matching", "card", "mentoring")


def herself(mediator: Mediator) -> Actor:
    """The account by which she acts."""
    return Actor("account", account_id=mediator.id + 500, mediator_id=mediator.id)


def add_learner(
    session: Session, network: str = "nwm", track: str = "II", **values: Any
) -> Mediator:
    """A woman who takes part: English, and one track."""
    entries = [("track", track), ("theme", "ceasefire"), *values.pop("entries", ())]
    return add_mediator(session, network=network, entries=entries, **{"consents": AGREED, **values})


def add_exchange(
    session: Session, one: Mediator, other: Mediator, **columns: Any
) -> ExchangeProposal:
    """Two women proposed to each other for thirty days; ``columns`` are other ones of the row."""
    first, second = sorted((one.id, other.id))
    proposal = ExchangeProposal(
        first_mediator_id=first,
        second_mediator_id=second,
        grounds=[
            {"ground": "shared_language", "found": ["eng"], "for": "both"},
            {"ground": "other_track", "found": ["I"], "for": "first"},
            {"ground": "other_track", "found": ["III"], "for": "second"},
        ],
        proposed_at=clock.now(),
        expires_at=columns.pop("expires_at", clock.now() + timedelta(days=30)),
        **columns,
    )
    session.add(proposal)
    session.flush()
    return proposal
