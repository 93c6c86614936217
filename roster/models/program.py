"""Programs that ask for their owner: keys by scope, and answers that are given once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roster.encryption import Encrypted
from roster.models.base import Base, Versioned


class ProgramKey(Versioned, Base):
    """A key of an account for one program. It is shown once; here stands its digest."""

    __tablename__ = "program_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = mapped_column(Encrypted)
    key_digest: Mapped[str] = mapped_column(String(64), unique=True)
    scopes: Mapped[list[str]] = mapped_column(JSON)
    created_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]


class IdempotentAnswer(Base):
    """The answer that a writing call with this idempotency key got: given again, never done again."""

    __tablename__ = "idempotent_answer"
    __table_args__ = (UniqueConstraint("program_key_id", "idempotency_digest"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    program_key_id: Mapped[int] = mapped_column(ForeignKey("program_key.id", ondelete="CASCADE"))
    idempotency_digest: Mapped[str] = mapped_column(String(64))
    request_digest: Mapped[str] = mapped_column(String(64))
    """Of method, path and body: the same key with another call is an error."""
    status: Mapped[int]
    body: Mapped[str] = mapped_column(Encrypted)
    created_at: Mapped[datetime]
