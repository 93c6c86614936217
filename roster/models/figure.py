"""Counts taken once a month, so that coverage and freshness have a trend."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from roster.models.base import Base


class Snapshot(Base):
    """Exact counts on one day, of one network or (None) of all; banded when shown."""

    __tablename__ = "snapshot"
    __table_args__ = (
        CheckConstraint("kind IN ('coverage', 'freshness', 'figures')", name="kind"),
        Index("ix_snapshot_kind", "kind", "network_code", "taken_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_code: Mapped[str | None] = mapped_column(ForeignKey("network.code"))
    kind: Mapped[str] = mapped_column(String(16))
    taken_on: Mapped[date]
    counts: Mapped[dict[str, Any]] = mapped_column(JSON)
