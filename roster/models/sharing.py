"""What a network lets another see: opt-in for each network and each safety class."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roster.models.base import Base, Versioned


class Sharing(Versioned, Base):
    """Coordinators of ``with_code`` may see the cards of ``network_code``'s women of one class."""

    __tablename__ = "sharing"
    __table_args__ = (
        UniqueConstraint("network_code", "with_code", "safety_class"),
        CheckConstraint("network_code <> with_code", name="two_networks"),
        CheckConstraint("safety_class BETWEEN 0 AND 2", name="safety_class"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_code: Mapped[str] = mapped_column(ForeignKey("network.code"))
    with_code: Mapped[str] = mapped_column(ForeignKey("network.code"))
    safety_class: Mapped[int]
    since: Mapped[date]
    ended_on: Mapped[date | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
