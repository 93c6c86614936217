"""Availability: a dated statement that expires."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from roster.models.base import Base, Versioned


class Availability(Versioned, Base):
    """One statement; the newest of each ``confirmed_by`` is current, older ones are history.

    Past ``valid_until`` it counts for nothing; ``expired_at`` only says that the job has seen it.
    """

    __tablename__ = "availability"
    __table_args__ = (
        CheckConstraint(
            "status IN ('available', 'partly', 'on_assignment', 'unavailable', 'unknown')",
            name="status",
        ),
        CheckConstraint("confirmed_by IN ('self', 'coordinator', 'import')", name="confirmed_by"),
        CheckConstraint(
            "window_to IS NULL OR window_from IS NULL OR window_to >= window_from",
            name="window_in_order",
        ),
        CheckConstraint("days_per_month BETWEEN 1 AND 31", name="days_per_month"),
        Index(
            "uq_availability_current",
            "mediator_id",
            "confirmed_by",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
        Index("ix_availability_valid_until", "valid_until"),
        Index(  # what the expiry job looks through every minute, however long the history grows
            "ix_availability_unmarked",
            "valid_until",
            "id",
            sqlite_where=text("superseded_at IS NULL AND expired_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL AND expired_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mediator_id: Mapped[int] = mapped_column(ForeignKey("mediator.id", ondelete="CASCADE"))
    status: Mapped[str] = mapped_column(String(16))
    window_from: Mapped[date | None]
    window_to: Mapped[date | None]
    notice_days: Mapped[int | None]
    longest_stay_days: Mapped[int | None]
    days_per_month: Mapped[int | None]
    modalities: Mapped[list[str] | None] = mapped_column(JSON)
    refused: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Countries (alpha-3) and M49 regions."""
    confirmed_at: Mapped[datetime]
    confirmed_by: Mapped[str] = mapped_column(String(16))
    valid_until: Mapped[datetime]
    expired_at: Mapped[datetime | None]
    superseded_at: Mapped[datetime | None]
