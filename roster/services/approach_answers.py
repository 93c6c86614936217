"""What is said of an approach: her answer, her network's word, and taking either back.

Her days are given once: of several requests whose days overlap she can say yes to one. The one
head for order lets writers pass one at a time, so what is looked up here cannot change before the
commit.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import Approach, Consent, MatchRequest
from roster.permissions import Actor, Permission, Subject
from roster.queries.approaches import (
    ENDED_REQUESTS,
    find_release,
    get_dates,
    is_filled,
    list_taken,
)
from roster.services.approach_messages import OUTCOME, write_of
from roster.services.approach_states import (
    ANSWERS,
    HERSELF,
    REQUESTER,
    SCHEDULER,
    WAITING,
    step,
)
from roster.services.asked_requests import list_cleared
from roster.services.conflict_checks import check_conflicts
from roster.services.deployment_states import end_early
from roster.services.request_states import may_move, move
from roster.services.shown_cards import list_showable
from roster.services.trail import require, trace_mediator
from roster.wording.consent_texts import CURRENT_VERSION

HELD_FOR = timedelta(days=14)
"""After her yes she reads as held in other requests, until she is released or this is over."""
NAMED_FOR = timedelta(days=60)
"""Her consent to be named to one requester: the time to decide, and thirty days of release."""
ALWAYS = "display_name"
TICKED = (
    "original_name",
    "title",
    "email",
    "phone",
    "safe_contact",
    "biography",
    "nationality",
    "residence",
    "birth_band",
)
"""Beside her name, what she may let the requester see: all that may be seen after a release."""


def answer_approach(
    session: Session,
    *,
    actor: Actor,
    approach_id: int,
    expected_version: int,
    answer: str,
    allows: Iterable[str] = (),
    answers_on_conflicts: Iterable[dict[str, Any]] = (),
    channel: str = "page",
) -> Approach:
    """Take her answer: yes, no, later or question. No reason is asked.

    A yes names the fields in ``allows`` beside her name and is her consent to be named to this
    requester; it needs her own sign-in, for a link may lie in a shared mailbox. Conflicts are
    checked before: where one bars her the approach is over, and the state says so. ``Refused``
    where it is over, the post is filled, or her days are taken. An answer may be changed until it
    is due; a yes is taken back with ``withdraw``.
    """
    approach = get_hers(session, actor, approach_id)
    if approach.version != expected_version:
        raise StaleVersion({"state": approach.state}, {"state": answer})
    request = session.get_one(MatchRequest, approach.request_id)
    now = clock.now()
    if answer not in ANSWERS or request.state in ENDED_REQUESTS:
        raise Refused("approach_over")
    if approach.state == "no" and approach.answer_by <= now:
        raise Refused("approach_over")
    if answer == "yes":
        _take_yes(session, actor, approach, request, list(allows), answers_on_conflicts, channel)
    else:
        step(session, actor=actor, approach=approach, to_state=answer, side=HERSELF)
        approach.answered_at = now if answer == "no" else None
    return approach


def _take_yes(
    session: Session,
    actor: Actor,
    approach: Approach,
    request: MatchRequest,
    allows: list[str],
    answers_on_conflicts: Iterable[dict[str, Any]],
    channel: str,
) -> None:
    now = clock.now()
    if actor.kind != "account":
        raise Refused("approach_sign_in")
    if not set(allows) <= {ALWAYS, *TICKED}:
        raise Refused("not_a_choice")
    put_forward = list_cleared(session, request.id, "put_forward")
    if not list_showable(session, [approach.mediator_id], now, put_forward=put_forward):
        raise Refused("approach_not_shown")
    require_free(session, approach, request, now)
    check = check_conflicts(
        session, approach=approach, moment="acceptance", now=now, answers=answers_on_conflicts
    )
    if check.verdict == "not_declared":
        raise Refused("approach_declare")
    if check.verdict == "bar":
        step(session, actor=actor, approach=approach, to_state="closed", side=SCHEDULER)
        return
    step(session, actor=actor, approach=approach, to_state="yes", side=HERSELF)
    approach.answered_at, approach.held_until = now, now + HELD_FOR
    approach.allows = [ALWAYS, *(name for name in TICKED if name in allows)]
    _give_naming(session, actor, approach, now, channel)
    note_ready(session, actor, approach, request)


def require_free(
    session: Session, approach: Approach, request: MatchRequest, now: datetime
) -> None:
    """Go on only where the post is open and her days are not given to another request."""
    if is_filled(session, request.id, approach.post, except_for=approach.id):
        raise Refused("post_filled")
    require_days(session, approach, *get_dates(request), now)


def require_days(
    session: Session, approach: Approach, first: date, last: date, now: datetime
) -> None:
    """Go on only where none of these days of hers is given to another request."""
    others = [one for one in list_taken(session, approach.mediator_id, now)
              if one.approach_id != approach.id]  # fmt: skip
    if any(one.overlaps(first, last) for one in others):
        raise Refused("days_taken")


def _give_naming(
    session: Session, actor: Actor, approach: Approach, now: datetime, channel: str
) -> None:
    session.add(
        Consent(
            mediator_id=approach.mediator_id,
            purpose="naming",
            text_version=CURRENT_VERSION,
            language=actor.language,
            channel=channel,
            given_at=now,
            valid_until=now + NAMED_FOR,
        )
    )
    trace_mediator(session, actor, approach.mediator_id, "consent.given", {"purpose": "naming"})


def note_ready(session: Session, actor: Actor, approach: Approach, request: MatchRequest) -> None:
    """With both words the request has somebody who may be released."""
    session.flush()
    is_both = approach.state == "yes" and approach.network_word == "agreed"
    if is_both and may_move(session, actor=actor, request=request, action="get_ready"):
        move(session, actor=actor, request=request, action="get_ready")


def call_off(
    session: Session, *, actor: Actor, approach_id: int, expected_version: int
) -> Approach:
    """The requester needs no answer any more; who had said yes is told that she is not chosen."""
    approach = get_for_requester(session, actor, approach_id)
    if approach.version != expected_version:
        raise StaleVersion({"state": approach.state}, {"state": "called_off"})
    end_by(session, actor, approach, REQUESTER)
    return approach


def end_by(session: Session, actor: Actor, approach: Approach, side: str) -> None:
    """End an approach that was not to be: called off while she is asked, else not selected."""
    is_asked = approach.state in (*WAITING, "no_answer")
    to_state = "called_off" if is_asked else "not_selected"
    step(session, actor=actor, approach=approach, to_state=to_state, side=side)
    end_hold(approach)
    end_release_of(session, approach)
    tell_outcome(session, approach)


def withdraw(
    session: Session, *, actor: Actor, approach_id: int, expected_version: int
) -> Approach:
    """She takes it back, at any step; from the next request on nothing of her is shown."""
    approach = get_hers(session, actor, approach_id)
    if approach.version != expected_version:
        raise StaleVersion({"state": approach.state}, {"state": "withdrawn"})
    step(session, actor=actor, approach=approach, to_state="withdrawn", side=HERSELF)
    end_hold(approach)
    end_release_of(session, approach)
    end_early(session, actor, approach)
    return approach


def end_hold(approach: Approach) -> None:
    """Her days are hers again."""
    approach.held_until = None


def end_release_of(session: Session, approach: Approach) -> None:
    """From now on the release that rests on an approach shows nothing."""
    release = find_release(session, approach.id)
    if release is not None and release.withdrawn_at is None:
        release.withdrawn_at = clock.now()
        session.flush()


def tell_outcome(session: Session, approach: Approach) -> None:
    """She is told, once; on her page where she cannot be written to."""
    if approach.told_at is None:
        write_of(session, approach, OUTCOME)
        approach.told_at = clock.now()
    session.flush()


def get_for_requester(session: Session, actor: Actor, approach_id: int) -> Approach:
    """An approach of a request of hers; ``NotFound`` otherwise."""
    approach = session.get(Approach, approach_id)
    if approach is None:
        raise NotFound
    request = session.get_one(MatchRequest, approach.request_id)
    require(Permission.EDIT_REQUEST, actor, Subject(account_id=request.account_id))
    return approach


def get_hers(session: Session, actor: Actor, approach_id: int) -> Approach:
    """An approach to her; ``NotFound`` for another's."""
    approach = session.get(Approach, approach_id)
    if approach is None:
        raise NotFound
    require(Permission.ANSWER_APPROACH, actor, Subject(mediator_id=approach.mediator_id))
    return approach
