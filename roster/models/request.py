"""Requests of envoys, the runs that answered them, and a run's rows by handle."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roster.encryption import Encrypted
from roster.models.base import Base, Versioned


class MatchRequest(Versioned, Base):
    """An envoy's request. ``criteria`` is what the request schema accepts, as it was given."""

    __tablename__ = "match_request"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'submitted', 'clarifying', 'accepted', 'searching', 'approaching',"
            " 'ready', 'released', 'interviewing', 'selected', 'none_selected', 'deployed',"
            " 'evaluated', 'closed', 'cancelled', 'no_match', 'expired')",
            name="state",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    """``R-26-K7Q2M``: random, so that it counts nothing."""
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = mapped_column(Encrypted)
    criteria: Mapped[dict[str, Any]] = mapped_column(Encrypted)
    state: Mapped[str] = mapped_column(String(16), default="draft")
    created_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    process_id: Mapped[int | None] = mapped_column(
        ForeignKey("process.id", ondelete="SET NULL"), index=True
    )
    apart_from_id: Mapped[int | None] = mapped_column(
        ForeignKey("match_request.id", ondelete="SET NULL")
    )
    """Another request of the same office: no woman may be in both lists."""
    answer_by: Mapped[datetime | None]
    weights: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    """Her own weights within the published bounds; None for the published ones."""
    close_reason: Mapped[str | None] = mapped_column(String(32))
    closed_at: Mapped[datetime | None]
    is_invented: Mapped[bool] = mapped_column(default=False)
    runs: Mapped[list[Run]] = relationship(
        back_populates="match_request", cascade="all, delete-orphan", order_by="Run.id"
    )


class Run(Base):
    """One answer, frozen: criteria, weights, order and, per handle, codes and verdicts."""

    __tablename__ = "run"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("match_request.id", ondelete="CASCADE"), index=True
    )
    n: Mapped[int]
    """The ledger's number: the roster as it stood."""
    at: Mapped[datetime]
    criteria: Mapped[dict[str, Any]] = mapped_column(Encrypted)
    weights_version: Mapped[str] = mapped_column(String(32))
    funnel: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    considered: Mapped[int]
    not_visible: Mapped[int]
    holds_until: Mapped[datetime | None]
    match_request: Mapped[MatchRequest] = relationship(back_populates="runs")
    rows: Mapped[list[RunRow]] = relationship(
        back_populates="run", cascade="all, delete-orphan", order_by="RunRow.position"
    )


class RunRow(Base):
    """One woman for one post of a run; ``mediator_id`` passes the visibility table when viewed."""

    __tablename__ = "run_row"
    __table_args__ = (
        UniqueConstraint("run_id", "handle", "post"),
        CheckConstraint("state IN ('listed', 'near_miss')", name="state"),
        Index("ix_run_row_mediator_id", "mediator_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"))
    handle: Mapped[str] = mapped_column(String(8))
    """``K7-Q2M``: random for each request, kept over its runs."""
    mediator_id: Mapped[int | None] = mapped_column(ForeignKey("mediator.id", ondelete="SET NULL"))
    state: Mapped[str] = mapped_column(String(16))
    position: Mapped[int]
    post: Mapped[str] = mapped_column(String(32))
    points: Mapped[float]
    out_of: Mapped[float]
    evidence: Mapped[list[dict[str, Any]]] = mapped_column(Encrypted)
    run: Mapped[Run] = relationship(back_populates="rows")


class Handle(Base):
    """The random code by which one request knows one woman."""

    __tablename__ = "handle"
    __table_args__ = (
        UniqueConstraint("request_id", "mediator_id"),
        UniqueConstraint("request_id", "code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("match_request.id", ondelete="CASCADE"))
    mediator_id: Mapped[int] = mapped_column(
        ForeignKey("mediator.id", ondelete="CASCADE"), index=True
    )
    code: Mapped[str] = mapped_column(String(8))
