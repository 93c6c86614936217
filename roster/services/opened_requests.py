"""A request as a use case opens it: by its number, for whoever may do with it what is asked."""

from __future__ import annotations

from sqlalchemy.orm import Session

from roster.errors import NotFound
from roster.models import MatchRequest
from roster.permissions import Actor, Permission, Subject
from roster.services.trail import require


def open_request(session: Session, actor: Actor, request_id: int) -> MatchRequest:
    """A request of ``actor``'s own, to be worked on; ``NotFound`` for another's and for none."""
    return _open(session, actor, request_id, Permission.EDIT_REQUEST)


def open_to_read(session: Session, actor: Actor, request_id: int) -> MatchRequest:
    """A request for whoever may read it; ``NotFound`` otherwise."""
    return _open(session, actor, request_id, Permission.READ_REQUEST)


def _open(session: Session, actor: Actor, request_id: int, permission: Permission) -> MatchRequest:
    request = session.get(MatchRequest, request_id)
    if request is None:
        raise NotFound
    require(permission, actor, Subject(account_id=request.account_id))
    return request
