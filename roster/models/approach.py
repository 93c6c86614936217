"""One mediator asked for one request: her answer, her network's, the checks, and the release."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roster.encryption import Encrypted
from roster.models.base import Base, Versioned


class Approach(Versioned, Base):
    """She is asked for one post of one request. Her answer and her network's are both needed.

    queued → sent → seen → yes, no, later, question or no_answer → released → selected or
    not_selected → closed; withdrawn by her at any step, called_off by the envoy.
    """

    __tablename__ = "approach"
    __table_args__ = (
        UniqueConstraint("request_id", "mediator_id"),
        CheckConstraint(
            "state IN ('queued', 'sent', 'seen', 'yes', 'no', 'later', 'question', 'no_answer',"
            " 'released', 'selected', 'not_selected', 'closed', 'withdrawn', 'called_off')",
            name="state",
        ),
        CheckConstraint("network_word IN ('agreed', 'declined')", name="network_word"),
        Index("ix_approach_mediator_id", "mediator_id", "state"),
        Index("ix_approach_answer_by", "state", "answer_by"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(16), unique=True)
    """``A-26-K7Q2M``: in addresses instead of numbers and names."""
    request_id: Mapped[int] = mapped_column(ForeignKey("match_request.id", ondelete="CASCADE"))
    run_id: Mapped[int | None] = mapped_column(ForeignKey("run.id", ondelete="SET NULL"))
    mediator_id: Mapped[int] = mapped_column(ForeignKey("mediator.id", ondelete="CASCADE"))
    handle: Mapped[str] = mapped_column(String(8))
    post: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16), default="queued")
    network_code: Mapped[str] = mapped_column(ForeignKey("network.code"))
    """The network whose coordinator is asked for her consent."""
    network_word: Mapped[str | None] = mapped_column(String(16))
    network_word_by: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL")
    )
    network_word_at: Mapped[datetime | None]
    terms: Mapped[dict[str, Any]] = mapped_column(Encrypted)
    """What she is told: who asks, what for, where, when, how long, risk, pay, language."""
    created_at: Mapped[datetime]
    answer_by: Mapped[datetime]
    """Silence until then is no answer, never a yes."""
    sent_at: Mapped[datetime | None]
    seen_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    allows: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    """The fields that she ticked with her yes; None as long as she has not said yes."""
    held_until: Mapped[datetime | None]
    """A soft hold: until then she reads "held" in other live requests."""
    told_at: Mapped[datetime | None]
    """When she was told whether she was chosen."""
    is_invented: Mapped[bool] = mapped_column(default=False)
    steps: Mapped[list[ApproachStep]] = relationship(
        cascade="all, delete-orphan", order_by="ApproachStep.id"
    )


class ApproachStep(Base):
    """One step of an approach: from where to where, by whom, when."""

    __tablename__ = "approach_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    approach_id: Mapped[int] = mapped_column(
        ForeignKey("approach.id", ondelete="CASCADE"), index=True
    )
    from_state: Mapped[str | None] = mapped_column(String(16))
    to_state: Mapped[str] = mapped_column(String(16))
    taken_by: Mapped[str] = mapped_column(String(64))
    """herself, requester, network or scheduler: a side, not a person."""
    taken_at: Mapped[datetime]


class ApproachMessage(Base):
    """A question of hers or an answer to it, passed on by the service: no address is shown."""

    __tablename__ = "approach_message"

    id: Mapped[int] = mapped_column(primary_key=True)
    approach_id: Mapped[int] = mapped_column(
        ForeignKey("approach.id", ondelete="CASCADE"), index=True
    )
    is_hers: Mapped[bool]
    text: Mapped[str] = mapped_column(Encrypted)
    written_at: Mapped[datetime]


class ConflictCheck(Base):
    """Conflicts of interest asked again at one step of an approach, and what came out."""

    __tablename__ = "conflict_check"
    __table_args__ = (
        CheckConstraint(
            "moment IN ('approach', 'acceptance', 'release', 'deployment')", name="moment"
        ),
        CheckConstraint(
            "verdict IN ('clear', 'flag', 'held', 'bar', 'not_declared')", name="verdict"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    approach_id: Mapped[int] = mapped_column(
        ForeignKey("approach.id", ondelete="CASCADE"), index=True
    )
    moment: Mapped[str] = mapped_column(String(16))
    verdict: Mapped[str] = mapped_column(String(16))
    findings: Mapped[list[dict[str, Any]]] = mapped_column(Encrypted)
    """The engine's codes by side; her own answers where she was asked."""
    checked_at: Mapped[datetime]


class Release(Versioned, Base):
    """Her name and the contact she chose, for this request and requester only, for a time."""

    __tablename__ = "release"

    id: Mapped[int] = mapped_column(primary_key=True)
    approach_id: Mapped[int] = mapped_column(
        ForeignKey("approach.id", ondelete="CASCADE"), unique=True
    )
    fields: Mapped[list[str]] = mapped_column(JSON)
    """The fields that she ticked, of those that may be seen after a release."""
    released_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    """At most 30 days later."""
    withdrawn_at: Mapped[datetime | None]
