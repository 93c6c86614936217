"""The first password of a mediator's account, which her invitation opened without one."""

from __future__ import annotations

from sqlalchemy.orm import Session

from roster import clock
from roster.encryption import keyring
from roster.errors import NotFound, Refused
from roster.models import Account
from roster.permissions import Actor, Permission
from roster.queries.accounts import SignedIn, describe_session
from roster.services.passwords import check_new_password, hash_password
from roster.services.sign_in import end_sessions, start_session
from roster.services.trail import add_audit, require


def has_password(session: Session, *, actor: Actor) -> bool:
    """Whether this account can sign in without a link, or could never: it shares its address."""
    account = _get_account(session, actor)
    return bool(account.password_hash) or not _owns_address(account)


def prepare_first_password(session: Session, *, actor: Actor, password: str) -> str:
    """The hash of a password that keeps the rules. Slow on purpose: call it before writing."""
    account = _get_account(session, actor)
    check_new_password(password, email=account.email)
    return hash_password(password)


def set_first_password(session: Session, *, actor: Actor, new_hash: str) -> tuple[str, SignedIn]:
    """Store it, once; a later one is changed by giving the one before. A new session begins."""
    account = _get_account(session, actor)
    if account.password_hash:
        raise Refused("already_has_password")
    account.password_hash = new_hash
    account.password_changed_at = clock.now()
    end_sessions(session, account_id=account.id)
    add_audit(
        session,
        actor=actor,
        action="set_first_password",
        subject_kind="account",
        subject_id=account.id,
    )
    key, web_session = start_session(session, account=account)
    return key, describe_session(web_session, account)


def _get_account(session: Session, actor: Actor) -> Account:
    require(Permission.USE_ACCOUNT, actor)
    account = session.get(Account, actor.account_id)
    if account is None:
        raise NotFound
    return account


def _owns_address(account: Account) -> bool:
    return account.email_digest == keyring().digest(account.email)
