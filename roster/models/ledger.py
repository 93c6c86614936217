"""The head for order, and the three kinds of row that carry its number: change, audit, message."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from roster.encryption import Encrypted
from roster.models.base import Base


class LedgerHead(Base):
    """One row. Every writing transaction takes its next number first and so queues behind it."""

    __tablename__ = "ledger_head"
    __table_args__ = (CheckConstraint("id = 1", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int]


class Change(Base):
    """A mediator or network whose facts changed in writing transaction ``n``."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_n", "n"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int]
    mediator_id: Mapped[int]
    """Not a foreign key: the row outlives an erased woman."""


class AuditEvent(Base):
    """Who did what to which row: codes and pseudonymous ids, never values. Rows are never changed.

    ``digest`` is an HMAC over the previous digest and this row, so that an edit shows.
    """

    __tablename__ = "audit_event"
    __table_args__ = (Index("ix_audit_event_subject", "subject_kind", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int]
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(64))
    """``account:12``, ``operator``, ``scheduler`` or ``link``."""
    action: Mapped[str] = mapped_column(String(64))
    subject_kind: Mapped[str] = mapped_column(String(32))
    subject_id: Mapped[int | None]
    network_code: Mapped[str | None] = mapped_column(String(32))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """Codes and counts only."""
    digest: Mapped[str] = mapped_column(String(64))


class OutboxMessage(Base):
    """One message to one recipient, written with the change that causes it, delivered after."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued', 'sending', 'sent', 'failed', 'bounced', 'cancelled')", name="state"
        ),
        Index("ix_outbox_message_state", "state", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    n: Mapped[int]
    template: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8))
    recipient: Mapped[str] = mapped_column(Encrypted)
    """The address; encrypted like every contact."""
    values: Mapped[dict[str, Any]] = mapped_column(Encrypted)
    """What the template needs (a link bears a token, so this is encrypted too)."""
    mediator_id: Mapped[int | None] = mapped_column(
        ForeignKey("mediator.id", ondelete="CASCADE"), index=True
    )
    message_id: Mapped[str] = mapped_column(String(255), unique=True)
    state: Mapped[str] = mapped_column(String(16), default="queued")
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    problem: Mapped[str | None] = mapped_column(String(255))
    """An SMTP status code, never an address."""
