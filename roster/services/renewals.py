"""What a renewal link can do: say her last answer again, change it, pause the questions, hide her.

Its holder has seen nothing of her file, so no version either: what she says stands in place of
whatever stood. A link that a coordinator handed over can do the same, and its use is marked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from roster.models import Availability, Link, Mediator
from roster.permissions import Actor
from roster.services.availability import Statement, get_standing, pause, renew, state_availability
from roster.services.consents import hide
from roster.services.links import find_live_link, get_holder, take_link
from roster.services.trail import add_audit

PURPOSE = "renewal"


@dataclass(frozen=True)
class Answered:
    """Whose answer was taken; ``row`` is the statement that stands now, if that is what changed."""

    mediator: Mediator
    row: Availability | None = None


def repeat_by_link(session: Session, *, token: str) -> Answered:
    """Nothing has changed. Refused where there is nothing to repeat; the link is unspent then."""
    mediator, actor = _take(session, token)
    return Answered(mediator, renew(session, actor=actor, mediator_id=mediator.id))


def state_by_link(session: Session, *, token: str, statement: Statement) -> Answered:
    """Something has changed, or she is not available: a new statement."""
    mediator, actor = _take(session, token)
    standing = get_standing(session, mediator.id)
    row = state_availability(
        session,
        actor=actor,
        mediator_id=mediator.id,
        expected_id=standing.id if standing else None,
        statement=statement,
    )
    return Answered(mediator, row)


def pause_by_link(session: Session, *, token: str, until: date) -> Answered:
    """Do not ask her until the end of that day of hers; what she said stands."""
    mediator, actor = _take(session, token)
    pause(session, actor=actor, mediator_id=mediator.id, until=until)
    return Answered(mediator)


def hide_by_renewal_link(session: Session, *, token: str) -> Answered:
    """Hide her at once, and leave the link unspent.

    A second press must say the same as the first and not "this page has ended", and what she was
    asked is still to be answered.
    """
    link = find_live_link(session, token=token, purpose=PURPOSE)
    mediator = get_holder(session, link)
    hide(session, actor=_actor(mediator), mediator_id=mediator.id)
    return Answered(mediator)


def _take(session: Session, token: str) -> tuple[Mediator, Actor]:
    link = take_link(session, token=token, purpose=PURPOSE)
    mediator = get_holder(session, link)
    actor = _actor(mediator)
    if link.was_handed_over:
        _mark_handed_over(session, actor, link)
    return mediator, actor


def _mark_handed_over(session: Session, actor: Actor, link: Link) -> None:
    """Who reads the trail can tell: this answer came over a link that went through other hands."""
    add_audit(
        session,
        actor=actor,
        action="renewal.used_handed_over",
        subject_kind="link",
        subject_id=link.id,
    )


def _actor(mediator: Mediator) -> Actor:
    return Actor("link", mediator_id=mediator.id)
