"""What administrators changed in the vocabulary since it was shipped; uses are never lost."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roster.models.base import Base, Versioned


class TermChange(Versioned, Base):
    """One term of one list: retired, merged into another, named or given synonyms anew.

    A retired term is offered no more and stays readable where it is used; a merged one is read as
    the other wherever it is met.
    """

    __tablename__ = "term_change"
    __table_args__ = (
        UniqueConstraint("scheme", "code"),
        CheckConstraint("merged_into IS NULL OR merged_into <> code", name="two_terms"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    scheme: Mapped[str] = mapped_column(String(32))
    """theme, role, phase, track …: the vocabulary's own names of its lists."""
    code: Mapped[str] = mapped_column(String(64))
    is_retired: Mapped[bool] = mapped_column(default=False)
    merged_into: Mapped[str | None] = mapped_column(String(64))
    labels: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """By language code: the name to show instead of the shipped one."""
    synonyms: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    """By language code: further words that mean it."""
    changed_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime]
