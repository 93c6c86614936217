"""What a record said before: each value that was replaced or taken out, with who did it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from roster.encryption import Encrypted
from roster.models.base import Base


class EntryHistory(Base):
    """One former value of one field; the present one stands in ``entry``.

    Goes with its record. ``act`` says what ended it: ``changed`` or ``removed``.
    """

    __tablename__ = "entry_history"
    __table_args__ = (
        CheckConstraint("act IN ('changed', 'removed')", name="act"),
        CheckConstraint("source IN ('self', 'coordinator', 'import', 'operator')", name="source"),
        Index("ix_entry_history_record_id", "record_id", "field"),
        Index("ix_entry_history_ended_at", "ended_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"))
    field: Mapped[str] = mapped_column(String(32))
    code: Mapped[str] = mapped_column(String(64), default="")
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    sealed: Mapped[str | None] = mapped_column(Encrypted)
    grade: Mapped[int] = mapped_column(default=1)
    source: Mapped[str] = mapped_column(String(16))
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    entered_at: Mapped[datetime]
    import_row_id: Mapped[int | None] = mapped_column(
        ForeignKey("import_row.id", ondelete="SET NULL"), index=True
    )
    act: Mapped[str] = mapped_column(String(8))
    ended_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    ended_source: Mapped[str] = mapped_column(String(16))
    """Whose hand ended it: as ``source``."""
    ended_at: Mapped[datetime]
