"""Her answer to the link that asks for her consents again."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import Ended, Refused
from roster.models import Consent, Link, Mediator
from roster.permissions import Actor
from roster.services.consent_links import PURPOSE
from roster.services.consents import ASKED_PURPOSES, FILE, REST_ON_THE_FILE, store_answer
from roster.services.links import find_live_link, take_link

ANSWERS = ("same", "none", "chosen")
"""As she answered last time; nothing any more; the purposes that she ticks now."""


def answer_by_link(
    session: Session, *, token: str, answer: str, purposes: Iterable[str], language: str
) -> frozenset[str]:
    """Store what she presses, and so spend the link; the purposes that hold from now on.

    The page shows the texts of today and nothing of hers, so "as last time" is a new yes to these
    texts, good for twelve months. Raises Ended; or Refused, before the link is spent.
    """
    mediator = find_asked(session, find_live_link(session, token=token, purpose=PURPOSE))
    wanted = _choose(session, mediator.id, answer, frozenset(purposes))
    take_link(session, token=token, purpose=PURPOSE)
    actor = Actor("link", mediator_id=mediator.id)
    return store_answer(
        session, actor=actor, mediator_id=mediator.id, purposes=wanted, language=language
    )


def find_asked(session: Session, link: Link) -> Mediator:
    """Whose link it is; Ended for one that went through other hands, or of a woman who left."""
    mediator = session.get(Mediator, link.mediator_id)
    if link.was_handed_over or mediator is None or mediator.state != "active":
        raise Ended("link_ended")
    return mediator


def _choose(
    session: Session, mediator_id: int, answer: str, ticked: frozenset[str]
) -> frozenset[str]:
    if answer == "none":
        return frozenset()
    if answer == "chosen":
        return _check_ticked(ticked)
    last = list_last_answer(session, mediator_id)
    wanted = last if FILE in last else last - REST_ON_THE_FILE
    if not wanted:
        raise Refused("no_consent_to_repeat")
    return wanted


def _check_ticked(ticked: frozenset[str]) -> frozenset[str]:
    if not ticked:
        raise Refused("nothing_ticked")
    if FILE not in ticked and ticked & REST_ON_THE_FILE:
        raise Refused("needs_the_file")
    return ticked


def list_last_answer(session: Session, mediator_id: int) -> frozenset[str]:
    """The purposes that she has agreed to and not taken back, whether or not it still holds."""
    rows = session.scalars(
        select(Consent.purpose).where(
            Consent.mediator_id == mediator_id,
            Consent.purpose.in_(ASKED_PURPOSES),
            Consent.withdrawn_at.is_(None),
        )
    )
    return frozenset(rows)
