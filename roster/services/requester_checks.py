"""Who a requester is, by three checks: her office's address, a person, and a second person.

Only all three together verify her. The address is proved by a link that was mailed there and
opened by a press; the two persons are never the same, nor the requester herself.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, Refused
from roster.models import Account, RequesterCheck
from roster.permissions import Actor, Permission
from roster.queries.accounts import get_actor
from roster.queries.requesters import KINDS, list_checks
from roster.services.trail import add_audit, require
from roster.vocabulary.free_mail import is_free_mail


def check_office_address(email: str) -> None:
    """Refused for an address of a service at which anybody may open a mailbox."""
    if is_free_mail(email):
        raise Refused("free_mail_address")


def confirm_address(session: Session, *, account: Account) -> None:
    """She has opened a link that was mailed to her: part of joining. No free mail is an office's."""
    if not _is_requester(account) or is_free_mail(account.email):
        return
    if "address" in list_checks(session, account.id):
        return
    _add(session, get_actor(account), account, "address", None)


def add_person(
    session: Session, *, actor: Actor, account_id: int, note: str | None = None
) -> RequesterCheck:
    """A person has made sure that she is who she says: the first, or by another the second.

    Refused for the same person twice; her own account is not hers to check.
    """
    require(Permission.CHECK_REQUESTER, actor)
    account = _get(session, account_id)
    if account.id == actor.account_id:
        raise Refused("own_account")
    checks = list_checks(session, account.id)
    if "second_person" in checks:
        raise Refused("checked_before")
    first = checks.get("person")
    if first is None and "administrator" not in actor.roles and actor.kind != "operator":
        raise Refused("person_check_missing")
    if first is not None and first.made_by == actor.account_id:
        raise Refused("same_person_twice")
    return _add(session, actor, account, "second_person" if first else "person", note)


def take_back_checks(session: Session, *, actor: Actor, account_id: int) -> Account:
    """She is verified no more, at once; two persons have to look again."""
    require(Permission.KEEP_STAFF, actor)
    account = _get(session, account_id)
    for kind, check in list_checks(session, account.id).items():
        if kind != "address":
            session.delete(check)
    account.verified_at = None
    session.flush()
    _audit(session, actor, account, "requester.checks_ended")
    return account


def _add(
    session: Session, actor: Actor, account: Account, kind: str, note: str | None
) -> RequesterCheck:
    row = RequesterCheck(
        account_id=account.id,
        kind=kind,
        made_by=actor.account_id,
        made_at=clock.now(),
        note=note,
    )
    session.add(row)
    session.flush()
    if set(list_checks(session, account.id)) == set(KINDS):
        account.verified_at = clock.now()
    session.flush()
    _audit(session, actor, account, "requester.checked", kind=kind)
    return row


def _get(session: Session, account_id: int) -> Account:
    account = session.scalars(select(Account).where(Account.id == account_id)).one_or_none()
    if account is None or not _is_requester(account):
        raise NotFound
    return account


def _is_requester(account: Account) -> bool:
    return any(one.role == "envoy" for one in account.grants)


def _audit(session: Session, actor: Actor, account: Account, action: str, **detail: object) -> None:
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="account",
        subject_id=account.id,
        detail=detail,
    )
