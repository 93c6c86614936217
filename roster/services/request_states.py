"""The life of a request: one table of who may take which step from where to where.

Source: life cycles of the product text. What is not named here nobody may do. A step is written
down with its side, its time and what is due next; ``move`` is the only way to another state.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, Refused
from roster.models import Account, MatchRequest, RequestStep
from roster.permissions import Actor

STATES = (
    "draft",
    "submitted",
    "clarifying",
    "accepted",
    "searching",
    "approaching",
    "ready",
    "released",
    "interviewing",
    "selected",
    "none_selected",
    "deployed",
    "evaluated",
    "closed",
    "cancelled",
    "no_match",
    "expired",
)
SIDES = ("requester", "verified", "network", "herself", "scheduler", "operator")
"""``verified`` is a requester who was checked; ``herself`` a woman who was approached."""
ENDED = frozenset({"closed", "cancelled", "no_match", "expired"})
WAITING = frozenset({"submitted", "clarifying"})
"""Before a network's word, for a requester who was not checked."""
ACTIONS = (
    "submit",
    "change",
    "clarify",
    "accept",
    "search",
    "approach",
    "get_ready",
    "release",
    "interview",
    "select",
    "select_none",
    "deploy",
    "evaluate",
    "close",
    "cancel",
    "find_nobody",
    "expire",
)

_ASKERS = ("requester", "verified", "operator")
_CHECKED = ("verified", "operator")
_BEFORE_NAMES = ("submitted", "clarifying", "accepted", "searching", "approaching")
_WITH_NAMES = ("ready", "released", "interviewing")
_WITH_SOMEBODY = ("selected", "deployed")
_OPEN = (*_BEFORE_NAMES, *_WITH_NAMES)

Key = tuple[str, str, str]
"""State, action, side."""


def _list_steps() -> dict[Key, str]:
    table: dict[Key, str] = {}

    def allow(action: str, sides: tuple[str, ...], steps: Mapping[str, str]) -> None:
        for side in sides:
            table.update({(state, action, side): to for state, to in steps.items()})

    def stay(states: tuple[str, ...]) -> dict[str, str]:
        return {state: state for state in states}

    allow("submit", _ASKERS, {"draft": "submitted"})
    allow("change", _ASKERS, {**stay(("draft", "submitted")), "clarifying": "submitted"})
    allow("change", _CHECKED, stay(("accepted", "searching", "approaching")))
    # what a network accepted is what it read: other criteria of somebody unchecked wait again
    allow("change", ("requester",), {"accepted": "submitted", "searching": "submitted"})
    allow("clarify", ("network",), {"submitted": "clarifying"})
    allow("accept", ("network",), {"submitted": "accepted", "clarifying": "accepted"})
    allow("search", _ASKERS, {"accepted": "searching", **stay(("searching", "approaching"))})
    allow("search", _CHECKED, {"submitted": "searching", "clarifying": "searching"})
    allow("search", _ASKERS, {**stay(_WITH_NAMES), "none_selected": "searching"})
    allow("approach", _ASKERS, {"searching": "approaching", **stay(("approaching", *_WITH_NAMES))})
    both = {"approaching": "ready", **stay(_WITH_NAMES)}
    allow("get_ready", ("network", "herself", "operator"), both)
    allow("release", _ASKERS, {"ready": "released", **stay(("released", "interviewing"))})
    allow("interview", _ASKERS, {"released": "interviewing"})
    # with one post filled, or one woman at work, the others go on
    allow("approach", _ASKERS, stay(_WITH_SOMEBODY))
    allow("get_ready", ("network", "herself", "operator"), stay(_WITH_SOMEBODY))
    allow("release", _ASKERS, stay(_WITH_SOMEBODY))
    chosen = {"released": "selected", "interviewing": "selected", **stay(_WITH_SOMEBODY)}
    allow("select", _ASKERS, chosen)
    allow("select_none", _ASKERS, dict.fromkeys(("approaching", *_WITH_NAMES), "none_selected"))
    allow("deploy", _ASKERS, {"selected": "deployed", "deployed": "deployed"})
    allow("evaluate", _ASKERS, {"deployed": "evaluated", "evaluated": "evaluated"})
    ended = ("selected", "none_selected", "deployed", "evaluated")
    allow("close", _ASKERS, dict.fromkeys(ended, "closed"))
    allow("cancel", _ASKERS, dict.fromkeys(("draft", *_OPEN, "selected"), "cancelled"))
    looked = ("searching", "approaching", *_WITH_NAMES, "none_selected")
    allow("find_nobody", _ASKERS, dict.fromkeys(looked, "no_match"))
    allow("expire", ("scheduler", "operator"), dict.fromkeys(_OPEN, "expired"))
    return table


TABLE: Mapping[Key, str] = _list_steps()

DUE: Mapping[str, timedelta] = {
    "submitted": timedelta(days=3),
    "clarifying": timedelta(days=7),
    "ready": timedelta(days=7),
    "released": timedelta(days=30),
}
"""Within how long the next step is expected; elsewhere the answer needed by says it."""


def find_next(state: str, action: str, side: str) -> str | None:
    """The state that a step leads to; None for a step that is nobody's to take there."""
    return TABLE.get((state, action, side))


def list_sides(session: Session, actor: Actor, request: MatchRequest) -> list[str]:
    """As whom this actor stands to a request; the same person may be on two sides."""
    if actor.kind in ("operator", "scheduler"):
        return [actor.kind]
    sides = []
    if actor.account_id is not None and actor.account_id == request.account_id:
        account = session.get_one(Account, request.account_id)
        sides.append("verified" if account.verified_at is not None else "requester")
    elif actor.coordinates:
        sides.append("network")
    if actor.mediator_id is not None or actor.kind == "link":
        sides.append("herself")
    return sides


def may_move(session: Session, *, actor: Actor, request: MatchRequest, action: str) -> bool:
    """Whether this actor could take this step now, for pages that offer it."""
    sides = list_sides(session, actor, request)
    return any(find_next(request.state, action, side) for side in sides)


def waits_for_network(session: Session, *, actor: Actor, request: MatchRequest) -> bool:
    """Whether a network has to accept the request first, since nobody has checked who asks."""
    return request.state in WAITING and not may_move(
        session, actor=actor, request=request, action="search"
    )


def move(
    session: Session, *, actor: Actor, request: MatchRequest, action: str, note: str | None = None
) -> str:
    """Take a step and write it down; return the state that the request is in now.

    Permission on the thing itself is asked by the service that calls. A step that leads nowhere
    else is taken in silence. ``Refused("request_step")`` where the table has no such step.
    """
    sides = list_sides(session, actor, request)
    if not sides:
        raise NotFound
    for side in sides:
        to_state = find_next(request.state, action, side)
        if to_state is not None:
            _take(session, request, to_state, side, note)
            return to_state
    raise Refused("request_step")


def _take(
    session: Session, request: MatchRequest, to_state: str, side: str, note: str | None
) -> None:
    if to_state == request.state:
        return
    now = clock.now()
    session.add(
        RequestStep(
            request_id=request.id,
            from_state=request.state,
            to_state=to_state,
            taken_by="requester" if side == "verified" else side,
            taken_at=now,
            due_at=find_due(request, to_state, now),
            note=note,
        )
    )
    request.state = to_state
    if to_state in ENDED:
        request.closed_at = now
    session.flush()


def find_due(request: MatchRequest, state: str, now: datetime) -> datetime | None:
    """Until when the next step is expected: by the table, and not after the answer is needed."""
    if state in ENDED:
        return None
    ends = [now + DUE[state]] if state in DUE else []
    if state in _BEFORE_NAMES and request.answer_by is not None:
        ends.append(request.answer_by)
    return min(ends, default=None)
