"""The shortlist document: frozen once, one watermarked copy for each recipient, views counted."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roster.encryption import Encrypted
from roster.models.base import Base, Versioned


class Document(Versioned, Base):
    """What was issued for one run: codes by handle, never names; those come at each viewing."""

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint(
            "classification IN ('open', 'restricted', 'confidential')", name="classification"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    """``D-26-K7Q2M``"""
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), index=True)
    language: Mapped[str] = mapped_column(String(8))
    classification: Mapped[str] = mapped_column(String(16), default="restricted")
    content: Mapped[dict[str, Any]] = mapped_column(Encrypted)
    """Chosen handles by post, reserves, alternatives, and the changes that were accepted."""
    issued_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    issued_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    """The earliest end of an availability in it, at most 30 days."""
    revoked_at: Mapped[datetime | None]
    copies: Mapped[list[DocumentCopy]] = relationship(
        cascade="all, delete-orphan", order_by="DocumentCopy.id"
    )


class DocumentCopy(Base):
    """One recipient's copy: a link stored hashed, a watermark, its views."""

    __tablename__ = "document_copy"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(
        ForeignKey("document.id", ondelete="CASCADE"), index=True
    )
    recipient: Mapped[str] = mapped_column(Encrypted)
    watermark: Mapped[str] = mapped_column(String(16), unique=True)
    token_digest: Mapped[str | None] = mapped_column(String(64), unique=True)
    """None for the copy of the requester, who signs in."""
    created_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    views: Mapped[int] = mapped_column(default=0)
    viewed_at: Mapped[datetime | None]
