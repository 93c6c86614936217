"""Accounts of those who work with the service: what an administrator sees of them.

An account is of the staff by a role other than a mediator's. Nothing here says whether it is also
some woman's: administrators see no identity.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from roster.models import Account, Link, RoleGrant

STAFF = ("coordinator", "envoy", "administrator", "auditor")
"""The roles of the staff, in the order in which pages offer them."""


@dataclass(frozen=True)
class StaffMember:
    """One account as an administrator sees it."""

    id: int
    version: int
    display_name: str
    email: str
    grants: tuple[tuple[str, str | None], ...]
    """Role and, of a coordinator, her network."""
    state: str
    """open, invited (a link waits for her), unanswered (it has ended unused), closed."""


def is_staff() -> ColumnElement[bool]:
    """Whether an account has a role of the staff."""
    return exists().where(RoleGrant.account_id == Account.id, RoleGrant.role.in_(STAFF))


def is_of_account(account_id: int) -> ColumnElement[bool]:
    """Whether a link is an invitation to the staff, of this account."""
    return (Link.account_id == account_id) & (Link.purpose == "staff")


def find_staff_account(session: Session, account_id: int) -> Account | None:
    """The account if it is of the staff; a mediator's alone is nobody's to keep."""
    return session.scalars(
        select(Account).where(Account.id == account_id, is_staff())
    ).one_or_none()


def list_staff(session: Session, now: datetime) -> list[StaffMember]:
    """Every account of the staff, by name."""
    accounts = list(session.scalars(select(Account).where(is_staff())))
    links = _find_newest_links(session, (one.id for one in accounts))
    found = [describe_member(one, links.get(one.id), now) for one in accounts]
    return sorted(found, key=lambda one: (one.display_name.casefold(), one.id))


def find_member(session: Session, account: Account, now: datetime) -> StaffMember:
    """One account of the staff."""
    return describe_member(account, _find_newest_links(session, [account.id]).get(account.id), now)


def describe_member(account: Account, link: Link | None, now: datetime) -> StaffMember:
    """The account with the newest of its invitations to the staff."""
    grants = [(one.role, one.network_code) for one in account.grants if one.role in STAFF]
    return StaffMember(
        id=account.id,
        version=account.version,
        display_name=account.display_name,
        email=account.email,
        grants=tuple(sorted(grants, key=lambda one: (STAFF.index(one[0]), one[1] or ""))),
        state=_find_state(account, link, now),
    )


def _find_state(account: Account, link: Link | None, now: datetime) -> str:
    if not account.is_active:
        return "closed"
    if link is None or link.used_at is not None:
        return "open"
    is_alive = link.replaced_at is None and link.ends_at > now
    return "invited" if is_alive else "unanswered"


def _find_newest_links(session: Session, account_ids: Iterable[int]) -> Mapping[int | None, Link]:
    newest = (
        select(func.max(Link.id))
        .where(Link.account_id.in_(list(account_ids)), Link.purpose == "staff")
        .group_by(Link.account_id)
    )
    return {
        link.account_id: link for link in session.scalars(select(Link).where(Link.id.in_(newest)))
    }


def count_other_administrators(session: Session, account_id: int) -> int:
    """Open accounts, apart from this one, that can sign in and keep accounts."""
    return (
        session.scalar(
            select(func.count(Account.id))
            .join(RoleGrant, RoleGrant.account_id == Account.id)
            .where(
                RoleGrant.role == "administrator",
                Account.id != account_id,
                Account.is_active.is_(True),
                Account.password_hash.is_not(None),
            )
        )
        or 0
    )
