"""Applications: a woman who enters herself, by a network's invitation or its open call."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from roster.encryption import Encrypted
from roster.models.base import Base, Versioned


class OpenCall(Versioned, Base):
    """A network takes applications between two days (of its own clock), at an address of its own."""

    __tablename__ = "open_call"
    __table_args__ = (CheckConstraint("closes_on >= opens_on", name="days_in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network_code: Mapped[str] = mapped_column(ForeignKey("network.code"), index=True)
    slug: Mapped[str] = mapped_column(String(32), unique=True)
    """Random: the address tells nothing of the network."""
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Application(Versioned, Base):
    """What one applicant has said so far. She is no mediator until a coordinator accepts her."""

    __tablename__ = "application"
    __table_args__ = (
        CheckConstraint(
            "state IN ('invited', 'begun', 'submitted', 'accepted', 'refused', 'withdrawn')",
            name="state",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_code: Mapped[str] = mapped_column(ForeignKey("network.code"), index=True)
    call_id: Mapped[int | None] = mapped_column(ForeignKey("open_call.id", ondelete="SET NULL"))
    """None: invited by the network itself."""
    state: Mapped[str] = mapped_column(String(16), default="begun")
    name: Mapped[str] = mapped_column(Encrypted)
    email: Mapped[str] = mapped_column(Encrypted)
    email_digest: Mapped[str] = mapped_column(String(64), index=True)
    language: Mapped[str] = mapped_column(String(8), default="en")
    answers: Mapped[dict[str, Any]] = mapped_column(Encrypted)
    """By field, as her own record takes them; what she has not come to yet is missing."""
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    mediator_id: Mapped[int | None] = mapped_column(
        ForeignKey("mediator.id", ondelete="SET NULL"), index=True
    )
    """Whom she became once accepted."""
