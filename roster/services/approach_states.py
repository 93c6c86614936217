"""The life of an approach, as one table: from which state to which, and on whose word.

Source: product.md, section 8. Sides, not persons: herself, requester, network, scheduler. Every step
leaves a row of its own and an audit event; what is not in the table does not happen.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlalchemy.orm import Session

from roster import clock
from roster.errors import Refused
from roster.models import Approach, ApproachStep
from roster.permissions import Actor
from roster.services.trail import add_audit

HERSELF: Final = "herself"
REQUESTER: Final = "requester"
NETWORK: Final = "network"
SCHEDULER: Final = "scheduler"
SIDES = (HERSELF, REQUESTER, NETWORK, SCHEDULER)

STATES = (
    "queued",
    "sent",
    "seen",
    "yes",
    "no",
    "later",
    "question",
    "no_answer",
    "released",
    "selected",
    "not_selected",
    "closed",
    "withdrawn",
    "called_off",
)
ASKED = ("queued", "sent", "seen")
"""She has not answered yet."""
WAITING = (*ASKED, "later", "question")
"""Her yes or no is still awaited; at the deadline this becomes no answer."""
ACCEPTED = ("yes", "released", "selected")
"""Her yes stands: her days are taken, and she reads as held in other requests."""
OVER = ("closed", "withdrawn", "called_off", "not_selected")
ANSWERS = ("yes", "no", "later", "question")

_HERS = frozenset({HERSELF})
_THEIRS = frozenset({REQUESTER})
_CLOCK = frozenset({SCHEDULER})


def _make_table() -> dict[tuple[str | None, str], frozenset[str]]:
    table: dict[tuple[str | None, str], frozenset[str]] = {
        (None, "queued"): _THEIRS,
        # where she cannot be written to, her coordinator tells her
        ("queued", "sent"): frozenset({REQUESTER, NETWORK}),
        ("sent", "seen"): _HERS,
        ("yes", "released"): _THEIRS,
        ("released", "selected"): _THEIRS,
        # without a word until then a release ends, and with it the approach
        ("released", "closed"): _CLOCK,
        ("selected", "closed"): frozenset({REQUESTER, SCHEDULER}),
        ("no", "closed"): _CLOCK,
        # a release that ran out by its time alone may be asked for once more, of both
        ("closed", "queued"): _THEIRS,
    }
    for state in (*WAITING, "no_answer"):
        # a late word is still her word; a press by mistake can be taken back
        table |= {(state, answer): _HERS for answer in ANSWERS if answer != state}
        table[state, "called_off"] = frozenset({REQUESTER, SCHEDULER})
    table |= {("no", answer): _HERS for answer in ("yes", "later", "question")}
    table |= {(state, "no_answer"): _CLOCK for state in WAITING}
    # her network does not agree, or a conflict of interest bars her
    table |= {(state, "closed"): frozenset({NETWORK, SCHEDULER}) for state in (*WAITING, "yes")}
    table["no_answer", "closed"] = frozenset({NETWORK, SCHEDULER})
    table |= {(state, "not_selected"): frozenset({REQUESTER, SCHEDULER})
              for state in ("yes", "released")}  # fmt: skip
    table |= {(state, "withdrawn"): _HERS for state in (*WAITING, "no_answer", *ACCEPTED)}
    return table


TABLE: Mapping[tuple[str | None, str], frozenset[str]] = _make_table()
"""(from, to) -> the sides on whose word it happens."""


def may_step(from_state: str | None, to_state: str, side: str) -> bool:
    """Whether the table has this step for this side."""
    return side in TABLE.get((from_state, to_state), frozenset())


def is_asked_again(approach: Approach) -> bool:
    """Whether a first release ran out, and what is asked now is asked for the second time."""
    return any((one.from_state, one.to_state) == ("closed", "queued") for one in approach.steps)


def step(session: Session, *, actor: Actor, approach: Approach, to_state: str, side: str) -> None:
    """Take one step of the table: the new state, a row of its own, an audit event.

    ``side`` is the one on whose word it happens; whether ``actor`` may speak for it the caller has
    asked. ``Refused`` for a step that the table does not have.
    """
    came_from = approach.state if approach.steps else None
    if not may_step(came_from, to_state, side):
        raise Refused("approach_over")
    approach.state = to_state
    approach.steps.append(
        ApproachStep(from_state=came_from, to_state=to_state, taken_by=side, taken_at=clock.now())
    )
    session.add(approach)
    session.flush()
    add_audit(
        session,
        actor=actor,
        action=f"approach.{to_state}",
        subject_kind="approach",
        subject_id=approach.id,
        network_code=approach.network_code,
        detail={"by": side},
    )
