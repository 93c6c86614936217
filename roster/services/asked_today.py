"""What the newest search of a request asked, to be asked of the roster as it stands today."""

from __future__ import annotations

from sqlalchemy.orm import Session

from matching import Request
from roster.errors import NotFound
from roster.models import MatchRequest, Run
from roster.permissions import Actor, Permission, Subject
from roster.services.asked_requests import make_asked
from roster.services.trail import require


def get_readable(session: Session, actor: Actor, request_id: int) -> MatchRequest:
    """The request, for whoever may read it; ``NotFound`` otherwise."""
    request = session.get(MatchRequest, request_id)
    if request is None:
        raise NotFound
    require(Permission.READ_REQUEST, actor, Subject(account_id=request.account_id))
    return request


def get_newest_run(request: MatchRequest) -> Run:
    """The last search; the request has one."""
    return max(request.runs, key=lambda run: run.id)


def make_newest_request(session: Session, request: MatchRequest) -> Request:
    """The criteria of the newest run as the engine reads them."""
    return make_asked(session, request, get_newest_run(request).criteria)
