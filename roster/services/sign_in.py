"""Signing in and out: attempts counted in the database, sessions that the server can end.

The edge counts the attempt in a transaction of its own, compares the password in none, and starts
the session in the request's. What an outsider sees does not depend on whether an account exists.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from roster import clock
from roster.encryption import keyring
from roster.models import Account, SignInCounter, WebSession
from roster.permissions import Actor
from roster.queries.accounts import (
    SignedIn,
    describe_session,
    digest_key,
    get_actor,
    get_stored_password,
)
from roster.services import trail
from roster.services.passwords import hash_password, needs_new_hash, verify_password

WINDOW = timedelta(minutes=15)
PER_ADDRESS = 10
"""Failed sign-ins of one e-mail address in one window, over all workers."""
PER_CLIENT = 100
"""Failed sign-ins from one network address in one window: an office shares one."""
MINUTE = timedelta(minutes=1)


def count_attempt(session: Session, *, email: str, client: str) -> bool:
    """Count one attempt before it is made; False when there were too many in this window.

    Counted before and given back on success, so that parallel attempts cannot pass the limit.
    The window ends by itself: a stranger cannot lock an account for longer.
    """
    of_address = raise_counter(session, f"address:{email}")
    of_client = raise_counter(session, f"client:{client}")
    return of_address <= PER_ADDRESS and of_client <= PER_CLIENT


def raise_counter(session: Session, subject: str, *, window: timedelta = WINDOW) -> int:
    """One more try of ``subject`` (kept as a digest) in this window; how many there are by now."""
    digest, start = keyring().digest(subject), _window_start(clock.now(), window)
    counter = session.scalars(
        select(SignInCounter).where(
            SignInCounter.subject_digest == digest, SignInCounter.window_start == start
        )
    ).one_or_none()
    if counter is None:
        counter = SignInCounter(subject_digest=digest, window_start=start, failures=0)
        session.add(counter)
    counter.failures += 1
    session.flush()
    return counter.failures


def _window_start(now: datetime, window: timedelta = WINDOW) -> datetime:
    seconds = int(window.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, UTC)


def _give_back(session: Session, *, email: str, client: str) -> None:
    start = _window_start(clock.now())
    session.execute(
        update(SignInCounter)
        .where(
            SignInCounter.subject_digest == keyring().digest(f"address:{email}"),
            SignInCounter.window_start == start,
        )
        .values(failures=0)
    )
    session.execute(
        update(SignInCounter)
        .where(
            SignInCounter.subject_digest == keyring().digest(f"client:{client}"),
            SignInCounter.window_start == start,
            SignInCounter.failures > 0,
        )
        .values(failures=SignInCounter.failures - 1)
    )


def check_password(session: Session, *, email: str, password: str, is_counted: bool) -> int | None:
    """The account's id if address and password go together, it is active and not throttled.

    Takes as long for an unknown, closed, throttled or password-less account. Slow on purpose:
    call it outside a writing unit of work.
    """
    stored = get_stored_password(session, email=email)
    matches = verify_password(password, stored.password_hash if stored else None)
    if stored is None or not (matches and stored.is_active and is_counted):
        return None
    return stored.account_id


def get_new_hash(session: Session, *, email: str, password: str) -> str | None:
    """A hash by today's parameters where the stored one is older; the password was checked."""
    stored = get_stored_password(session, email=email)
    if stored is None or not stored.password_hash or not needs_new_hash(stored.password_hash):
        return None
    return hash_password(password)


def sign_in(
    session: Session, *, account_id: int, email: str, client: str, new_hash: str | None = None
) -> tuple[str, SignedIn]:
    """Start a session for an account whose password was just checked; its key leaves once."""
    account = session.get_one(Account, account_id)
    if new_hash is not None:
        account.password_hash = new_hash
    _give_back(session, email=email, client=client)
    key, web_session = start_session(session, account=account)
    trail.add_audit(
        session,
        actor=get_actor(account),
        action="sign_in",
        subject_kind="account",
        subject_id=account.id,
    )
    return key, describe_session(web_session, account)


def start_session(session: Session, *, account: Account) -> tuple[str, WebSession]:
    """A new session and the key that opens it; only the key's digest is stored."""
    key, now = secrets.token_urlsafe(32), clock.now()
    web_session = WebSession(
        key_digest=digest_key(key),
        account_id=account.id,
        created_at=now,
        proved_at=now,
        seen_at=now,
    )
    session.add(web_session)
    session.flush()
    return key, web_session


def sign_out(session: Session, *, actor: Actor, session_id: int) -> None:
    """End this session; its key opens nothing any more."""
    session.execute(
        update(WebSession)
        .where(WebSession.id == session_id, WebSession.account_id == actor.account_id)
        .values(ended_at=clock.now())
    )
    trail.add_audit(
        session,
        actor=actor,
        action="sign_out",
        subject_kind="account",
        subject_id=actor.account_id,
    )


def end_sessions(session: Session, *, account_id: int) -> None:
    """End all sessions of an account, as part of a change that its trail records."""
    session.execute(
        update(WebSession)
        .where(WebSession.account_id == account_id, WebSession.ended_at.is_(None))
        .values(ended_at=clock.now())
    )


def prove_again(session: Session, *, signed_in: SignedIn, client: str) -> None:
    """Note that this session's account has just given its password once more."""
    _give_back(session, email=signed_in.email, client=client)
    session.execute(
        update(WebSession)
        .where(WebSession.id == signed_in.session_id)
        .values(proved_at=clock.now())
    )
    trail.add_audit(
        session,
        actor=signed_in.actor,
        action="session.proved",
        subject_kind="account",
        subject_id=signed_in.actor.account_id,
    )


def mark_seen(session: Session, *, session_id: int, now: datetime) -> None:
    """Note that a session is in use; what the idle limit counts from."""
    session.execute(update(WebSession).where(WebSession.id == session_id).values(seen_at=now))
