"""Two linked requests whose lists never meet: who is listed for one is not proposed for the other.

The earlier answer wins. Each new run leaves out the women whom the newest answer of a linked
request lists; that is looked up while nobody else can store a run, so that two searches at the same
moment cannot both list her.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from matching import Answer, Candidate, FunnelStep, State
from roster.errors import Refused, StaleVersion
from roster.models import MatchRequest, Run, RunRow
from roster.permissions import Actor
from roster.services.opened_requests import open_request
from roster.services.trail import add_audit

STEP = "linked_request"
"""The funnel's last gate: women on the list of a linked request."""


def list_taken(session: Session, request: MatchRequest) -> frozenset[int]:
    """Women listed in the newest answer of a request that this one is linked with, either way."""
    linked = select(MatchRequest.id).where(
        or_(MatchRequest.id == request.apart_from_id, MatchRequest.apart_from_id == request.id)
    )
    newest = select(func.max(Run.id)).where(Run.request_id.in_(linked)).group_by(Run.request_id)
    listed = select(RunRow.mediator_id).where(
        RunRow.run_id.in_(newest), RunRow.state == "listed", RunRow.mediator_id.is_not(None)
    )
    return frozenset(one for one in session.scalars(listed) if one is not None)


def leave_out(found: Answer, taken: Collection[int]) -> Answer:
    """The answer without these women; what fell so is the last step of its funnel."""
    fell = len(set(found.list_ids(State.LISTED)) & set(taken))
    near = len(set(found.list_ids(State.NEAR_MISS)) & set(taken))
    if not fell and not near:
        return found
    left = found.counts[State.LISTED] - fell
    counts = {
        **found.counts,
        State.LISTED: left,
        State.NEAR_MISS: found.counts[State.NEAR_MISS] - near,
        State.EXCLUDED: found.counts[State.EXCLUDED] + fell + near,
    }
    return replace(
        found,
        listed=_without(found.listed, taken),
        near_misses=_without(found.near_misses, taken),
        funnel=(*found.funnel, FunnelStep(STEP, fell, left)),
        counts=counts,
    )


def _without(candidates: tuple[Candidate, ...], taken: Collection[int]) -> tuple[Candidate, ...]:
    return tuple(one for one in candidates if one.mediator_id not in taken)


def keep_apart(
    session: Session,
    *,
    actor: Actor,
    request_id: int,
    expected_version: int,
    other_id: int | None,
) -> MatchRequest:
    """Link a request with another of the same account, or with none.

    ``Refused`` for a request that was searched already, since its list may meet the other's, and
    for itself. ``NotFound`` for another's request.
    """
    request = open_request(session, actor, request_id)
    if request.version != expected_version:
        raise StaleVersion({"apart_from": request.apart_from_id}, {"apart_from": other_id})
    if other_id is not None:
        other = open_request(session, actor, other_id)
        if other.id == request.id or other.account_id != request.account_id:
            raise Refused("linked_to_itself")
        if request.runs:
            raise Refused("linked_after_search")
    request.apart_from_id = other_id
    session.flush()
    add_audit(
        session,
        actor=actor,
        action="request.unlinked" if other_id is None else "request.linked",
        subject_kind="request",
        subject_id=request.id,
    )
    return request
