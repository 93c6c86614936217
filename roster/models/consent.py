"""Consents per purpose, the links that ask for them, and her declaration of interests."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from roster.encryption import Encrypted
from roster.models.base import Base, Versioned


class Consent(Base):
    """One answer to one purpose. Withdrawing ends the row; a new yes is a new row."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint(
            "purpose IN ('membership_file', 'matching', 'card', 'naming', 'public_page',"
            " 'statistics', 'mentoring')",
            name="purpose",
        ),
        Index("ix_consent_mediator_id", "mediator_id", "purpose"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mediator_id: Mapped[int] = mapped_column(ForeignKey("mediator.id", ondelete="CASCADE"))
    purpose: Mapped[str] = mapped_column(String(24))
    text_version: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(8))
    channel: Mapped[str] = mapped_column(String(16), default="link")
    """link, page, voice or operator."""
    given_at: Mapped[datetime]
    valid_until: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    spoken_consent_id: Mapped[int | None] = mapped_column(
        ForeignKey("spoken_consent.id", ondelete="SET NULL"), index=True
    )
    """Given by voice: who wrote it down and who confirmed it."""


class SpokenConsent(Versioned, Base):
    """Consent by voice: one person of the network writes it down, a second one confirms it."""

    __tablename__ = "spoken_consent"
    __table_args__ = (
        CheckConstraint("channel IN ('telephone', 'in_person', 'messenger')", name="channel"),
        CheckConstraint("state IN ('recorded', 'confirmed', 'declined')", name="state"),
        CheckConstraint("decided_by IS NULL OR decided_by <> recorded_by", name="second_person"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mediator_id: Mapped[int] = mapped_column(
        ForeignKey("mediator.id", ondelete="CASCADE"), index=True
    )
    network_code: Mapped[str] = mapped_column(ForeignKey("network.code"), index=True)
    purposes: Mapped[list[str]] = mapped_column(JSON)
    language: Mapped[str] = mapped_column(String(8))
    """In which the text was read to her."""
    text_version: Mapped[str] = mapped_column(String(16))
    channel: Mapped[str] = mapped_column(String(16))
    spoken_on: Mapped[date]
    state: Mapped[str] = mapped_column(String(16), default="recorded")
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    recorded_at: Mapped[datetime]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None]


class Link(Base):
    """A one-time link: random, stored hashed, one purpose, one use; its life is its purpose's."""

    __tablename__ = "link"
    __table_args__ = (
        CheckConstraint(
            "purpose IN ('invitation', 'renewal', 'consent', 'hide', 'sign_in', 'application',"
            " 'staff', 'approach')",
            name="purpose",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(16))
    mediator_id: Mapped[int | None] = mapped_column(
        ForeignKey("mediator.id", ondelete="CASCADE"), index=True
    )
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    record_id: Mapped[int | None] = mapped_column(
        ForeignKey("record.id", ondelete="CASCADE"), index=True
    )
    """For an invitation: the record that invites her."""
    application_id: Mapped[int | None] = mapped_column(
        ForeignKey("application.id", ondelete="CASCADE"), index=True
    )
    approach_id: Mapped[int | None] = mapped_column(
        ForeignKey("approach.id", ondelete="CASCADE"), index=True
    )
    was_handed_over: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    replaced_at: Mapped[datetime | None]


class Declaration(Versioned, Base):
    """Her declaration of interests: what it covers and what it says, the latter encrypted."""

    __tablename__ = "declaration"

    id: Mapped[int] = mapped_column(primary_key=True)
    mediator_id: Mapped[int] = mapped_column(
        ForeignKey("mediator.id", ondelete="CASCADE"), unique=True
    )
    declared_on: Mapped[date]
    covers: Mapped[list[str]] = mapped_column(JSON, default=list)
    interests: Mapped[list[dict[str, Any]]] = mapped_column(Encrypted)
    """Dicts with the keys of ``matching.facts.Interest``; dates in ISO 8601."""
