"""Proposals to learn from each other: which are hers, which of them she still sees, what was agreed.

What the other one answered is in no answer of these functions before both have said yes: a no looks
like silence, to her and to everybody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from roster.models import ExchangeProposal, Membership

SHARED = "both"
"""Of a ground: it speaks to both of the pair."""


class Ground(TypedDict):
    """Why the two could learn from each other: the engine's name for it, and its codes."""

    ground: str
    found: list[str]


@dataclass(frozen=True)
class Side:
    """A proposal as one of the two has it. ``answer`` is her own; None: not answered."""

    proposal: ExchangeProposal
    is_first: bool

    @property
    def name(self) -> str:
        """Under which name grounds speak to her alone."""
        return "first" if self.is_first else "second"

    @property
    def partner_id(self) -> int:
        one = self.proposal
        return one.second_mediator_id if self.is_first else one.first_mediator_id

    @property
    def answer(self) -> bool | None:
        return self.proposal.first_accepts if self.is_first else self.proposal.second_accepts

    @property
    def answered_at(self) -> datetime | None:
        one = self.proposal
        return one.first_answered_at if self.is_first else one.second_answered_at

    @property
    def last_answer_at(self) -> datetime:
        """The later of both answers; while there is none, when it was proposed."""
        one = self.proposal
        answers = (one.first_answered_at, one.second_answered_at)
        return max((at for at in answers if at), default=one.proposed_at)

    @property
    def grounds(self) -> list[Ground]:
        """What speaks to her, as codes, without what speaks to the other one alone."""
        return [
            {"ground": one["ground"], "found": one["found"]}
            for one in self.proposal.grounds
            if one["for"] in (SHARED, self.name)
        ]

    @property
    def is_agreed(self) -> bool:
        """Both have said yes."""
        return bool(self.proposal.first_accepts and self.proposal.second_accepts)


def list_sides(session: Session, mediator_id: int, now: datetime) -> list[Side]:
    """Proposals of hers that hold, without those that she declined; the newest last."""
    rows = session.scalars(
        select(ExchangeProposal)
        .where(select_hers(mediator_id), ExchangeProposal.expires_at > now)
        .order_by(ExchangeProposal.id)
    )
    sides = [Side(row, row.first_mediator_id == mediator_id) for row in rows]
    return [side for side in sides if side.answer is not False]


def list_met(session: Session, mediator_id: int) -> set[int]:
    """Women with whom she was ever proposed, whatever became of it: nobody is asked twice."""
    rows = session.execute(
        select(ExchangeProposal.first_mediator_id, ExchangeProposal.second_mediator_id).where(
            select_hers(mediator_id)
        )
    )
    return {each for pair in rows for each in pair} - {mediator_id}


def count_held(session: Session, ids: Sequence[int], now: datetime) -> dict[int, int]:
    """Per woman how many proposals stand with her: not ended, not declined by her, not agreed.

    What the other one declined still counts, so that the number tells nothing of it.
    """
    counts = dict.fromkeys(ids, 0)
    one = ExchangeProposal
    for who, own, other in (
        (one.first_mediator_id, one.first_accepts, one.second_accepts),
        (one.second_mediator_id, one.second_accepts, one.first_accepts),
    ):
        is_agreed = and_(own.is_(True), other.is_(True))
        statement = (
            select(who, func.count())
            .where(
                who.in_(ids),
                one.expires_at > now,
                own.is_not(False),
                ~func.coalesce(is_agreed, False),
            )
            .group_by(who)
        )
        for mediator_id, count in session.execute(statement):
            counts[mediator_id] += count
    return counts


def list_networks(session: Session, mediator_id: int) -> tuple[str, ...]:
    """Codes of the networks of which she is a member today."""
    statement = select(Membership.network_code).where(
        Membership.mediator_id == mediator_id, Membership.ended_on.is_(None)
    )
    return tuple(sorted(set(session.scalars(statement))))


def select_hers(mediator_id: int) -> ColumnElement[bool]:
    """Proposals in which she is one of the two, whatever became of them."""
    one = ExchangeProposal
    return or_(one.first_mediator_id == mediator_id, one.second_mediator_id == mediator_id)
