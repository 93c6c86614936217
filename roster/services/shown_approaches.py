"""How an approach stands for its requester: one word of few, so that it gives away nobody's ground.

A no of hers, a network that does not agree and a conflict of interest read the same; so do a yes
without her network's word, its word without hers, and a question back to herself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from roster.models import Approach, MatchRequest, Release
from roster.queries.approaches import WAITING
from roster.queries.releases import list_live_releases
from roster.services.asked_requests import list_cleared
from roster.services.shown_cards import list_showable

ASKED, QUESTION, READY, RELEASED = "asked", "question", "ready", "released"
NOT_ACCEPTED, NO_ANSWER, GONE = "not_accepted", "no_answer", "gone"
PLAIN = frozenset({"selected", "not_selected", "called_off"})
"""States that the requester made herself."""


@dataclass(frozen=True)
class ShownApproach:
    """``state``: asked, question, ready, released, selected, not_selected, called_off,
    not_accepted, no_answer, ended (the release is over) or gone (no longer available)."""

    approach: Approach
    state: str
    release: Release | None = None


def show_approaches(
    session: Session, request: MatchRequest, approaches: Iterable[Approach], now: datetime
) -> list[ShownApproach]:
    """How each stands today; whoever may not be shown any more is gone, whatever she had said."""
    rows = list(approaches)
    women = [one.mediator_id for one in rows]
    put_forward = list_cleared(session, request.id, "put_forward")
    present = list_showable(session, women, now, put_forward=put_forward)
    live = list_live_releases(session, request.id, now)
    return [
        ShownApproach(one, _judge(one, one.mediator_id in present, live, now), _find(one, live))
        for one in rows
    ]


def _find(approach: Approach, live: dict[int, Release]) -> Release | None:
    return live.get(approach.mediator_id)


def _judge(approach: Approach, is_present: bool, live: dict[int, Release], now: datetime) -> str:
    state = approach.state
    if state in ("not_selected", "called_off"):
        return state
    if state == "withdrawn" or not is_present:
        return GONE
    if state in ("released", "selected"):
        return _judge_released(approach, live, now)
    if state == "closed":
        return "ended" if approach.allows and approach.network_word == "agreed" else NOT_ACCEPTED
    if state == "yes":
        return READY if approach.network_word == "agreed" else ASKED
    if state in WAITING:
        return NO_ANSWER if approach.answer_by <= now else QUESTION if state == QUESTION else ASKED
    return NO_ANSWER if state == "no_answer" else NOT_ACCEPTED


def _judge_released(approach: Approach, live: dict[int, Release], now: datetime) -> str:
    if approach.state == "selected":
        return "selected"
    if approach.mediator_id in live:
        return RELEASED
    is_over = approach.held_until is not None and approach.held_until <= now
    return "ended" if is_over else GONE
