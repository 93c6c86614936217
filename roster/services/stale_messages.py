"""Messages that are not sent any more, because meanwhile they help nobody or might harm her."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from roster.encryption import keyring
from roster.models import Link, Mediator, OutboxMessage
from roster.services.links import PATHS
from roster.services.message_choices import get_choice
from roster.services.reminders import may_be_reminded

ASKED_BY_HER = frozenset({"sign_in"})
"""Templates of messages that she asked for herself: a hidden woman gets no others."""
UNASKED = frozenset({"reminder", "ended"})
"""Templates of messages that nobody pressed a button for."""


def is_wanted(session: Session, message: OutboxMessage, now: datetime) -> bool:
    """Whether a message that is due should still go out.

    Not where she has chosen her coordinator since, nor where she has hidden herself and did not
    ask for it, nor a reminder to her who has paused or taken her consent back, nor where its link was used, replaced or has ended. Of several links the dead ones
    are taken out of ``message``.
    """
    if message.mediator_id is not None and not _may_be_written_to(session, message, now):
        return False
    values = message.values
    if _is_dead(session, values, now):
        return False
    if "items" not in values:
        return True
    alive = [item for item in values["items"] if not _is_dead(session, item, now)]
    if len(alive) < len(values["items"]):
        message.values = {**values, "items": alive}
    return bool(alive)


def _may_be_written_to(session: Session, message: OutboxMessage, now: datetime) -> bool:
    her = session.get_one(Mediator, message.mediator_id)
    if her.is_hidden and message.template not in ASKED_BY_HER:
        return False
    if message.template in UNASKED and not _may_be_reminded(session, her.id, now):
        return False
    return get_choice(session, her.id).channel == "mail"


def _may_be_reminded(session: Session, mediator_id: int, now: datetime) -> bool:
    her = select(Mediator.id).where(Mediator.id == mediator_id, may_be_reminded(now))
    return session.scalar(her) is not None


def _is_dead(session: Session, values: Mapping[str, Any], now: datetime) -> bool:
    """Whether these values hold a one-time link that opens nothing any more."""
    path = str(values.get("path", ""))
    if not path.startswith(tuple(PATHS.values())):
        return False
    token = path.rpartition("/")[2]
    dead = select(Link.id).where(
        Link.token_digest == keyring().seal(token),
        or_(Link.used_at.is_not(None), Link.replaced_at.is_not(None), Link.ends_at <= now),
    )
    return session.scalar(dead) is not None
