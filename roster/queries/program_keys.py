"""Keys of programs: those of an account, and what a key opens at this moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.encryption import keyring
from roster.errors import NotFound
from roster.models import Account, ProgramKey
from roster.permissions import Actor, Subject
from roster.queries.accounts import get_actor


@dataclass(frozen=True)
class Program:
    """A live key and the account that it asks for, as plain values."""

    key_id: int
    scopes: frozenset[str]
    ends_at: datetime
    used_at: datetime | None
    actor: Actor
    time_zone: str


def digest_program_key(key: str) -> str:
    """The form in which a program's key is stored."""
    return keyring().seal(f"program:{key}")


def find_program(session: Session, *, key: str, now: datetime) -> Program | None:
    """What a key opens; None once it or its account has ended, asked anew at every call."""
    row = session.execute(
        select(ProgramKey, Account)
        .join(Account, Account.id == ProgramKey.account_id)
        .where(
            ProgramKey.key_digest == digest_program_key(key),
            ProgramKey.revoked_at.is_(None),
            ProgramKey.ends_at > now,
            Account.is_active,
        )
    ).one_or_none()
    if row is None:
        return None
    kept, account = row
    return Program(
        key_id=kept.id,
        scopes=frozenset(kept.scopes),
        ends_at=kept.ends_at,
        used_at=kept.used_at,
        actor=get_actor(account),
        time_zone=account.time_zone,
    )


def list_keys(session: Session, account_id: int | None) -> Sequence[ProgramKey]:
    """Every key that this account ever made, the newest first."""
    return session.scalars(
        select(ProgramKey).where(ProgramKey.account_id == account_id).order_by(ProgramKey.id.desc())
    ).all()


def get_key_subject(session: Session, key_id: int) -> Subject:
    """What permissions ask of a key: whose it is; NotFound where there is none."""
    owner = session.scalar(select(ProgramKey.account_id).where(ProgramKey.id == key_id))
    if owner is None:
        raise NotFound
    return Subject(account_id=owner)
