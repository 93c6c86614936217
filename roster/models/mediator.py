"""A mediator: a person with class, state and clock. What is said of her stands in records."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roster.models.base import Base, Versioned


class Mediator(Versioned, Base):
    """One person. She herself alone lowers her safety class."""

    __tablename__ = "mediator"
    __table_args__ = (
        CheckConstraint("safety_class BETWEEN 0 AND 3", name="safety_class"),
        CheckConstraint("state IN ('active', 'withdrawn', 'deceased', 'merged')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(32), unique=True, default=lambda: secrets.token_hex(16))
    """Random, hers for good: an id may stand for somebody else in a restored backup."""
    safety_class: Mapped[int] = mapped_column(default=2)
    state: Mapped[str] = mapped_column(String(16), default="active")
    is_hidden: Mapped[bool] = mapped_column(default=False)
    """Her quick-hide."""
    paused_until: Mapped[datetime | None]
    has_integrity_hold: Mapped[bool] = mapped_column(default=False)
    language: Mapped[str] = mapped_column(String(8), default="en")
    """In which the service writes to her."""
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")
    last_proposed_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    is_invented: Mapped[bool] = mapped_column(default=False)
    """Demo people are marked so, everywhere."""

    memberships: Mapped[list[Membership]] = relationship(
        back_populates="mediator", cascade="all, delete-orphan"
    )


class Membership(Versioned, Base):
    """A mediator in a network, with that network's accreditation of her."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("mediator_id", "network_code"),
        CheckConstraint(
            "accreditation IN ('draft', 'self_declared', 'documents_checked',"
            " 'references_checked', 'interviewed', 'accredited', 'needs_update', 'suspended',"
            " 'withdrawn', 'deceased', 'merged')",
            name="accreditation",
        ),
        CheckConstraint("pool IN ('shared', 'exclusive')", name="pool"),
        Index("ix_membership_network_code", "network_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mediator_id: Mapped[int] = mapped_column(ForeignKey("mediator.id", ondelete="CASCADE"))
    network_code: Mapped[str] = mapped_column(ForeignKey("network.code"))
    category: Mapped[str | None] = mapped_column(String(64))
    antenna: Mapped[str | None] = mapped_column(String(120))
    since: Mapped[str | None] = mapped_column(String(10))
    """ISO 8601 date, month or year, as exact as it is known."""
    ended_on: Mapped[date | None]
    accreditation: Mapped[str] = mapped_column(String(24), default="draft")
    accredited_on: Mapped[date | None]
    lapses_on: Mapped[date | None]
    pool: Mapped[str] = mapped_column(String(16), default="shared")
    """Exclusive: this network puts her forward only where a request asks this network."""
    mediator: Mapped[Mediator] = relationship(back_populates="memberships")
