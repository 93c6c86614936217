"""Peace processes: their sides, phases and focal points, and whom a side has objected to."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roster.encryption import Encrypted
from roster.models.base import Base, Versioned


class Process(Versioned, Base):
    """A peace process as one office keeps it; its requests take their sides from here."""

    __tablename__ = "process"
    __table_args__ = (
        CheckConstraint(
            "sensitivity IN ('open', 'restricted', 'confidential')", name="sensitivity"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    """``P-26-K7Q2M``: random, so that it counts nothing."""
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = mapped_column(Encrypted)
    mandating_body: Mapped[str | None] = mapped_column(Encrypted)
    countries: Mapped[list[str]] = mapped_column(JSON, default=list)
    parties: Mapped[list[dict[str, Any]]] = mapped_column(Encrypted)
    """As in the criteria of a request: code, country, stance; beside them name and offices."""
    sensitivity: Mapped[str] = mapped_column(String(16), default="restricted")
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class ProcessPhase(Base):
    """A phase of a process from a day on: phases come back, so each entry stays."""

    __tablename__ = "process_phase"

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(
        ForeignKey("process.id", ondelete="CASCADE"), index=True
    )
    phase: Mapped[str] = mapped_column(String(32))
    since: Mapped[date]
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    noted_at: Mapped[datetime]


class Objection(Base):
    """A side of this process does not accept her: the engine obeys, no other process learns."""

    __tablename__ = "objection"
    __table_args__ = (UniqueConstraint("process_id", "mediator_id", "party_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    process_id: Mapped[int] = mapped_column(ForeignKey("process.id", ondelete="CASCADE"))
    mediator_id: Mapped[int] = mapped_column(
        ForeignKey("mediator.id", ondelete="CASCADE"), index=True
    )
    party_code: Mapped[str] = mapped_column(String(64))
    noted_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    noted_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class FocalPoint(Versioned, Base):
    """A country's focal point for women, peace and security: an office, never a person."""

    __tablename__ = "focal_point"

    id: Mapped[int] = mapped_column(primary_key=True)
    country: Mapped[str] = mapped_column(String(3), unique=True)
    office: Mapped[str] = mapped_column(String(200))
    plan_status: Mapped[str | None] = mapped_column(String(16))
    """none, adopted, lapsed or under_way."""
    as_of: Mapped[date]
    source: Mapped[str] = mapped_column(String(200))
