"""How a membership came to its accreditation, and whose accreditation a network recognises."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from roster.encryption import Encrypted
from roster.models.base import Base, Versioned


class AccreditationStep(Base):
    """One step of one membership from state to state, with its day and who took it."""

    __tablename__ = "accreditation_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    membership_id: Mapped[int] = mapped_column(
        ForeignKey("membership.id", ondelete="CASCADE"), index=True
    )
    from_state: Mapped[str] = mapped_column(String(24))
    to_state: Mapped[str] = mapped_column(String(24))
    on_day: Mapped[date]
    lapses_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(Encrypted)
    """For the office alone."""
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    taken_at: Mapped[datetime]


class Recognition(Versioned, Base):
    """A network takes another's accreditation as its own: the receiving network's choice."""

    __tablename__ = "recognition"
    __table_args__ = (
        UniqueConstraint("network_code", "recognised_code"),
        CheckConstraint("network_code <> recognised_code", name="two_networks"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    network_code: Mapped[str] = mapped_column(ForeignKey("network.code"))
    """The network that recognises."""
    recognised_code: Mapped[str] = mapped_column(ForeignKey("network.code"))
    since: Mapped[date]
    ended_on: Mapped[date | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
