"""Which women of a stored run may still be shown: asked anew at every view."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from roster.facts import load_mediators

CARD_PURPOSES = frozenset({"matching", "card"})
HIGHEST_CLASS_ON_CARDS = 2
"""Class 3 is only ever shown after her own coordinator puts her forward."""


def list_showable(session: Session, mediator_ids: Iterable[int], now: datetime) -> set[int]:
    """Women of a stored run whose card may be shown now.

    Not those who have since hidden, withdrawn, been erased, gone to class 3, paused, been
    suspended, or whose consent to matching or card has ended: their row reads "no longer
    available" and nothing more.
    """
    ids = sorted(set(mediator_ids))
    return {
        woman.id
        for woman in load_mediators(session, ids=ids, now=now)
        if not (woman.is_hidden or woman.is_suspended or woman.has_integrity_hold)
        and woman.safety_class <= HIGHEST_CLASS_ON_CARDS
        and (woman.paused_until is None or woman.paused_until <= now)
        and {one.purpose for one in woman.consents if one.until > now} >= CARD_PURPOSES
    }
