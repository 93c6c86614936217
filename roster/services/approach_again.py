"""Asking once more after a release ran out: her word and her network's are both needed again.

She is asked once for each request, so it is the same approach that goes back to its start. What was
said the first time stands in its steps and in the trail; of what she ticked then nothing is kept.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from roster import clock
from roster.errors import Refused, StaleVersion
from roster.models import Approach, MatchRequest
from roster.permissions import Actor
from roster.queries.approaches import find_release, is_filled
from roster.queries.releases import has_taken_back
from roster.services.approach_answers import end_release_of, get_for_requester
from roster.services.approach_states import REQUESTER, SCHEDULER, step
from roster.services.approaches import ANSWER_HOURS, require_room, send_question
from roster.services.asked_networks import choose_network
from roster.services.conflict_checks import check_conflicts, may_go_on
from roster.services.releases import require_unchanged
from roster.services.request_states import may_move, move

ACTION = "approach"
"""Of the request: the same step as asking for the first time."""


def may_ask_again(session: Session, actor: Actor, approach: Approach, now: datetime) -> bool:
    """Whether the requester may ask once more: for pages that offer it."""
    request = session.get_one(MatchRequest, approach.request_id)
    can_move = may_move(session, actor=actor, request=request, action=ACTION)
    return can_move and has_run_out(session, approach, now)


def has_run_out(session: Session, approach: Approach, now: datetime) -> bool:
    """Whether a release ended by its time alone, neither by her, by her network nor by the requester.

    The clock says so, whether or not the job has closed the approach since.
    """
    release = find_release(session, approach.id)
    if release is None or release.ends_at > now:
        return False
    if has_taken_back(session, approach.mediator_id, release.released_at):
        return False
    last = approach.steps[-1] if approach.steps else None
    is_closed = approach.state == "closed" and last is not None and last.from_state == "released"
    return approach.state == "released" or is_closed


def ask_again(
    session: Session,
    *,
    actor: Actor,
    approach_id: int,
    expected_version: int,
    accepted_changes: str = "",
    hours: int = ANSWER_HOURS,
) -> Approach | None:
    """Ask her again, on the same terms; None where a conflict of interest keeps her back.

    ``Refused`` where the release has not run out, the post is filled, or she is gone;
    ``ChangesToAccept`` where something else changed since the run.
    """
    approach = get_for_requester(session, actor, approach_id)
    if approach.version != expected_version:
        raise StaleVersion({"state": approach.state}, {"state": "queued"})
    request, now = session.get_one(MatchRequest, approach.request_id), clock.now()
    if not has_run_out(session, approach, now):
        raise Refused("approach_over")
    require_unchanged(session, approach, accepted_changes)
    if is_filled(session, request.id, approach.post, except_for=approach.id):
        raise Refused("post_filled")
    require_room(session, request.id, 1)
    network = choose_network(session, approach.mediator_id, asked=[approach.network_code])
    if network is None:
        raise Refused("approach_no_network")
    check = check_conflicts(session, approach=approach, moment="approach", now=now)
    if not may_go_on(check):
        return None
    move(session, actor=actor, request=request, action=ACTION)
    _start_again(session, actor, approach, network, now=now, hours=hours)
    return approach


def _start_again(
    session: Session, actor: Actor, approach: Approach, network: str, *, now: datetime, hours: int
) -> None:
    if approach.state == "released":  # its time is over, and the job has not come by yet
        step(session, actor=actor, approach=approach, to_state="closed", side=SCHEDULER)
        end_release_of(session, approach)
    approach.network_code, approach.network_word = network, None
    approach.network_word_by, approach.network_word_at = None, None
    approach.allows, approach.held_until = None, None
    approach.sent_at, approach.seen_at, approach.answered_at = None, None, None
    approach.reminded_at, approach.told_at = None, None
    approach.created_at, approach.answer_by = now, now + timedelta(hours=hours)
    step(session, actor=actor, approach=approach, to_state="queued", side=REQUESTER)
    send_question(session, actor, approach, now)
