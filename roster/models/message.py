"""How the service may write to a mediator, and what it has reminded her of."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roster.models.base import Base, Versioned


class MessageChoice(Versioned, Base):
    """Her choice of channel, cadence and quiet hours; a woman without a row has the defaults."""

    __tablename__ = "message_choice"
    __table_args__ = (
        CheckConstraint("channel IN ('mail', 'coordinator')", name="channel"),
        CheckConstraint("cadence IN ('three', 'one', 'weekly', 'none')", name="cadence"),
        CheckConstraint(
            "(quiet_from IS NULL) = (quiet_until IS NULL)"
            " AND (quiet_from IS NULL OR (quiet_from BETWEEN 0 AND 23"
            " AND quiet_until BETWEEN 0 AND 23 AND quiet_from <> quiet_until))",
            name="quiet_hours",
        ),
    )

    mediator_id: Mapped[int] = mapped_column(
        ForeignKey("mediator.id", ondelete="CASCADE"), primary_key=True
    )
    channel: Mapped[str] = mapped_column(String(16), default="mail")
    """``coordinator``: her mailbox is not safe; nothing is mailed, her coordinator speaks to her."""
    cadence: Mapped[str] = mapped_column(String(8), default="three")
    """three (14, 7 and 1 days before), one (7 days before), weekly (one message for all), none."""
    quiet_from: Mapped[int | None]
    """Hour of her clock from which no message is sent, until ``quiet_until``; may pass midnight."""
    quiet_until: Mapped[int | None]


class Reminder(Base):
    """She was reminded of one thing at one step. Unique: never two for the same thing."""

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("about", "about_id", "step"),
        CheckConstraint("about IN ('availability', 'consent', 'declaration')", name="about"),
        CheckConstraint(
            "step IN ('days_30', 'days_14', 'days_7', 'days_1', 'ended', 'coordinator')",
            name="step",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mediator_id: Mapped[int] = mapped_column(
        ForeignKey("mediator.id", ondelete="CASCADE"), index=True
    )
    about: Mapped[str] = mapped_column(String(16))
    about_id: Mapped[int]
    """Id of the availability, consent or declaration that runs out."""
    step: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
    message_id: Mapped[int | None] = mapped_column(
        ForeignKey("outbox_message.id", ondelete="SET NULL"), index=True
    )
    """The message that said it; none where her coordinator is the channel."""
