"""Why a woman is not in an answer, for the envoy who holds her handle of this request."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import PostReasons, Reason, Request, State, Viewer, WhyNot, answer, why_not
from roster import clock
from roster.errors import Refused
from roster.models import Handle, MatchRequest, Run, RunRow
from roster.permissions import Actor
from roster.roster_index import RosterIndex
from roster.services.apart import list_taken
from roster.services.asked_today import make_newest_request
from roster.services.card_evidence import put_on_card
from roster.services.handles import read_handle
from roster.services.opened_requests import open_to_read
from roster.services.shown_cards import list_showable

NOT_PROPOSED = WhyNot(State.EXCLUDED, is_withheld=True)
"""One answer for all that an envoy may not tell apart: hidden, gone, paused, held, refused before."""


@dataclass(frozen=True)
class LookUp:
    """What is said today of the woman of one handle, by the criteria of the newest search."""

    handle: str
    mediator_id: int | None
    """For the read log; None once she is erased."""
    asked: Request
    found: WhyNot


def explain_handle(
    session: Session, *, actor: Actor, request_id: int, handle: str, index: RosterIndex
) -> LookUp | None:
    """Return why the woman of a handle is not listed today; a reading session suffices.

    Asked are the criteria of the newest run, not those changed since: other criteria need a run of
    their own, which is counted. None for a handle that this request never gave, be it another
    request's or nobody's. Whoever may not be spoken of reads ``NOT_PROPOSED``, whatever the ground,
    after the same work. Evidence by the rules of the card.
    ``NotFound`` for another's request, ``Refused`` before the first run.
    """
    request = open_to_read(session, actor, request_id)
    if not request.runs:
        raise Refused("request_not_submitted")
    code = read_handle(handle)
    if not _has_given(session, request, code):
        return None
    mediator_id = session.scalar(
        select(Handle.mediator_id).where(Handle.request_id == request.id, Handle.code == code)
    )
    now = clock.now()
    asked = make_newest_request(session, request)
    woman = 0 if mediator_id is None else mediator_id
    showable = list_showable(session, [woman], now, put_forward=asked.put_forward)
    with index.opened(session, now=now) as columns:
        found = why_not(answer(columns, asked, now, limit=0), woman, Viewer.ENVOY)
    if found is None or woman not in showable or woman in list_taken(session, request):
        found = NOT_PROPOSED
    posts = tuple(_put_on_card(one) for one in found.posts)
    return LookUp(code, mediator_id, asked, replace(found, posts=posts))


def _has_given(session: Session, request: MatchRequest, code: str) -> bool:
    """Whether a run of this request has shown the code; its row outlasts the woman's erasure."""
    statement = (
        select(RunRow.id).join(Run).where(Run.request_id == request.id, RunRow.handle == code)
    )
    return session.scalar(statement.limit(1)) is not None


def _put_on_card(post: PostReasons) -> PostReasons:
    reasons = tuple(Reason(put_on_card(one.evidence), one.hers, one.asked) for one in post.reasons)
    return replace(post, reasons=reasons)
