"""Invitations to the staff: a one-time link by mail, behind which she chooses her own password.

Whether the address is a mediator's is told to nobody: an account that there is gets the role, and
the page answers as for a new one.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.encryption import keyring
from roster.errors import Ended, NotFound, Refused
from roster.models import Account, Link
from roster.permissions import Actor, Permission
from roster.queries.accounts import SignedIn, describe_session, get_account_by_email, get_actor
from roster.queries.requesters import list_checks
from roster.queries.staff import STAFF, find_staff_account, is_of_account
from roster.services.accounts import check_address
from roster.services.links import PATHS, add_link, end_links, find_live_link, take_link
from roster.services.passwords import check_new_password, hash_password
from roster.services.requester_checks import add_person, check_office_address, confirm_address
from roster.services.sign_in import end_sessions, start_session
from roster.services.staff import add_grant
from roster.services.trail import add_audit, add_message, require
from roster.services.writing import make_message_id

PURPOSE = "staff"
TEMPLATE = "invitation"
"""The mail is the same neutral one that a mediator gets; only the link differs."""


@dataclass(frozen=True)
class Invited:
    """Whom an administrator asks to work with the service, and as what."""

    email: str
    display_name: str
    role: str
    network_code: str | None = None
    language: str = "en"
    country: str | None = None
    """ISO 3166-1 alpha-3 of the state that an envoy serves."""
    office: str | None = None
    is_checked: bool = False
    """Whether who invites has made sure that this requester is who she says: the first of two."""


def invite_member(session: Session, *, actor: Actor, invited: Invited) -> Account:
    """Open an account without a password and mail its link. Refused for one of the staff."""
    require(Permission.KEEP_STAFF, actor)
    email = check_address(invited.email)
    account = get_account_by_email(session, email=email) or _make_account(session, email, invited)
    if any(one.role in STAFF for one in account.grants):
        raise Refused("address_taken")
    add_grant(session, account, invited.role, invited.network_code)
    account.display_name, account.is_active = invited.display_name, True
    if invited.role == "envoy":
        account.requester_country, account.requester_office = invited.country, invited.office
    session.flush()
    if invited.role == "envoy" and invited.is_checked:
        add_person(session, actor=actor, account_id=account.id)
    _send(session, account, invited.language)
    _record(session, actor, account, "staff.invited", role=invited.role)
    return account


def _make_account(session: Session, email: str, invited: Invited) -> Account:
    account = Account(
        email=email,
        email_digest=keyring().digest(email),
        display_name=invited.display_name,
        language=invited.language,
        created_at=clock.now(),
        is_active=True,
        grants=[],
    )
    session.add(account)
    return account


def invite_again(session: Session, *, actor: Actor, account_id: int) -> Account:
    """A new link in place of the one that was not used. Refused once she has come in."""
    require(Permission.KEEP_STAFF, actor)
    account = find_staff_account(session, account_id)
    if account is None:
        raise NotFound
    newest = select(Link).where(is_of_account(account.id)).order_by(Link.id.desc()).limit(1)
    link = session.scalar(newest)
    if link is None or link.used_at is not None or not account.is_active:
        raise Refused("came_in_already")
    _send(session, account, account.language)
    _record(session, actor, account, "staff.invited_again")
    return account


def send_address_link(session: Session, *, actor: Actor, account_id: int) -> Account:
    """Mail a requester a link that proves her address. Refused once it is proved."""
    require(Permission.KEEP_STAFF, actor)
    account = find_staff_account(session, account_id)
    if account is None or all(one.role != "envoy" for one in account.grants):
        raise NotFound
    check_office_address(account.email)
    if "address" in list_checks(session, account.id):
        raise Refused("checked_before")
    _send(session, account, account.language)
    _record(session, actor, account, "requester.address_asked")
    return account


def _send(session: Session, account: Account, language: str) -> None:
    end_links(session, is_of_account(account.id))
    link, token = add_link(session, PURPOSE, None, account_id=account.id)
    add_message(
        session,
        template=TEMPLATE,
        language=language,
        recipient=account.email,
        values={"path": PATHS[PURPOSE] + token, "ends_at": link.ends_at.isoformat()},
        message_id=make_message_id(),
    )


def find_invited(session: Session, *, token: str) -> Account:
    """Whose live link it is; Ended for any other."""
    return _get_account(session, find_live_link(session, token=token, purpose=PURPOSE))


def prepare_password(session: Session, *, token: str, password: str) -> str:
    """The hash of a password that keeps the rules. Slow on purpose: call it before writing."""
    check_new_password(password, email=find_invited(session, token=token).email)
    return hash_password(password)


def join(session: Session, *, token: str, new_hash: str) -> tuple[str, SignedIn]:
    """Store her first password and start a session; its key leaves once."""
    account = _get_account(session, take_link(session, token=token, purpose=PURPOSE))
    if account.password_hash:
        raise Refused("already_has_password")
    account.password_hash, account.password_changed_at = new_hash, clock.now()
    end_sessions(session, account_id=account.id)
    _record(session, get_actor(account), account, "staff.joined")
    confirm_address(session, account=account)
    key, web_session = start_session(session, account=account)
    return key, describe_session(web_session, account)


def accept(session: Session, *, token: str) -> None:
    """She who has a password already says yes; she signs in with it."""
    account = _get_account(session, take_link(session, token=token, purpose=PURPOSE))
    if not account.password_hash:
        raise Refused("password_missing")
    _record(session, get_actor(account), account, "staff.joined")
    confirm_address(session, account=account)


def _get_account(session: Session, link: Link) -> Account:
    account = find_staff_account(session, link.account_id) if link.account_id else None
    if account is None or not account.is_active:
        raise Ended("link_ended")
    return account


def _record(
    session: Session, actor: Actor, account: Account, action: str, **detail: object
) -> None:
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="account",
        subject_id=account.id,
        detail=dict(detail),
    )
