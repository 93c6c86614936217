"""How far requesters have been checked, and who waits for a second person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import Account, RequesterCheck, RoleGrant

KINDS = ("address", "person", "second_person")
"""The checks, in the order in which they are usually made."""


@dataclass(frozen=True)
class WaitingRequester:
    """A requester whom one person has checked."""

    account_id: int
    display_name: str
    office: str
    country: str | None
    domain: str
    """Of her address: what stands behind the @."""


def list_checks(session: Session, account_id: int) -> Mapping[str, RequesterCheck]:
    """The checks that were made of an account, by kind."""
    rows = session.scalars(select(RequesterCheck).where(RequesterCheck.account_id == account_id))
    return {one.kind: one for one in rows}


def list_waiting_requesters(session: Session, account_id: int | None) -> list[WaitingRequester]:
    """Requesters who wait for a second person other than this account, by name."""
    made = select(RequesterCheck.account_id)
    accounts = session.scalars(
        select(Account).where(
            Account.is_active,
            Account.id != (account_id or 0),
            Account.grants.any(RoleGrant.role == "envoy"),
            Account.id.in_(
                made.where(
                    RequesterCheck.kind == "person",
                    RequesterCheck.made_by.is_distinct_from(account_id),
                )
            ),
            Account.id.not_in(made.where(RequesterCheck.kind == "second_person")),
        )
    )
    found = [
        WaitingRequester(
            one.id,
            one.display_name,
            one.requester_office or "",
            one.requester_country,
            one.email.rpartition("@")[2],
        )
        for one in accounts
    ]
    return sorted(found, key=lambda one: (one.display_name.casefold(), one.account_id))


def is_verified(session: Session, account_id: int) -> bool:
    """Whether she counts as verified now."""
    found = select(Account.verified_at).where(Account.id == account_id)
    return session.scalar(found) is not None


def may_check(session: Session, actor_id: int | None, account_id: int) -> bool:
    """Whether this administrator may be the next person: neither herself nor the first again."""
    checks = list_checks(session, account_id)
    if actor_id == account_id or "second_person" in checks:
        return False
    return "person" not in checks or checks["person"].made_by != actor_id
