"""One woman in the lists of several networks: who may compare, what is suspected, what was joined."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roster.encryption import Encrypted
from roster.models.base import Base, Versioned


class ComparisonAgreement(Versioned, Base):
    """Two networks let their coordinators judge pairs together, once both have said yes."""

    __tablename__ = "comparison_agreement"
    __table_args__ = (
        UniqueConstraint("first_code", "second_code"),
        CheckConstraint("first_code < second_code", name="pair_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_code: Mapped[str] = mapped_column(ForeignKey("network.code"))
    second_code: Mapped[str] = mapped_column(ForeignKey("network.code"))
    first_agreed_at: Mapped[datetime | None]
    second_agreed_at: Mapped[datetime | None]


class CrossSuspicion(Versioned, Base):
    """Two mediators of different networks that may be one woman.

    noted → asked (she is asked first) → hers (she said: both are me) or not_hers; else, where both
    networks agreed and both are class 0–1, judged by one coordinator of each. The nightly job alone
    notes; ``compared`` is the digest of the fields compared: a judged pair is asked again only when
    it changes.
    """

    __tablename__ = "cross_suspicion"
    __table_args__ = (
        UniqueConstraint("first_mediator_id", "second_mediator_id"),
        CheckConstraint("first_mediator_id < second_mediator_id", name="pair_in_order"),
        CheckConstraint(
            "state IN ('noted', 'asked', 'same', 'different', 'merged', 'undone')", name="state"
        ),
        CheckConstraint("first_word IN ('same', 'different')", name="first_word"),
        CheckConstraint("second_word IN ('same', 'different')", name="second_word"),
        CheckConstraint("first_said IN ('same', 'different')", name="first_said"),
        CheckConstraint("second_said IN ('same', 'different')", name="second_said"),
        Index("ix_cross_suspicion_second_mediator_id", "second_mediator_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_mediator_id: Mapped[int] = mapped_column(ForeignKey("mediator.id", ondelete="CASCADE"))
    second_mediator_id: Mapped[int] = mapped_column(ForeignKey("mediator.id", ondelete="CASCADE"))
    features: Mapped[dict[str, Any]] = mapped_column(Encrypted)
    compared: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16), default="noted")
    first_said: Mapped[str | None] = mapped_column(String(16))
    """What the woman behind the first says herself."""
    second_said: Mapped[str | None] = mapped_column(String(16))
    first_word: Mapped[str | None] = mapped_column(String(16))
    """What a coordinator of the first says."""
    second_word: Mapped[str | None] = mapped_column(String(16))
    first_word_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    second_word_by: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    noted_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    settled_at: Mapped[datetime | None]


class Merge(Versioned, Base):
    """Records and memberships that were pointed to another mediator, so that it can be undone."""

    __tablename__ = "merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_mediator_id: Mapped[int] = mapped_column(
        ForeignKey("mediator.id", ondelete="CASCADE"), index=True
    )
    merged_mediator_id: Mapped[int] = mapped_column(
        ForeignKey("mediator.id", ondelete="CASCADE"), index=True
    )
    moved: Mapped[dict[str, Any]] = mapped_column(Encrypted)
    """Ids of what was pointed elsewhere, by table, and what class and flags stood before."""
    merged_at: Mapped[datetime]
    merged_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
