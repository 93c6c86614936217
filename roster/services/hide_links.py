"""Her hide link: kept where she likes, it hides her with one press and can do nothing else.

It is not spent by its use. She may need it in a hurry and twice, from a telephone that lost the
first answer; whoever else finds it can do no more than hide her, and only she undoes that, on her
own page. It lives for a year and a day, and a new one ends the one before.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.models import Link, Mediator
from roster.permissions import Actor, Permission, Subject
from roster.services.consents import hide
from roster.services.links import find_live_link, get_holder, make_link
from roster.services.trail import add_audit, require

PURPOSE = "hide"


def make_hide_link(session: Session, *, actor: Actor, mediator_id: int) -> tuple[Link, str]:
    """A hide link and its token, which is shown once; the one before ends."""
    require(Permission.SEE_OWN_PROFILE, actor, Subject(mediator_id=mediator_id))
    link, token = make_link(session, PURPOSE, mediator_id)
    add_audit(
        session,
        actor=actor,
        action="hide_link.made",
        subject_kind="link",
        subject_id=link.id,
    )
    return link, token


def find_hide_link(session: Session, *, actor: Actor, mediator_id: int) -> Link | None:
    """The one that works today; its token is not known any more."""
    require(Permission.SEE_OWN_PROFILE, actor, Subject(mediator_id=mediator_id))
    return session.scalar(
        select(Link)
        .where(
            Link.mediator_id == mediator_id,
            Link.purpose == PURPOSE,
            Link.replaced_at.is_(None),
            Link.ends_at > clock.now(),
        )
        .order_by(Link.id.desc())
        .limit(1)
    )


def hide_by_link(session: Session, *, token: str) -> Mediator:
    """Hide her at once; pressing again changes nothing."""
    link = find_live_link(session, token=token, purpose=PURPOSE)
    mediator = get_holder(session, link)
    hide(session, actor=Actor("link", mediator_id=mediator.id), mediator_id=mediator.id)
    return mediator
