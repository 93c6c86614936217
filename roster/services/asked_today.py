"""What the newest search of a request asked, to be asked of the roster as it stands today."""

from __future__ import annotations

from sqlalchemy.orm import Session

from matching import Request
from roster.errors import NotFound
from roster.facts import make_request
from roster.models import Account, MatchRequest, Run
from roster.permissions import Actor, Permission, Subject
from roster.services.runs import get_requester
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
    account = session.get_one(Account, request.account_id)
    criteria = get_newest_run(request).criteria
    return make_request(criteria, code=request.code, requester=get_requester(account))
