"""What belongs to a request beside its runs: its steps, templates, clearances and team proposals."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roster.encryption import Encrypted
from roster.models.base import Base, Versioned


class RequestStep(Base):
    """One step of a request's life: from where to where, by whom, when, and until when it holds."""

    __tablename__ = "request_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(
        ForeignKey("match_request.id", ondelete="CASCADE"), index=True
    )
    from_state: Mapped[str | None] = mapped_column(String(16))
    to_state: Mapped[str] = mapped_column(String(16))
    taken_by: Mapped[str] = mapped_column(String(64))
    """requester, network, scheduler or operator: a side, not a person."""
    taken_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    note: Mapped[str | None] = mapped_column(Encrypted)
    """What is said with it: a network's question back."""


class RequestTemplate(Versioned, Base):
    """Criteria that a requester keeps for the next time; nothing is searched by it."""

    __tablename__ = "request_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str] = mapped_column(Encrypted)
    criteria: Mapped[dict[str, Any]] = mapped_column(Encrypted)
    created_at: Mapped[datetime]


class Clearance(Base):
    """Her own network's word for one request: a held conflict cleared, or class 3 put forward."""

    __tablename__ = "clearance"
    __table_args__ = (
        UniqueConstraint("request_id", "mediator_id", "kind"),
        CheckConstraint("kind IN ('cleared', 'put_forward')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    request_id: Mapped[int] = mapped_column(ForeignKey("match_request.id", ondelete="CASCADE"))
    mediator_id: Mapped[int] = mapped_column(
        ForeignKey("mediator.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str] = mapped_column(String(16))
    network_code: Mapped[str] = mapped_column(ForeignKey("network.code"))
    given_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    given_at: Mapped[datetime]


class TeamProposal(Versioned, Base):
    """Teams worked out for a run: by handle, with codes and values; which one was chosen."""

    __tablename__ = "team_proposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id", ondelete="CASCADE"), index=True)
    rules: Mapped[dict[str, Any]] = mapped_column(Encrypted)
    """The team's rules as asked, locked handles among them."""
    teams: Mapped[list[dict[str, Any]]] = mapped_column(Encrypted)
    """The proven one first, then the alternatives; then reserves by post."""
    chosen: Mapped[int | None]
    """Which of ``teams``."""
    made_at: Mapped[datetime]
