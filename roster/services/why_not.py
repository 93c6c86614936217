"""Why a woman is not in an answer, for the envoy who holds her handle of this request."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import PostReasons, Reason, Viewer, WhyNot, answer, why_not
from roster import clock
from roster.errors import NotFound, Refused
from roster.facts import make_request
from roster.models import Account, Handle, MatchRequest
from roster.permissions import Actor, Permission, Subject
from roster.roster_index import RosterIndex
from roster.services.card_evidence import put_on_card
from roster.services.runs import get_requester
from roster.services.shown_cards import list_showable
from roster.services.trail import require


def explain_handle(
    session: Session, *, actor: Actor, request_id: int, handle: str, index: RosterIndex
) -> WhyNot | None:
    """Return why the woman of a handle is not listed today; a reading session suffices.

    Asked are the criteria of the newest run, not those changed since: other criteria need a run of
    their own, which is counted. None for a handle that this request never gave and for a woman whose
    card may no longer be shown: both read the same. Evidence by the rules of the card.
    ``NotFound`` for another's request, ``Refused`` before the first run.
    """
    request = _get(session, actor, request_id)
    if not request.runs:
        raise Refused("request_not_submitted")
    mediator_id = session.scalar(
        select(Handle.mediator_id).where(
            Handle.request_id == request.id, Handle.code == handle.strip().upper()
        )
    )
    now = clock.now()
    if mediator_id is None or mediator_id not in list_showable(session, [mediator_id], now):
        return None
    account = session.get_one(Account, request.account_id)
    newest = max(request.runs, key=lambda run: run.id)
    asked = make_request(newest.criteria, code=request.code, requester=get_requester(account))
    with index.opened(session, now=now) as columns:
        found = why_not(answer(columns, asked, now, limit=0), mediator_id, Viewer.ENVOY)
    return replace(found, posts=tuple(_put_on_card(one) for one in found.posts)) if found else None


def _get(session: Session, actor: Actor, request_id: int) -> MatchRequest:
    request = session.get(MatchRequest, request_id)
    if request is None:
        raise NotFound
    require(Permission.READ_REQUEST, actor, Subject(account_id=request.account_id))
    return request


def _put_on_card(post: PostReasons) -> PostReasons:
    reasons = tuple(Reason(put_on_card(one.evidence), one.hers, one.asked) for one in post.reasons)
    return replace(post, reasons=reasons)
