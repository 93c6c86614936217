"""Questions about an approach and their answers: passed on by the service, without an address.

Neither side reads the other's name with it before a release. What is said stays as it was said.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import Refused, StaleVersion
from roster.models import Approach, ApproachMessage
from roster.permissions import Actor
from roster.queries.approaches import TAKEN, WAITING
from roster.services.approach_answers import get_for_requester, get_hers
from roster.services.approach_messages import QUESTION, write_of
from roster.services.approach_states import HERSELF, step
from roster.services.trail import add_audit

MOST = 30
"""Messages of one approach: a conversation, not a mailbox."""
TALKING = (*WAITING, "no_answer", *TAKEN)
"""States in which something may still be asked or answered."""


def list_messages(session: Session, approach_id: int) -> Sequence[ApproachMessage]:
    """All of one approach, the oldest first; whoever asks has been let in to the approach."""
    return session.scalars(
        select(ApproachMessage)
        .where(ApproachMessage.approach_id == approach_id)
        .order_by(ApproachMessage.id)
    ).all()


def ask_question(
    session: Session, *, actor: Actor, approach_id: int, expected_version: int, text: str
) -> ApproachMessage:
    """She asks the requester something. Before her yes this is her answer for now."""
    approach = get_hers(session, actor, approach_id)
    _check(session, approach, expected_version, "question")
    if approach.state in (*WAITING, "no_answer") and approach.state != "question":
        step(session, actor=actor, approach=approach, to_state="question", side=HERSELF)
    return _add(session, actor, approach, text, is_hers=True)


def reply_to_question(
    session: Session, *, actor: Actor, approach_id: int, expected_version: int, text: str
) -> ApproachMessage:
    """The requester answers; she is told that there is something on her page.

    ``Refused`` where she has asked nothing: nobody writes to her through this unasked.
    """
    approach = get_for_requester(session, actor, approach_id)
    _check(session, approach, expected_version, "answered")
    if not any(one.is_hers for one in list_messages(session, approach.id)):
        raise Refused("nothing_asked")
    message = _add(session, actor, approach, text, is_hers=False)
    write_of(session, approach, QUESTION)
    return message


def _check(session: Session, approach: Approach, expected_version: int, wanted: str) -> None:
    if approach.version != expected_version:
        raise StaleVersion({"state": approach.state}, {"state": wanted})
    if approach.state not in TALKING:
        raise Refused("approach_over")
    mine = select(func.count()).where(ApproachMessage.approach_id == approach.id)
    if (session.scalar(mine) or 0) >= MOST:
        raise Refused("approach_said_enough", most=MOST)


def _add(
    session: Session, actor: Actor, approach: Approach, text: str, *, is_hers: bool
) -> ApproachMessage:
    message = ApproachMessage(
        approach_id=approach.id, is_hers=is_hers, text=text, written_at=clock.now()
    )
    session.add(message)
    session.flush()
    add_audit(
        session,
        actor=actor,
        action="approach.message",
        subject_kind="approach",
        subject_id=approach.id,
        network_code=approach.network_code,
        detail={"by": "herself" if is_hers else "requester"},
    )
    return message
