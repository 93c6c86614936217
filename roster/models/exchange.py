"""Pairs proposed for exchange across tracks and networks; both must accept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roster.models.base import Base, Versioned


class ExchangeProposal(Versioned, Base):
    """Two women who could learn from each other. What one answers is not told to the other.

    An answer is kept as an instant and a yes or no; with two yeses both are told.
    """

    __tablename__ = "exchange_proposal"
    __table_args__ = (
        UniqueConstraint("first_mediator_id", "second_mediator_id"),
        CheckConstraint("first_mediator_id < second_mediator_id", name="pair_in_order"),
        Index("ix_exchange_proposal_second_mediator_id", "second_mediator_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    first_mediator_id: Mapped[int] = mapped_column(ForeignKey("mediator.id", ondelete="CASCADE"))
    second_mediator_id: Mapped[int] = mapped_column(ForeignKey("mediator.id", ondelete="CASCADE"))
    grounds: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """Codes of what they share and what each could learn, as the engine gave them."""
    first_accepts: Mapped[bool | None]
    first_answered_at: Mapped[datetime | None]
    second_accepts: Mapped[bool | None]
    second_answered_at: Mapped[datetime | None]
    proposed_at: Mapped[datetime]
    expires_at: Mapped[datetime]
