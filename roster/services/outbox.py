"""The outbox: a message is written with its change, claimed, tried, and settled, one at a time.

queued → sending → sent, or queued again for a later try, or failed; or cancelled, where it should
not go out any more (``stale_messages``); a sent one may come back as bounced. A process that dies while it
sends leaves ``sending`` with the instant of the next try: the message goes out again under the
same Message-ID, once more at most for each such death, and is never lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.mail.delivery import Outcome
from roster.mail.messages import Letter, write_letter
from roster.models import OutboxMessage
from roster.permissions import Actor, Permission
from roster.services.stale_messages import is_wanted
from roster.services.trail import require

UNKNOWN_FOR = timedelta(minutes=10)
"""How long a message stands in ``sending`` before it is taken to have been cut off."""

PAUSES = tuple(
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 1440, 1440, 1440)
)
"""Between one try and the next; after the last the message has failed (about six days)."""

CANCELLED_AT_ONCE = 50
"""Messages cancelled in one transaction, so that other writers wait briefly."""


@dataclass(frozen=True)
class ClaimedMessage:
    """A message that this process alone may try now."""

    id: int
    template: str
    language: str
    recipient: str
    values: Mapping[str, Any]
    message_id: str

    def letter(self, base_url: str) -> Letter:
        """Worded; links stand on ``base_url``."""
        return write_letter(
            template=self.template,
            language=self.language,
            recipient=self.recipient,
            values=self.values,
            message_id=self.message_id,
            base_url=base_url,
        )


def claim_message(session: Session, *, actor: Actor, now: datetime) -> ClaimedMessage | None:
    """Take the message that has been due longest; None when none is due.

    Messages on the way to it that should not go out any more are cancelled, and forget their
    values; after ``CANCELLED_AT_ONCE`` of them this ends as if none were due, until the next turn.
    """
    require(Permission.RUN_JOBS, actor)
    for _ in range(CANCELLED_AT_ONCE):
        message = _find_due(session, now)
        if message is None:
            return None
        if is_wanted(session, message, now):
            return _claim(message, now)
        message.state, message.values = "cancelled", {}
        session.flush()
    return None


def _find_due(session: Session, now: datetime) -> OutboxMessage | None:
    """The oldest of each state by index: a long queue is never sorted."""
    oldest = (
        session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.state == state, OutboxMessage.due_at <= now)
            .order_by(OutboxMessage.due_at, OutboxMessage.id)
            .limit(1)
        ).one_or_none()
        for state in ("queued", "sending")
    )
    due = [message for message in oldest if message is not None]
    return min(due, key=lambda message: (message.due_at, message.id), default=None)


def _claim(message: OutboxMessage, now: datetime) -> ClaimedMessage:
    message.state, message.due_at = "sending", now + UNKNOWN_FOR
    message.attempts += 1
    return ClaimedMessage(
        id=message.id,
        template=message.template,
        language=message.language,
        recipient=message.recipient,
        values=message.values,
        message_id=message.message_id,
    )


def settle_message(
    session: Session,
    *,
    actor: Actor,
    message_id: int,
    outcome: Outcome,
    now: datetime,
    keeps_values: bool = False,
) -> None:
    """Write down what became of one try. After the last a message forgets its values: its link."""
    require(Permission.RUN_JOBS, actor)
    message = session.get_one(OutboxMessage, message_id)
    message.problem = outcome.problem
    if outcome.is_sent:
        message.state, message.sent_at = "sent", now
    elif outcome.state == "refused" or message.attempts > len(PAUSES):
        message.state = "failed"
    else:
        message.state, message.due_at = "queued", now + PAUSES[message.attempts - 1]
    if message.state in ("sent", "failed") and not keeps_values:
        message.values = {}
