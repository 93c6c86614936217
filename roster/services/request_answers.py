"""What a network that is asked says to a request, and how its requester brings it to an end."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from roster.errors import NotFound, Refused, StaleVersion
from roster.models import MatchRequest
from roster.permissions import Actor, Permission
from roster.queries.requests_asked import find_asked_subject
from roster.services.opened_requests import open_request
from roster.services.request_states import move
from roster.services.trail import add_audit, require

REASONS: Mapping[str, tuple[str, ...]] = {
    "close": ("filled_from_answer", "filled_otherwise", "not_filled", "ended_early"),
    "cancel": ("not_needed", "postponed", "filled_otherwise", "asked_by_mistake"),
    "find_nobody": (
        "nobody_fits",
        "nobody_free",
        "nobody_accepted",
        "conflicts",
        "share_not_reachable",
        "not_covered",
    ),
}
"""Why a request ends, by the step that ends it. *No match* is a valid answer with its reason."""
OWN_STEPS = ("interview", "select_none")
"""Steps that a requester takes by a press, without anything else to say."""


def accept_request(
    session: Session, *, actor: Actor, code: str, request_id: int, expected_version: int
) -> MatchRequest:
    """A network agrees that it is searched, and to be asked about its own women."""
    return _answer(session, actor, code, request_id, expected_version, "accept", None)


def ask_back(
    session: Session,
    *,
    actor: Actor,
    code: str,
    request_id: int,
    expected_version: int,
    question: str,
) -> MatchRequest:
    """A network wants to know more; the requester changes the request or cancels it."""
    return _answer(session, actor, code, request_id, expected_version, "clarify", question)


def end_request(
    session: Session,
    *,
    actor: Actor,
    request_id: int,
    expected_version: int,
    action: str,
    reason: str,
) -> MatchRequest:
    """Close, cancel, or say that nobody was found, each with its reason."""
    if reason not in REASONS.get(action, ()):
        raise Refused("not_a_choice")
    request = _get_own(session, actor, request_id, expected_version)
    move(session, actor=actor, request=request, action=action)
    request.close_reason = reason
    session.flush()
    _audit(session, actor, f"request.{action}", request, reason=reason)
    return request


def take_step(
    session: Session, *, actor: Actor, request_id: int, expected_version: int, action: str
) -> MatchRequest:
    """A step that the requester takes by a press."""
    if action not in OWN_STEPS:
        raise Refused("not_a_choice")
    request = _get_own(session, actor, request_id, expected_version)
    move(session, actor=actor, request=request, action=action)
    _audit(session, actor, f"request.{action}", request)
    return request


def _answer(
    session: Session,
    actor: Actor,
    code: str,
    request_id: int,
    expected_version: int,
    action: str,
    note: str | None,
) -> MatchRequest:
    require(Permission.HEAR_REQUEST, actor, find_asked_subject(session, code))
    request = session.get_one(MatchRequest, request_id)
    if request.code != code:
        raise NotFound
    if request.version != expected_version:
        raise StaleVersion({"state": request.state}, {"state": action})
    move(session, actor=actor, request=request, action=action, note=note)
    _audit(session, actor, f"request.{action}", request)
    return request


def _get_own(
    session: Session, actor: Actor, request_id: int, expected_version: int
) -> MatchRequest:
    request = open_request(session, actor, request_id)
    if request.version != expected_version:
        raise StaleVersion({"state": request.state}, {"version": expected_version})
    return request


def _audit(
    session: Session, actor: Actor, action: str, request: MatchRequest, **detail: object
) -> None:
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="request",
        subject_id=request.id,
        detail=detail,
    )
