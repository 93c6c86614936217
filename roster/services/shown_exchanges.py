"""What a woman sees of those who are proposed to her: asked anew at every view, and no name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from matching import takes_part
from roster.facts import load_mediators
from roster.models import Record
from roster.permissions import Actor, Permission, Subject
from roster.queries.cards import Card, card_of
from roster.queries.exchanges import Side, list_networks, list_sides
from roster.services.trail import require
from roster.visibility import Viewer


@dataclass(frozen=True)
class Proposed:
    """One proposal of hers with the other one's card."""

    side: Side
    card: Card


def list_taking_part(session: Session, ids: Iterable[int], now: datetime) -> set[int]:
    """Those of these women who may be proposed now."""
    women = load_mediators(session, ids=sorted(set(ids)), now=now)
    return {woman.id for woman in women if takes_part(woman, now)}


def count_waiting(session: Session, mediator_id: int, now: datetime) -> int:
    """How many proposals wait for her answer, of those that she is shown."""
    open_ones = [one for one in list_sides(session, mediator_id, now) if one.answer is None]
    if not open_ones:
        return 0
    ids = {mediator_id, *(one.partner_id for one in open_ones)}
    shown = list_taking_part(session, ids, now)
    return sum(one.partner_id in shown for one in open_ones) if mediator_id in shown else 0


def list_proposed(
    session: Session, *, actor: Actor, mediator_id: int, now: datetime
) -> list[Proposed]:
    """Her proposals, the newest last; none while she herself does not take part.

    Who has hidden, paused, left, gone to the strictest class or taken back her consent is gone
    from the list at once, whatever was answered.
    """
    require(Permission.SEE_OWN_PROFILE, actor, Subject(mediator_id=mediator_id))
    sides = list_sides(session, mediator_id, now)
    ids = {mediator_id, *(side.partner_id for side in sides)}
    women = {one.id: one for one in load_mediators(session, ids=sorted(ids), now=now)}
    open_to_it = {number for number, woman in women.items() if takes_part(woman, now)}
    if mediator_id not in open_to_it:
        return []
    return [
        Proposed(
            side,
            card_of(women[side.partner_id], now=now, viewer=Viewer.EXCHANGE_PARTNER),
        )
        for side in sides
        if side.partner_id in open_to_it
    ]


@dataclass(frozen=True)
class AgreedExchange:
    """What the coordinators of both read: its number, since when, the other one's networks."""

    number: int
    agreed_at: datetime
    networks: tuple[str, ...]


def list_agreed(
    session: Session, *, actor: Actor, record: Record, now: datetime
) -> list[AgreedExchange]:
    """Exchanges to which she and another have said yes, for a coordinator who brings them together.

    The other one is told by her networks and the exchange's number only, while both take part.
    """
    require(Permission.READ_RECORD, actor, Subject(network_code=record.network_code))
    sides = [one for one in list_sides(session, record.mediator_id, now) if one.is_agreed]
    pairs = {record.mediator_id, *(side.partner_id for side in sides)}
    open_to_it = list_taking_part(session, pairs, now) if sides else set()
    return [
        AgreedExchange(
            side.proposal.id, side.last_answer_at, list_networks(session, side.partner_id)
        )
        for side in sides
        if {record.mediator_id, side.partner_id} <= open_to_it
    ]
