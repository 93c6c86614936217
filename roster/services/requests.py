"""An envoy's request: made, changed, submitted. Its criteria have passed the request schema."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from roster import clock
from roster.errors import Refused, StaleVersion
from roster.models import MatchRequest
from roster.permissions import Actor, Permission, Subject
from roster.services.opened_requests import open_request
from roster.services.public_codes import draw_code
from roster.services.request_states import may_move, move
from roster.services.trail import add_audit, require


def create_request(
    session: Session,
    *,
    actor: Actor,
    criteria: Mapping[str, Any],
    account_id: int | None = None,
    is_invented: bool = False,
) -> MatchRequest:
    """A draft of ``actor``; the operator names the account that it is for."""
    require(Permission.CREATE_REQUEST, actor)
    owner = actor.account_id if actor.account_id is not None else account_id
    if owner is None:
        raise Refused("request_without_account")
    request = MatchRequest(
        code=draw_code(session, MatchRequest),
        account_id=owner,
        title=str(criteria.get("title") or ""),
        criteria=dict(criteria),
        created_at=clock.now(),
        is_invented=is_invented,
    )
    session.add(request)
    session.flush()
    _audit(session, actor, "request.created", request)
    return request


def change_request(
    session: Session,
    *,
    actor: Actor,
    request_id: int,
    expected_version: int,
    criteria: Mapping[str, Any],
) -> MatchRequest:
    """Put other criteria in the place of the present ones; earlier runs keep theirs."""
    request = open_request(session, actor, request_id)
    if request.version != expected_version:
        raise StaleVersion(request.criteria, criteria)
    if not may_move(session, actor=actor, request=request, action="change"):
        raise Refused("request_closed")
    request.criteria = dict(criteria)
    request.title = str(criteria.get("title") or "")
    move(session, actor=actor, request=request, action="change")
    session.flush()
    _audit(session, actor, "request.changed", request)
    return request


def submit_request(
    session: Session, *, actor: Actor, request_id: int, expected_version: int
) -> MatchRequest:
    """From now on its answer may hold the cards of discreet women, and its networks see it."""
    request = open_request(session, actor, request_id)
    if request.version != expected_version:
        raise StaleVersion(request.criteria, request.criteria)
    if request.state != "draft":
        raise Refused("request_submitted_before")
    move(session, actor=actor, request=request, action="submit")
    request.submitted_at = clock.now()
    session.flush()
    _audit(session, actor, "request.submitted", request)
    return request


def set_answer_by(
    session: Session, *, actor: Actor, request: MatchRequest, answer_by: datetime | None
) -> None:
    """Until when an answer is needed; afterwards the request expires if nobody has been released."""
    require(Permission.EDIT_REQUEST, actor, Subject(account_id=request.account_id))
    if answer_by == request.answer_by:
        return
    if not may_move(session, actor=actor, request=request, action="change"):
        raise Refused("request_closed")
    request.answer_by = answer_by
    session.flush()
    _audit(session, actor, "request.answer_by", request)


def _audit(session: Session, actor: Actor, action: str, request: MatchRequest) -> None:
    add_audit(session, actor=actor, action=action, subject_kind="request", subject_id=request.id)
