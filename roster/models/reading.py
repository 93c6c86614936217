"""The read log: who looked at whom. One of the three tables that a GET may add to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from roster.models.base import Base


class ReadEvent(Base):
    """One look at one woman's record or card."""

    __tablename__ = "read_event"
    __table_args__ = (Index("ix_read_event_account_id_at", "account_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    mediator_id: Mapped[int] = mapped_column(
        ForeignKey("mediator.id", ondelete="CASCADE"), index=True
    )
    what: Mapped[str] = mapped_column(String(32))
    """record, contact, card or exchange (the card, seen by a mediator proposed to learn with)."""
