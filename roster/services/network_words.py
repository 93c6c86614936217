"""What her network says of an approach: it agrees that she is released, it does not, it has told her.

Silence is no agreement: without a word nothing goes on, however long ago she said yes.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import Approach, MatchRequest
from roster.permissions import Actor, Permission, Subject
from roster.queries.approaches import OPEN
from roster.services.approach_answers import end_hold, note_ready, tell_outcome
from roster.services.approach_states import NETWORK, step
from roster.services.trail import add_audit, require


def agree_to_approach(
    session: Session, *, actor: Actor, approach_id: int, expected_version: int
) -> Approach:
    """Her network agrees that she is released, if she says yes."""
    approach = _get_networks(session, actor, approach_id, expected_version, "agreed")
    _note_word(approach, actor, "agreed")
    request = session.get_one(MatchRequest, approach.request_id)
    note_ready(session, actor, approach, request)
    add_audit(
        session,
        actor=actor,
        action="approach.network_agreed",
        subject_kind="approach",
        subject_id=approach.id,
        network_code=approach.network_code,
    )
    return approach


def decline_approach(
    session: Session, *, actor: Actor, approach_id: int, expected_version: int
) -> Approach:
    """Her network does not agree: the approach is over, and she is told that it is."""
    approach = _get_networks(session, actor, approach_id, expected_version, "declined")
    _note_word(approach, actor, "declined")
    step(session, actor=actor, approach=approach, to_state="closed", side=NETWORK)
    end_hold(approach)
    tell_outcome(session, approach)
    return approach


def note_told(
    session: Session, *, actor: Actor, approach_id: int, expected_version: int
) -> Approach:
    """Her coordinator has told a woman who cannot be written to that somebody asks."""
    approach = _get_networks(session, actor, approach_id, expected_version, "sent")
    step(session, actor=actor, approach=approach, to_state="sent", side=NETWORK)
    approach.sent_at = clock.now()
    return approach


def _get_networks(
    session: Session, actor: Actor, approach_id: int, expected_version: int, word: str
) -> Approach:
    approach = session.get(Approach, approach_id)
    if approach is None:
        raise NotFound
    require(Permission.SPEAK_FOR_NETWORK, actor, Subject(network_code=approach.network_code))
    if approach.version != expected_version:
        raise StaleVersion({"state": approach.network_word}, {"state": word})
    if approach.state not in OPEN or approach.network_word is not None and word != "sent":
        raise Refused("approach_over")
    return approach


def _note_word(approach: Approach, actor: Actor, word: str) -> None:
    approach.network_word, approach.network_word_by = word, actor.account_id
    approach.network_word_at = clock.now()
