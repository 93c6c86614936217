"""Searches that a coordinator keeps, and what left the house as a file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from roster.encryption import Encrypted
from roster.models.base import Base, Versioned


class SavedSearch(Versioned, Base):
    """A search by name; ``found`` is who it found when she last looked, and why each fitted."""

    __tablename__ = "saved_search"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    network_code: Mapped[str] = mapped_column(ForeignKey("network.code"))
    title: Mapped[str] = mapped_column(Encrypted)
    criteria: Mapped[dict[str, Any]] = mapped_column(Encrypted)
    found: Mapped[dict[str, Any]] = mapped_column(Encrypted)
    """By record id: when the record was made, and the values that the criteria look at."""
    looked_at: Mapped[datetime]
    created_at: Mapped[datetime]


class Export(Base):
    """One file that was taken out: by whom, why, how many rows, and the digest of its bytes."""

    __tablename__ = "export"
    __table_args__ = (CheckConstraint("format IN ('xlsx', 'csv')", name="format"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    network_code: Mapped[str | None] = mapped_column(ForeignKey("network.code"))
    """Whose list it was; None for a sheet about the team of a request."""
    format: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(Encrypted)
    row_count: Mapped[int]
    file_digest: Mapped[str] = mapped_column(String(64))
    exported_at: Mapped[datetime]
