"""What the newest search of a request asked, to be asked of the roster as it stands today."""

from __future__ import annotations

from sqlalchemy.orm import Session

from matching import Request
from roster.models import MatchRequest, Run
from roster.services.asked_requests import make_asked


def get_newest_run(request: MatchRequest) -> Run:
    """The last search; the request has one."""
    return max(request.runs, key=lambda run: run.id)


def make_newest_request(session: Session, request: MatchRequest) -> Request:
    """The criteria of the newest run as the engine reads them."""
    return make_asked(session, request, get_newest_run(request).criteria)
