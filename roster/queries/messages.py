"""Messages of the outbox, for the demo's page only: in service they are nobody's to read."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import OutboxMessage

NEWEST = 100


def list_messages(session: Session) -> list[OutboxMessage]:
    """The newest messages first, whatever their state."""
    newest = select(OutboxMessage).order_by(OutboxMessage.id.desc()).limit(NEWEST)
    return list(session.scalars(newest))
