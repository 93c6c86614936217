"""Approaches as the woman who is asked reads them: what is asked, how it stands, what she may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.models import Approach, Declaration, MatchRequest
from roster.permissions import Actor
from roster.queries.approaches import ENDED_REQUESTS, WAITING, get_dates
from roster.services.approach_answers import end_hold, end_release_of, get_hers
from roster.services.approach_states import HERSELF, OVER, is_asked_again, may_step, step
from roster.services.declarations import find_declaration
from roster.services.deployment_states import end_early

ANSWERABLE = (*WAITING, "no_answer", "no")
"""She may still say yes; a no that was due is over."""


@dataclass(frozen=True)
class OwnApproach:
    """One approach with its days, its sides, and what she may still do about it."""

    approach: Approach
    first: date
    last: date
    parties: tuple[dict[str, Any], ...]
    """Sides of the process, as the request names them: code, country, stance."""
    declaration: Declaration | None
    may_answer: bool
    may_withdraw: bool
    is_again: bool = False
    """She said yes before, and the time in which her name was shown is over."""


def note_read(session: Session, *, actor: Actor, approach_id: int) -> Approach:
    """She has opened it. Whoever was not told by the service stays so until the network says."""
    approach = get_hers(session, actor, approach_id)
    if approach.state == "sent":
        step(session, actor=actor, approach=approach, to_state="seen", side=HERSELF)
    return approach


def see_approach(session: Session, *, actor: Actor, approach_id: int, now: datetime) -> OwnApproach:
    """One of hers; ``NotFound`` for another's."""
    approach = get_hers(session, actor, approach_id)
    request = session.get_one(MatchRequest, approach.request_id)
    first, last = get_dates(request)
    is_over = approach.state in OVER or request.state in ENDED_REQUESTS
    is_late = approach.state == "no" and approach.answer_by <= now
    return OwnApproach(
        approach=approach,
        first=first,
        last=last,
        parties=tuple(request.criteria.get("parties", ())),
        declaration=find_declaration(session, approach.mediator_id),
        may_answer=not is_over and not is_late and approach.state in ANSWERABLE,
        may_withdraw=approach.state in (*WAITING, "no_answer", "yes", "released", "selected"),
        is_again=approach.state in ANSWERABLE and is_asked_again(approach),
    )


def count_open(session: Session, mediator_id: int) -> int:
    """Approaches that wait for her yes or no."""
    waiting = select(func.count(Approach.id)).where(
        Approach.mediator_id == mediator_id, Approach.state.in_(WAITING)
    )
    return session.scalar(waiting) or 0


def leave_approaches(session: Session, *, actor: Actor, mediator_id: int) -> None:
    """She leaves the service: all that is open ends at once, and stays ended if she comes back."""
    rows = session.scalars(
        select(Approach).where(Approach.mediator_id == mediator_id).order_by(Approach.id)
    )
    for approach in rows.all():
        if may_step(approach.state, "withdrawn", HERSELF):
            step(session, actor=actor, approach=approach, to_state="withdrawn", side=HERSELF)
            end_hold(approach)
            end_release_of(session, approach)
            end_early(session, actor, approach)
