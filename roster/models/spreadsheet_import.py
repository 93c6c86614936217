"""An import: a file that was read, its rows, and what became of each."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roster.encryption import Encrypted
from roster.models.base import Base, Versioned


class SpreadsheetImport(Versioned, Base):
    """read → confirmed → undone, or discarded. The rows hold people, so they are encrypted.

    A long file waits as ``queued`` with its bytes until a job has read it; ``failed`` says that it
    could not be read.
    """

    __tablename__ = "spreadsheet_import"
    __table_args__ = (
        CheckConstraint(
            "state IN ('queued', 'reading', 'failed', 'read', 'confirmed', 'undone', 'discarded')",
            name="state",
        ),
        Index("ix_spreadsheet_import_network_code", "network_code", "file_digest"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_code: Mapped[str] = mapped_column(ForeignKey("network.code"))
    file_name: Mapped[str] = mapped_column(Encrypted)
    file_digest: Mapped[str] = mapped_column(String(64))
    """Keyed digest of the bytes: the same file again is recognised."""
    state: Mapped[str] = mapped_column(String(16), default="read")
    summary: Mapped[dict[str, Any]] = mapped_column(Encrypted)
    """Format, encoding, sheet, columns and what was passed over."""
    read_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    read_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    content: Mapped[str | None] = mapped_column(Encrypted, deferred=True)
    """The bytes in base 64, only while they wait to be read."""
    rows_read: Mapped[int | None]
    rows_total: Mapped[int | None]
    """As far as it is known while the file is read."""
    rows: Mapped[list[ImportRow]] = relationship(
        back_populates="spreadsheet_import",
        cascade="all, delete-orphan",
        order_by="ImportRow.ordinal",
    )


class ImportRow(Base):
    """One row as read: its text as found, the values understood, the problems, the verdict."""

    __tablename__ = "import_row"
    __table_args__ = (
        UniqueConstraint("import_id", "ordinal"),
        CheckConstraint("verdict IN ('ok', 'review', 'reject')", name="verdict"),
        CheckConstraint(
            "outcome IN ('waiting', 'new', 'same', 'updated', 'left_out')", name="outcome"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("spreadsheet_import.id", ondelete="CASCADE"))
    ordinal: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64), index=True)
    """Keyed digest of the row's text: a row seen before is recognised."""
    row: Mapped[int]
    """As the office counts it in its file."""
    verdict: Mapped[str] = mapped_column(String(8))
    raw: Mapped[dict[str, str]] = mapped_column(Encrypted)
    values: Mapped[dict[str, Any]] = mapped_column(Encrypted)
    problems: Mapped[list[dict[str, Any]]] = mapped_column(Encrypted)
    outcome: Mapped[str] = mapped_column(String(8), default="waiting")
    record_id: Mapped[int | None] = mapped_column(
        ForeignKey("record.id", ondelete="SET NULL"), index=True
    )
    spreadsheet_import: Mapped[SpreadsheetImport] = relationship(back_populates="rows")


class Suspicion(Base):
    """Two records of one network that may be one woman; a judged pair is not asked again."""

    __tablename__ = "suspicion"
    __table_args__ = (
        UniqueConstraint("first_record_id", "second_record_id"),
        CheckConstraint("first_record_id < second_record_id", name="pair_in_order"),
        CheckConstraint("state IN ('suspected', 'same', 'different')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_code: Mapped[str] = mapped_column(ForeignKey("network.code"), index=True)
    first_record_id: Mapped[int] = mapped_column(ForeignKey("record.id", ondelete="CASCADE"))
    second_record_id: Mapped[int] = mapped_column(
        ForeignKey("record.id", ondelete="CASCADE"), index=True
    )
    features: Mapped[dict[str, Any]] = mapped_column(Encrypted)
    state: Mapped[str] = mapped_column(String(16), default="suspected")
    noted_at: Mapped[datetime]
    judged_at: Mapped[datetime | None]
