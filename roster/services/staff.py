"""Accounts of the staff in an administrator's hands: roles given and taken, closed, opened again.

She sets no password, changes nothing of her own account, and one administrator always remains.
Whatever takes a right away ends the account's sessions in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from roster import clock
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import Account, Network, RoleGrant
from roster.permissions import Actor, Permission
from roster.queries.staff import (
    STAFF,
    StaffMember,
    count_other_administrators,
    find_member,
    find_staff_account,
    is_of_account,
)
from roster.services.links import end_links
from roster.services.requester_checks import check_office_address
from roster.services.sign_in import end_sessions
from roster.services.trail import add_audit, require


def give_role(
    session: Session,
    *,
    actor: Actor,
    account_id: int,
    expected_version: int,
    role: str,
    network_code: str | None,
) -> Account:
    """One role more; she signs in anew. Refused for one that she has."""
    wished = {"role": role, "network": network_code}
    account = _take(session, actor, account_id, expected_version, wished)
    if not account.is_active:
        raise Refused("account_closed")
    add_grant(session, account, role, network_code)
    _record(session, actor, account, "role.given", role=role, network=network_code)
    return account


def take_role(
    session: Session,
    *,
    actor: Actor,
    account_id: int,
    expected_version: int,
    role: str,
    network_code: str | None,
) -> Account:
    """One role less, at once and in every open page. Without any she is of the staff no more."""
    wished = {"role": role, "network": network_code}
    account = _take(session, actor, account_id, expected_version, wished)
    wanted = (role, network_code)
    gone = [one for one in account.grants if (one.role, one.network_code) == wanted]
    if not gone or role not in STAFF:
        raise Refused("not_a_choice")
    if role == "administrator":
        _keep_one(session, account)
    account.grants.remove(gone[0])
    _record(session, actor, account, "role.taken", role=role, network=network_code)
    if not any(one.role in STAFF for one in account.grants):
        end_links(session, is_of_account(account.id))
    return account


def close_account(
    session: Session, *, actor: Actor, account_id: int, expected_version: int
) -> Account:
    """Nobody signs in with it until it is opened again; links to it end."""
    account = _take(session, actor, account_id, expected_version, {"is_active": False})
    if any(one.role == "administrator" for one in account.grants):
        _keep_one(session, account)
    account.is_active = False
    end_links(session, is_of_account(account.id))
    _record(session, actor, account, "account.closed")
    return account


def open_account(
    session: Session, *, actor: Actor, account_id: int, expected_version: int
) -> Account:
    """The roles and the password that it had count again."""
    account = _take(session, actor, account_id, expected_version, {"is_active": True})
    account.is_active = True
    _record(session, actor, account, "account.opened")
    return account


def end_all_sessions(
    session: Session, *, actor: Actor, account_id: int, expected_version: int
) -> Account:
    """She is signed out everywhere, and signs in again with her password."""
    account = _take(session, actor, account_id, expected_version, {})
    _record(session, actor, account, "account.sessions_ended")
    return account


def add_grant(session: Session, account: Account, role: str, network_code: str | None) -> None:
    """Give a role of the staff: part of another change, which its trail records."""
    if role == "envoy":
        check_office_address(account.email)
    network = session.get(Network, network_code) if network_code else None
    if role not in STAFF:
        raise Refused("not_a_choice")
    if (role == "coordinator") != (network is not None and network.has_members):
        raise Refused("coordinator_needs_network")
    if any((one.role, one.network_code) == (role, network_code) for one in account.grants):
        raise Refused("has_role_already")
    account.grants.append(RoleGrant(role=role, network_code=network_code))


def get_member(session: Session, *, actor: Actor, account_id: int) -> StaffMember:
    """One account of the staff; NotFound for a mediator's."""
    require(Permission.KEEP_STAFF, actor)
    account = find_staff_account(session, account_id)
    if account is None:
        raise NotFound
    return find_member(session, account, clock.now())


def _take(
    session: Session,
    actor: Actor,
    account_id: int,
    expected_version: int,
    wished: Mapping[str, object],
) -> Account:
    require(Permission.KEEP_STAFF, actor)
    account = find_staff_account(session, account_id)
    if account is None:
        raise NotFound
    if account.id == actor.account_id:
        raise Refused("own_account")
    if account.version != expected_version:
        roles = ", ".join(
            sorted(
                ":".join(filter(None, (g.role, g.network_code)))
                for g in account.grants
                if g.role in STAFF
            )
        )
        raise StaleVersion({"roles": roles, "is_active": account.is_active}, wished)
    return account


def _keep_one(session: Session, account: Account) -> None:
    if count_other_administrators(session, account.id) == 0:
        raise Refused("last_administrator")


def _record(
    session: Session, actor: Actor, account: Account, action: str, **detail: object
) -> None:
    flag_modified(account, "is_active")  # a change of roles alone is a new version, too
    end_sessions(session, account_id=account.id)
    session.flush()
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="account",
        subject_id=account.id,
        network_code=None,
        detail={name: value for name, value in detail.items() if value},
    )
