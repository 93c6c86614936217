"""One-time links: random, stored as a keyed digest, one purpose, one use, fourteen days.

Taking a link is one conditional UPDATE, so that of any number of presses exactly one succeeds.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from roster import clock
from roster.encryption import keyring
from roster.errors import Ended
from roster.models import Link

LIFE_DAYS = 14
TOKEN_BYTES = 32

PATHS = {"invitation": "/i/", "renewal": "/r/"}
"""Where the link of a purpose leads."""


def make_link(
    session: Session,
    purpose: str,
    mediator_id: int,
    *,
    record_id: int | None = None,
    was_handed_over: bool = False,
) -> tuple[Link, str]:
    """A new link and its token, which is not stored; an older one of the same purpose ends."""
    now = clock.now()
    session.execute(
        update(Link)
        .where(
            Link.mediator_id == mediator_id,
            Link.purpose == purpose,
            Link.used_at.is_(None),
            Link.replaced_at.is_(None),
        )
        .values(replaced_at=now)
    )
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = Link(
        token_digest=keyring().seal(token),
        purpose=purpose,
        mediator_id=mediator_id,
        record_id=record_id,
        was_handed_over=was_handed_over,
        created_at=now,
        ends_at=now + timedelta(days=LIFE_DAYS),
    )
    session.add(link)
    session.flush()
    return link, token


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


def _is_live(token: str, purpose: str, now: datetime) -> tuple[Any, ...]:
    return (
        Link.token_digest == keyring().seal(token),
        Link.purpose == purpose,
        Link.used_at.is_(None),
        Link.replaced_at.is_(None),
        Link.ends_at > now,
    )
