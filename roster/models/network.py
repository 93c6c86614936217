"""Networks that keep members. Their names and aliases live in the vocabulary."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from roster.models.base import Base, Versioned


class Network(Versioned, Base):
    """A network's own rules; ``code`` is the vocabulary's."""

    __tablename__ = "network"
    __table_args__ = (
        CheckConstraint("availability_days BETWEEN 1 AND 366", name="availability_days"),
    )

    code: Mapped[str] = mapped_column(String(32), primary_key=True)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("network.code"))
    has_members: Mapped[bool] = mapped_column(default=True)
    availability_days: Mapped[int] = mapped_column(default=90)
    """Life of a woman's own availability statement."""
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")
    """Of its seat: a woman's default."""
