"""Teams proposed for a request, in the order in which they were asked for."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import NotFound
from roster.models import MatchRequest, Run, TeamProposal


def list_proposals(session: Session, request: MatchRequest) -> Sequence[TeamProposal]:
    """All proposals of a request that the reader may see, the oldest first."""
    statement = (
        select(TeamProposal)
        .join(Run, Run.id == TeamProposal.run_id)
        .where(Run.request_id == request.id)
        .order_by(TeamProposal.id)
    )
    return session.scalars(statement).all()


def get_proposal(session: Session, request: MatchRequest, number: int) -> TeamProposal:
    """The ``number``-th proposal of a request, from 1; ``NotFound`` where there is none."""
    found = list_proposals(session, request)
    if not 1 <= number <= len(found):
        raise NotFound
    return found[number - 1]


def find_chosen(session: Session, run_id: int) -> TeamProposal | None:
    """The proposal of a run of which a team was taken; the newest of several."""
    statement = (
        select(TeamProposal)
        .where(TeamProposal.run_id == run_id, TeamProposal.chosen.is_not(None))
        .order_by(TeamProposal.id.desc())
        .limit(1)
    )
    return session.scalars(statement).one_or_none()
