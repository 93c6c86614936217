"""One-time links: random, stored as a keyed digest, one purpose, one use, a life of its purpose.

Taking a link is one conditional UPDATE, so that of any number of presses exactly one succeeds.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from roster import clock
from roster.encryption import keyring
from roster.errors import Ended
from roster.models import Link, Mediator

LIVES = {
    "invitation": timedelta(days=14),
    "renewal": timedelta(days=14),
    "consent": timedelta(days=14),
    "application": timedelta(days=14),
    "sign_in": timedelta(hours=1),
    "hide": timedelta(days=366),
    "staff": timedelta(days=14),
    "approach": timedelta(days=14),
}
"""How long a link of each purpose lives. ``hide`` is hers to keep: all it can do is hide her."""
TOKEN_BYTES = 32

PATHS = {
    "invitation": "/i/",
    "renewal": "/r/",
    "consent": "/c/",
    "application": "/a/",
    "sign_in": "/s/",
    "hide": "/h/",
    "staff": "/j/",
    "document": "/d/",
    "approach": "/q/",
}
"""Where the link of a purpose leads; ``staff`` is an invitation to work with the service."""
MAILED = ("invitation", "renewal", "consent", "sign_in", "approach")
"""Links of a mediator that travel by mail."""


def make_link(
    session: Session,
    purpose: str,
    mediator_id: int | None = None,
    *,
    record_id: int | None = None,
    application_id: int | None = None,
    was_handed_over: bool = False,
) -> tuple[Link, str]:
    """A new link and its token, which is not stored; an older one of the same purpose ends.

    It is a mediator's, or an applicant's who is no mediator yet.
    """
    if (mediator_id is None) == (application_id is None):
        raise ValueError("a link is somebody's: a mediator's or an applicant's")
    whose = Link.application_id == application_id
    end_links(session, Link.mediator_id == mediator_id if mediator_id else whose, purpose=purpose)
    return add_link(
        session,
        purpose,
        mediator_id,
        record_id=record_id,
        application_id=application_id,
        was_handed_over=was_handed_over,
    )


def add_link(
    session: Session, purpose: str, mediator_id: int | None, **columns: Any
) -> tuple[Link, str]:
    """A new link beside those that there are, and its token: part of ``make_link``."""
    now, token = clock.now(), secrets.token_urlsafe(TOKEN_BYTES)
    link = Link(
        token_digest=keyring().seal(token),
        purpose=purpose,
        mediator_id=mediator_id,
        created_at=now,
        ends_at=now + LIVES[purpose],
        **columns,
    )
    session.add(link)
    session.flush()
    return link, token


def end_links(session: Session, whose: ColumnElement[bool], *, purpose: str | None = None) -> None:
    """End the open links of somebody, of one purpose or of all."""
    session.execute(
        update(Link)
        .where(
            whose,
            *([Link.purpose == purpose] if purpose else []),
            Link.used_at.is_(None),
            Link.replaced_at.is_(None),
        )
        .values(replaced_at=clock.now())
    )


def take_link(session: Session, *, token: str, purpose: str) -> Link:
    """Spend a link; Ended for one that is unknown, spent, replaced, over or of another purpose."""
    now = clock.now()
    statement = (
        update(Link)
        .where(*_is_live(token, purpose, now))
        .values(used_at=now)
        .returning(Link.id)
        .execution_options(synchronize_session=False)
    )
    link_id = session.scalar(statement)
    if link_id is None:
        raise Ended("link_ended")
    return session.get_one(Link, link_id, populate_existing=True)


def find_live_link(session: Session, *, token: str, purpose: str) -> Link:
    """Look at a link without spending it; Ended as ``take_link`` would say."""
    link = session.scalar(select(Link).where(*_is_live(token, purpose, clock.now())))
    if link is None:
        raise Ended("link_ended")
    return link


def get_holder(session: Session, link: Link) -> Mediator:
    """The woman whose link it is; Ended once she has left, died or become one with another row."""
    mediator = session.get(Mediator, link.mediator_id) if link.mediator_id else None
    if mediator is None or mediator.state != "active":
        raise Ended("link_ended")
    return mediator


def _is_live(token: str, purpose: str, now: datetime) -> tuple[Any, ...]:
    return (
        Link.token_digest == keyring().seal(token),
        Link.purpose == purpose,
        Link.used_at.is_(None),
        Link.replaced_at.is_(None),
        Link.ends_at > now,
    )
