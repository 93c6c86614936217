"""The scheduler's lease and the ledger of what ran when."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roster.models.base import Base


class Lease(Base):
    """Which scheduler process may run jobs, and until when without saying so again."""

    __tablename__ = "lease"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    holder: Mapped[str] = mapped_column(String(64))
    ends_at: Mapped[datetime]


class JobRun(Base):
    """One run of a job for one slot; unique, so that a second scheduler is harmless."""

    __tablename__ = "job_run"
    __table_args__ = (
        UniqueConstraint("job", "slot"),
        CheckConstraint("state IN ('running', 'done', 'failed', 'asks')", name="state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    job: Mapped[str] = mapped_column(String(32))
    slot: Mapped[datetime]
    """The instant it was due."""
    holder: Mapped[str] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16), default="running")
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    changed: Mapped[int] = mapped_column(default=0)
