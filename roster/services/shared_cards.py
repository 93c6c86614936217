"""The cards that another network shows to a coordinator: no name, no contact, no narrative."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from matching.facts import Mediator
from roster.encryption import keyring
from roster.permissions import Actor, Permission
from roster.queries.cards import Card, card_of
from roster.queries.sharing import list_shared_ids, list_who_see
from roster.roster_index import RosterIndex
from roster.services.shown_cards import list_reasons
from roster.services.trail import require
from roster.visibility import Viewer


@dataclass(frozen=True)
class SharedCard:
    """One card, with the network that shows it and, for the read log alone, whose it is."""

    network_code: str
    mediator_id: int
    card: Card


def list_shared_cards(
    session: Session, *, actor: Actor, index: RosterIndex, now: datetime
) -> list[SharedCard]:
    """What other networks show to this coordinator at this moment, network by network.

    Within a network the order is drawn by lot, the same at every look: it follows nobody's number.
    """
    require(Permission.READ_SHARED, actor)
    shared = list_shared_ids(session, actor.coordinates, now.date())
    ids = sorted({one for women in shared.values() for one in women})
    with index.opened(session, now=now) as columns:
        facts = {one: columns.mediator(one) for one in ids if one in columns}
    return [
        SharedCard(code, woman.id, card_of(woman, now=now, viewer=Viewer.SHARED_COORDINATOR))
        for code, women in sorted(shared.items())
        for woman in _draw([facts[one] for one in women if one in facts], code)
        if is_shown(woman, now)
    ]


def is_shown(woman: Mediator, now: datetime) -> bool:
    """Whether her card may be shown to anybody now: by her consents, class and state."""
    return not list_reasons(woman, now)


def list_networks_that_see(
    session: Session, *, mediator_id: int, woman: Mediator, now: datetime
) -> list[str]:
    """For herself: the networks whose coordinators see her card now."""
    return list_who_see(session, mediator_id, now.date()) if is_shown(woman, now) else []


def _draw(women: Sequence[Mediator], network_code: str) -> list[Mediator]:
    return sorted(women, key=lambda woman: keyring().seal(f"{network_code} {woman.id}"))
