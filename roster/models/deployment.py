"""After the answer: a deployment, what both sides say of it, and corrections beside it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roster.encryption import Encrypted
from roster.models.base import Base, Versioned


class Deployment(Versioned, Base):
    """A chosen woman at work; its end makes exactly one row of experience."""

    __tablename__ = "deployment"
    __table_args__ = (
        CheckConstraint(
            "state IN ('planned', 'active', 'ended', 'broken_off', 'cancelled')", name="state"
        ),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    approach_id: Mapped[int] = mapped_column(
        ForeignKey("approach.id", ondelete="CASCADE"), unique=True
    )
    state: Mapped[str] = mapped_column(String(16), default="planned")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    outcome: Mapped[str | None] = mapped_column(String(32))
    reminded: Mapped[list[int]] = mapped_column(JSON, default=list)
    """Days before the end (30, 7, 0) for which a reminder went out."""
    experience_id: Mapped[int | None] = mapped_column(
        ForeignKey("experience.id", ondelete="SET NULL"), unique=True
    )
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Appraisal(Versioned, Base):
    """What one side says of the other after a deployment, with the other's reply beside it."""

    __tablename__ = "appraisal"
    __table_args__ = (
        UniqueConstraint("deployment_id", "given_by"),
        CheckConstraint("given_by IN ('requester', 'herself')", name="given_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployment.id", ondelete="CASCADE"))
    given_by: Mapped[str] = mapped_column(String(16))
    answers: Mapped[dict[str, Any]] = mapped_column(Encrypted)
    given_at: Mapped[datetime]
    reply: Mapped[str | None] = mapped_column(Encrypted)
    replied_at: Mapped[datetime | None]


class Addendum(Base):
    """A correction: nothing said before is changed, this stands beside it."""

    __tablename__ = "addendum"
    __table_args__ = (CheckConstraint("written_by IN ('requester', 'herself')", name="written_by"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    appraisal_id: Mapped[int] = mapped_column(
        ForeignKey("appraisal.id", ondelete="CASCADE"), index=True
    )
    written_by: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Encrypted)
    written_at: Mapped[datetime]
