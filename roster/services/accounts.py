"""Accounts: opened, given roles, closed, each with its audit row; passwords changed.

Whatever takes a right away ends the account's sessions in the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.encryption import keyring
from roster.errors import NotFound, Refused
from roster.models import Account, Network, RoleGrant
from roster.permissions import Actor, Permission
from roster.queries.accounts import (
    SignedIn,
    describe_session,
    get_account_by_email,
)
from roster.services import trail
from roster.services.passwords import check_new_password, hash_password, verify_password
from roster.services.sign_in import end_sessions, start_session

ROLES = ("mediator", "coordinator", "envoy", "administrator", "auditor")


@dataclass(frozen=True)
class Grant:
    """A role, and for a coordinator her network."""

    role: str
    network_code: str | None = None


@dataclass(frozen=True)
class NewAccount:
    """What an account begins with. ``country`` and ``office`` are those an envoy serves."""

    email: str
    display_name: str
    grants: tuple[Grant, ...]
    language: str = "en"
    time_zone: str = "UTC"
    country: str | None = None
    office: str | None = None
    mediator_id: int | None = None
    is_verified: bool = False


def create_account(
    session: Session, *, actor: Actor, new: NewAccount, password_hash: str | None
) -> Account:
    """Open an account for somebody of the staff. Hash the password before: it takes its time."""
    trail.require(Permission.KEEP_ACCOUNTS, actor)
    email = check_address(new.email)
    if get_account_by_email(session, email=email) is not None:
        raise Refused("address_taken")
    now = clock.now()
    account = Account(
        email=email,
        email_digest=keyring().digest(email),
        display_name=new.display_name,
        password_hash=password_hash,
        password_changed_at=now if password_hash else None,
        language=new.language,
        time_zone=new.time_zone,
        requester_country=new.country,
        requester_office=new.office,
        verified_at=now if new.is_verified else None,
        mediator_id=new.mediator_id,
        created_at=now,
        grants=_make_grants(session, new.grants),
    )
    session.add(account)
    session.flush()
    _record(session, actor, "create_account", account, grants=_codes(new.grants))
    return account


def check_address(email: str) -> str:
    """The address in its normal form; Refused if it is none. Nothing is looked up."""
    try:
        found = validate_email(
            email, check_deliverability=False, test_environment=True, allow_display_name=False
        )
    except EmailNotValidError as error:
        raise Refused("not_an_address") from error
    return found.normalized


def _make_grants(session: Session, grants: Iterable[Grant]) -> list[RoleGrant]:
    made = []
    for grant in grants:
        if grant.role not in ROLES:
            raise Refused("no_such_role", role=grant.role)
        if (grant.role == "coordinator") != (grant.network_code is not None):
            raise Refused("coordinator_needs_network")
        if grant.network_code and session.get(Network, grant.network_code) is None:
            raise Refused("no_such_network", network=grant.network_code)
        made.append(RoleGrant(role=grant.role, network_code=grant.network_code))
    return made


def change_roles(
    session: Session, *, actor: Actor, account_id: int, grants: tuple[Grant, ...]
) -> None:
    """Give an account these roles and no others; its sessions end."""
    trail.require(Permission.KEEP_ACCOUNTS, actor)
    account = get_account(session, account_id)
    account.grants.clear()
    session.flush()
    account.grants.extend(_make_grants(session, grants))
    end_sessions(session, account_id=account.id)
    _record(session, actor, "change_roles", account, grants=_codes(grants))


def deactivate_account(session: Session, *, actor: Actor, account_id: int) -> None:
    """Close an account; its sessions end."""
    trail.require(Permission.KEEP_ACCOUNTS, actor)
    account = get_account(session, account_id)
    account.is_active = False
    end_sessions(session, account_id=account.id)
    _record(session, actor, "deactivate_account", account)


def replace_password(
    session: Session, *, actor: Actor, account_id: int, password_hash: str
) -> None:
    """Give an account a new random password from the command line; its sessions end."""
    trail.require(Permission.KEEP_ACCOUNTS, actor)
    account = get_account(session, account_id)
    account.password_hash = password_hash
    account.password_changed_at = clock.now()
    end_sessions(session, account_id=account.id)
    _record(session, actor, "replace_password", account)


def prepare_password(session: Session, *, actor: Actor, current: str, new: str) -> str:
    """The hash of a new password, once the current one is proved and the new one keeps the rules.

    Slow on purpose: call it outside a writing unit of work.
    """
    account = get_account(session, actor.account_id)
    check_new_password(new, email=account.email)
    if not verify_password(current, account.password_hash):
        raise Refused("password_wrong")
    return hash_password(new)


def change_password(session: Session, *, actor: Actor, new_hash: str) -> tuple[str, SignedIn]:
    """Change one's own password: all sessions end, and a new one begins with a new key."""
    trail.require(Permission.USE_ACCOUNT, actor)
    account = get_account(session, actor.account_id)
    account.password_hash = new_hash
    account.password_changed_at = clock.now()
    end_sessions(session, account_id=account.id)
    _record(session, actor, "change_password", account)
    key, web_session = start_session(session, account=account)
    return key, describe_session(web_session, account)


def choose_language(session: Session, *, actor: Actor, language: str) -> None:
    """The language in which the service speaks to this account from now on."""
    trail.require(Permission.USE_ACCOUNT, actor)
    account = get_account(session, actor.account_id)
    account.language = language
    _record(session, actor, "choose_language", account, language=language)


def get_account(session: Session, account_id: int | None) -> Account:
    """The account, or NotFound."""
    account = session.scalars(select(Account).where(Account.id == account_id)).one_or_none()
    if account is None:
        raise NotFound
    return account


def _codes(grants: Iterable[Grant]) -> list[str]:
    return [":".join(filter(None, (grant.role, grant.network_code))) for grant in grants]


def _record(
    session: Session, actor: Actor, action: str, account: Account, **detail: object
) -> None:
    trail.add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="account",
        subject_id=account.id,
        detail=dict(detail),
    )
