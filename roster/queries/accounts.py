"""Accounts as the service knows them: who is signed in, what a sign-in must compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.encryption import keyring
from roster.models import Account, WebSession
from roster.permissions import Actor

IDLE_LIMIT = timedelta(minutes=30)
"""A session not used for so long has ended."""
ABSOLUTE_LIMIT = timedelta(hours=12)
"""So long a session lasts at most, however much it is used."""


@dataclass(frozen=True)
class SignedIn:
    """A live session and what pages need of its account."""

    session_id: int
    seen_at: datetime
    proved_at: datetime
    actor: Actor
    email: str
    display_name: str
    language: str
    time_zone: str
    has_password: bool


@dataclass(frozen=True)
class StoredPassword:
    """What a sign-in compares; nothing that must be decrypted, so that it always costs the same."""

    account_id: int
    password_hash: str | None
    is_active: bool


def digest_key(key: str) -> str:
    """The form in which a session's key is stored."""
    return keyring().seal(f"session:{key}")


def get_actor(account: Account) -> Actor:
    """The account as the permission table sees it."""
    return Actor(
        kind="account",
        account_id=account.id,
        roles=frozenset(grant.role for grant in account.grants),
        coordinates=frozenset(
            grant.network_code
            for grant in account.grants
            if grant.role == "coordinator" and grant.network_code
        ),
        mediator_id=account.mediator_id,
        language=account.language,
        is_verified=account.verified_at is not None,
    )


def get_signed_in(session: Session, *, key: str, now: datetime) -> SignedIn | None:
    """The account behind a session's key, if neither of the two has ended."""
    row = session.execute(
        select(WebSession, Account)
        .join(Account, Account.id == WebSession.account_id)
        .where(
            WebSession.key_digest == digest_key(key),
            WebSession.ended_at.is_(None),
            WebSession.seen_at > now - IDLE_LIMIT,
            WebSession.created_at > now - ABSOLUTE_LIMIT,
            Account.is_active,
        )
    ).one_or_none()
    return None if row is None else describe_session(row[0], row[1])


def describe_session(web_session: WebSession, account: Account) -> SignedIn:
    """A session and its account as plain values, which outlive the database session."""
    return SignedIn(
        session_id=web_session.id,
        seen_at=web_session.seen_at,
        proved_at=web_session.proved_at,
        actor=get_actor(account),
        email=account.email,
        display_name=account.display_name,
        language=account.language,
        time_zone=account.time_zone,
        has_password=account.password_hash is not None,
    )


def get_stored_password(session: Session, *, email: str) -> StoredPassword | None:
    """What is stored for an address, compared without regard to case."""
    row = session.execute(
        select(Account.id, Account.password_hash, Account.is_active).where(
            Account.email_digest == keyring().digest(email)
        )
    ).one_or_none()
    return None if row is None else StoredPassword(*row)


def get_account_by_email(session: Session, *, email: str) -> Account | None:
    """The account with this address."""
    return session.scalars(
        select(Account).where(Account.email_digest == keyring().digest(email))
    ).one_or_none()
