"""Records: what one network, or she herself, says of a mediator, each value with its source."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roster.encryption import Encrypted
from roster.models.base import Base, Versioned
from roster.models.mediator import Mediator


class Record(Versioned, Base):
    """``network_code`` None is the woman's own record. A merge points records to one mediator."""

    __tablename__ = "record"
    __table_args__ = (
        UniqueConstraint("mediator_id", "network_code"),
        Index(  # for the constraint above two NULLs differ
            "uq_record_own",
            "mediator_id",
            unique=True,
            sqlite_where=text("network_code IS NULL"),
            postgresql_where=text("network_code IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    mediator_id: Mapped[int] = mapped_column(
        ForeignKey("mediator.id", ondelete="CASCADE"), index=True
    )
    network_code: Mapped[str | None] = mapped_column(ForeignKey("network.code"), index=True)
    is_shared: Mapped[bool] = mapped_column(default=True)
    """Own record only: whether her coordinators may read it."""
    created_at: Mapped[datetime]
    mediator: Mapped[Mediator] = relationship()
    identity: Mapped[Identity] = relationship(
        back_populates="record", cascade="all, delete-orphan", uselist=False
    )
    entries: Mapped[list[Entry]] = relationship(
        back_populates="record", cascade="all, delete-orphan"
    )
    experiences: Mapped[list[Experience]] = relationship(
        back_populates="record", cascade="all, delete-orphan"
    )


class Identity(Versioned, Base):
    """Names, contacts and safe-contact rules of one record: the one encrypted table of people."""

    __tablename__ = "identity"
    __table_args__ = (Index("ix_identity_email_digest", "email_digest"),)

    record_id: Mapped[int] = mapped_column(
        ForeignKey("record.id", ondelete="CASCADE"), primary_key=True
    )
    display_name: Mapped[str] = mapped_column(Encrypted)
    original_name: Mapped[str | None] = mapped_column(Encrypted)
    """In the script she writes it in."""
    title: Mapped[str | None] = mapped_column(Encrypted)
    other_names: Mapped[list[str] | None] = mapped_column(Encrypted)
    """Former names and known variants."""
    email: Mapped[str | None] = mapped_column(Encrypted)
    email_digest: Mapped[str | None] = mapped_column(String(64))
    phone: Mapped[str | None] = mapped_column(Encrypted)
    safe_contact: Mapped[str | None] = mapped_column(Encrypted)
    record: Mapped[Record] = relationship(back_populates="identity")


class Entry(Versioned, Base):
    """One value of one field. Lists (languages, themes …) have one row an item.

    ``field``: nationality, residence, birth_year, track, role_held, role_sought, theme, phase,
    place, language, seniority, training, community, note, biography, days_per_month,
    experience_years, other_network, unmapped. ``code`` is the vocabulary's; ``detail`` holds the
    rest (a language's levels, a place's years); ``sealed`` holds free text, encrypted.
    """

    __tablename__ = "entry"
    __table_args__ = (
        CheckConstraint("grade BETWEEN 1 AND 3", name="grade"),
        CheckConstraint("source IN ('self', 'coordinator', 'import', 'operator')", name="source"),
        UniqueConstraint("record_id", "field", "code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), index=True)
    field: Mapped[str] = mapped_column(String(32))
    code: Mapped[str] = mapped_column(String(64), default="")
    """Empty for a field that has one value and no code."""
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    sealed: Mapped[str | None] = mapped_column(Encrypted)
    grade: Mapped[int] = mapped_column(default=1)
    source: Mapped[str] = mapped_column(String(16))
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    entered_at: Mapped[datetime]
    import_row_id: Mapped[int | None] = mapped_column(
        ForeignKey("import_row.id", ondelete="SET NULL"), index=True
    )
    confirmed_on: Mapped[date | None]
    record: Mapped[Record] = relationship(back_populates="entries")


class Experience(Versioned, Base):
    """One process she worked in: the evidence of tracks, roles and phases."""

    __tablename__ = "experience"
    __table_args__ = (
        CheckConstraint("disclosure IN ('open', 'discreet', 'secret')", name="disclosure"),
        CheckConstraint("last_year IS NULL OR last_year >= first_year", name="years_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"), index=True)
    process: Mapped[str] = mapped_column(Encrypted)
    country: Mapped[str | None] = mapped_column(String(3))
    first_year: Mapped[int | None]
    last_year: Mapped[int | None]
    track: Mapped[str | None] = mapped_column(String(8))
    role: Mapped[str | None] = mapped_column(String(32))
    phase: Mapped[str | None] = mapped_column(String(32))
    mandating_body: Mapped[str | None] = mapped_column(Encrypted)
    contribution: Mapped[str | None] = mapped_column(Encrypted)
    disclosure: Mapped[str] = mapped_column(String(16), default="discreet")
    verified_on: Mapped[date | None]
    """Set once a verifier confirmed it; only then is it *recorded* evidence."""
    entered_at: Mapped[datetime]
    record: Mapped[Record] = relationship(back_populates="experiences")
