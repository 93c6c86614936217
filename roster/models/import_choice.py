"""What an office has decided once about its files: which column is what, which word means what."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roster.models.base import Base, Versioned


class ColumnChoice(Versioned, Base):
    """A heading of a network's files and the field it stands for; None: to be passed over."""

    __tablename__ = "column_choice"
    __table_args__ = (UniqueConstraint("network_code", "heading"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network_code: Mapped[str] = mapped_column(ForeignKey("network.code"))
    heading: Mapped[str] = mapped_column(String(200))
    """Folded as the reader folds headings."""
    field: Mapped[str | None] = mapped_column(String(32))
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime]


class WordChoice(Versioned, Base):
    """A free word of one field ("courant") and what the office says it means; None: to be left."""

    __tablename__ = "word_choice"
    __table_args__ = (UniqueConstraint("network_code", "field", "word"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    network_code: Mapped[str] = mapped_column(ForeignKey("network.code"))
    field: Mapped[str] = mapped_column(String(32))
    word: Mapped[str] = mapped_column(String(200))
    """Folded as the reader folds words."""
    meaning: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """``{"code": …}``."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime]
