"""Accounts, their roles and checks, server-side sessions, and the counters of failed sign-ins."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from roster.encryption import Encrypted
from roster.models.base import Base, Versioned


class Account(Versioned, Base):
    """Somebody who can sign in. An envoy's state and office decide whose cards she may see."""

    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(Encrypted)
    email_digest: Mapped[str] = mapped_column(String(64), unique=True)
    display_name: Mapped[str] = mapped_column(Encrypted)
    password_hash: Mapped[str | None] = mapped_column(String(255))
    password_changed_at: Mapped[datetime | None]
    language: Mapped[str] = mapped_column(String(8), default="en")
    time_zone: Mapped[str] = mapped_column(String(64), default="UTC")
    is_active: Mapped[bool] = mapped_column(default=True)
    requester_country: Mapped[str | None] = mapped_column(String(3))
    """ISO 3166-1 alpha-3 of the state an envoy serves; None for an organisation."""
    requester_office: Mapped[str | None] = mapped_column(String(200))
    verified_at: Mapped[datetime | None]
    """When a person checked that this requester is who she says."""
    mediator_id: Mapped[int | None] = mapped_column(
        ForeignKey("mediator.id", ondelete="SET NULL"), unique=True
    )
    created_at: Mapped[datetime]
    grants: Mapped[list[RoleGrant]] = relationship(
        back_populates="account", cascade="all, delete-orphan", lazy="selectin"
    )


class RoleGrant(Base):
    """A role of an account; a coordinator's holds for one network."""

    __tablename__ = "role_grant"
    __table_args__ = (
        UniqueConstraint("account_id", "role", "network_code"),
        Index(  # for the constraint above two NULLs differ
            "uq_role_grant_without_network",
            "account_id",
            "role",
            unique=True,
            sqlite_where=text("network_code IS NULL"),
            postgresql_where=text("network_code IS NULL"),
        ),
        CheckConstraint(
            "role IN ('mediator', 'coordinator', 'envoy', 'administrator', 'auditor')", name="role"
        ),
        CheckConstraint(
            "(role = 'coordinator') = (network_code IS NOT NULL)", name="coordinator_has_network"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(16))
    network_code: Mapped[str | None] = mapped_column(ForeignKey("network.code"))
    account: Mapped[Account] = relationship(back_populates="grants")


class RequesterCheck(Base):
    """One step of checking who a requester is: her address, a person's check, a second person."""

    __tablename__ = "requester_check"
    __table_args__ = (
        UniqueConstraint("account_id", "kind"),
        CheckConstraint("kind IN ('address', 'person', 'second_person')", name="kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[str] = mapped_column(String(16))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]
    note: Mapped[str | None] = mapped_column(Encrypted)


class WebSession(Base):
    """A signed-in browser. The cookie holds a random key; here stands only its digest."""

    __tablename__ = "web_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    key_digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime]
    proved_at: Mapped[datetime]
    """When a password was last given in this session."""
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInCounter(Base):
    """Failed sign-ins of one address digest in one window; shared by all workers."""

    __tablename__ = "sign_in_counter"
    __table_args__ = (UniqueConstraint("subject_digest", "window_start"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_digest: Mapped[str] = mapped_column(String(64))
    window_start: Mapped[datetime]
    failures: Mapped[int] = mapped_column(default=0)
