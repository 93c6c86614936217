"""Why one of her own women is not in an answer, for the coordinator of a network that was asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import (
    Answer,
    Evidence,
    PostReasons,
    Reason,
    Request,
    State,
    Verdict,
    Viewer,
    WhyNot,
    answer,
    why_not,
)
from roster import clock, visibility
from roster.models import Entry, MatchRequest, Membership, Record
from roster.permissions import Actor, Permission
from roster.queries.records import network_subject
from roster.roster_index import RosterIndex
from roster.services.asked_today import get_newest_run, make_newest_request
from roster.services.card_evidence import put_on_card
from roster.services.trail import require

FIELD_OF_CODE: Mapping[str, str] = {
    "P1": "consent",
    "P2": "safety_class",
    "P4": "availability",
    "P5": "pool",
    "C1": "nationality",
    "C2": "nationality",
    "C3": "residence",
    "C4": "interests",
    "C5": "interests",
    "C7": "interests",
    "N0": "interests",
}
"""Codes that tell of a field of hers beyond the card; they are said to whoever may see that field."""
NEVER = frozenset({"G1", "X2"})
"""A finding is for those who examine it; a look-alike may stand in another network's records."""
OF_THE_NETWORK = frozenset({"V3", "C6"})
"""Said only by the network that suspended her, or that noted the refusal in its own record."""
UNNAMED = Reason(Evidence("proposal", Verdict.FAIL, "not_proposed"))


@dataclass(frozen=True)
class OwnReasons:
    """What is said of her today by the criteria of the newest search of one request."""

    mediator_id: int
    asked: Request
    found: WhyNot


def explain_own(
    session: Session, *, actor: Actor, record_id: int, request_code: str, index: RosterIndex
) -> OwnReasons | None:
    """Return why the woman of a record is not listed; a reading session suffices.

    The codes are whole, the evidence is that of her card, and no fact of a rule on conflicts of
    interest is told: what the request keeps out stays the request's. None for a code of no request,
    of one that was never searched, and of one that does not ask the record's network.
    ``NotFound`` for a record that this actor may not read.
    """
    require(Permission.READ_RECORD, actor, network_subject(session, record_id))
    record = session.get_one(Record, record_id)
    request = _find_request(session, record, request_code)
    if request is None:
        return None
    now, asked = clock.now(), make_newest_request(session, request)
    with index.opened(session, now=now) as columns:
        found = _explain(answer(columns, asked, now, limit=0), record.mediator_id)
    own = _list_own_codes(session, record, {party.code for party in asked.parties})
    posts = tuple(_tell(one, own) for one in found.posts)
    return OwnReasons(record.mediator_id, asked, replace(found, posts=posts))


def _find_request(session: Session, record: Record, code: str) -> MatchRequest | None:
    request = session.scalars(
        select(MatchRequest).where(MatchRequest.code == code.strip().upper())
    ).one_or_none()
    if request is None or not request.runs:
        return None
    return request if asks_network(get_newest_run(request).criteria, record) else None


def asks_network(criteria: Mapping[str, Any], record: Record) -> bool:
    """Whether a request asks the network of a record: by its name, or all by naming none."""
    named = criteria.get("networks") or ()
    return not named or record.network_code in named


def _explain(found: Answer, mediator_id: int) -> WhyNot:
    """Her reasons as her network reads them; also those for which she enters no list at all."""
    said = why_not(found, mediator_id, Viewer.NETWORK)
    if said is not None:
        return said
    try:
        reasons = tuple(Reason(one) for one in found.reasons(mediator_id))
    except KeyError:  # she has left the roster
        reasons = (UNNAMED,)
    return WhyNot(State.NOT_VISIBLE, (PostReasons("", reasons, None),))


def _list_own_codes(session: Session, record: Record, sides: set[str]) -> frozenset[str]:
    """Codes of ``OF_THE_NETWORK`` that this very network has said of her.

    A refusal it has noted counts for the sides of this request only: an objection that is kept
    with a process must not show through one of another side.
    """
    suspended = session.scalar(
        select(Membership.id).where(
            Membership.mediator_id == record.mediator_id,
            Membership.network_code == record.network_code,
            Membership.accreditation == "suspended",
        )
    )
    refused = session.scalar(
        select(Entry.id)
        .where(
            Entry.record_id == record.id, Entry.field == "refused_by", Entry.code.in_(sorted(sides))
        )
        .limit(1)
    )
    said = {"V3": suspended, "C6": refused}
    return frozenset(code for code, found in said.items() if found is not None)


def _tell(post: PostReasons, own: frozenset[str]) -> PostReasons:
    told: list[Reason] = []
    for one in post.reasons:
        if not _may_tell(one.evidence.code, own):
            one = UNNAMED
        else:
            on_card = put_on_card(one.evidence, visibility.Viewer.OWN_COORDINATOR)
            one = Reason(on_card, one.hers)
        if one not in told:
            told.append(one)
    return replace(post, reasons=tuple(told), request_steps=None)


def _may_tell(code: str, own: frozenset[str]) -> bool:
    if code in NEVER or code in OF_THE_NETWORK:
        return code in own
    field = FIELD_OF_CODE.get(code)
    return field is None or visibility.may_see(field, visibility.Viewer.OWN_COORDINATOR)
