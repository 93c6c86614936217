"""Which women of a stored run may still be shown: asked anew at every view."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from matching.facts import Mediator
from roster.facts import load_mediators

CARD_PURPOSES = frozenset({"matching", "card"})
HIGHEST_CLASS_ON_CARDS = 2
"""Class 3 is only ever shown after her own coordinator puts her forward."""


def list_showable(
    session: Session,
    mediator_ids: Iterable[int],
    now: datetime,
    *,
    put_forward: Collection[int] = (),
) -> set[int]:
    """Women of a stored run whose card may be shown now.

    Not those who have since hidden, withdrawn, been erased, gone to class 3, paused, been
    suspended, or whose consent to matching or card has ended: their row reads "no longer
    available" and nothing more. ``put_forward`` are those of class 3 whom their own network put
    forward for this request.
    """
    ids = sorted(set(mediator_ids))
    return {
        woman.id
        for woman in load_mediators(session, ids=ids, now=now)
        if set(list_reasons(woman, now)) <= ({"class"} if woman.id in put_forward else set())
    }


def list_reasons(woman: Mediator, now: datetime) -> tuple[str, ...]:
    """Why her card may not be shown now, as codes; none where it may."""
    live = {one.purpose for one in woman.consents if one.until > now}
    reasons = {
        "hidden": woman.is_hidden,
        "class": woman.safety_class > HIGHEST_CLASS_ON_CARDS,
        "consent": not live >= CARD_PURPOSES,
        "paused": woman.paused_until is not None and woman.paused_until > now,
        "held": woman.is_suspended or woman.has_integrity_hold,
    }
    return tuple(code for code, holds in reasons.items() if holds)
