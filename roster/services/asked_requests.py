"""A stored request as the engine reads it: its criteria, who asks, and what is said of women in it.

Networks' words for one request (cleared, put forward) and the objections of its process's sides
stand beside the criteria, so that no other request is touched by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import Request
from matching.facts import Requester
from roster.facts import make_request
from roster.models import Account, Clearance, MatchRequest, Objection


def get_requester(account: Account) -> Requester:
    """Who asks, as the gates of safety read it: fields of the account, never of the request."""
    return Requester(account.requester_country, account.verified_at is not None)


def make_asked(
    session: Session, request: MatchRequest, criteria: Mapping[str, Any] | None = None
) -> Request:
    """The request with everything that bears on it alone; ``criteria`` of an earlier run if given."""
    account = session.get_one(Account, request.account_id)
    return make_request(
        request.criteria if criteria is None else criteria,
        code=request.code,
        requester=get_requester(account),
        put_forward=list_cleared(session, request.id, "put_forward"),
        cleared=list_cleared(session, request.id, "cleared"),
        objected=list_objected(session, request.process_id),
    )


def list_cleared(session: Session, request_id: int, kind: str) -> frozenset[int]:
    """Women of whom their own network has said this word for this request."""
    said = select(Clearance.mediator_id).where(
        Clearance.request_id == request_id, Clearance.kind == kind
    )
    return frozenset(session.scalars(said))


def list_objected(session: Session, process_id: int | None) -> frozenset[int]:
    """Women to whom a side of this process objects; nobody for a request of no process."""
    if process_id is None:
        return frozenset()
    standing = select(Objection.mediator_id).where(
        Objection.process_id == process_id, Objection.withdrawn_at.is_(None)
    )
    return frozenset(session.scalars(standing))
