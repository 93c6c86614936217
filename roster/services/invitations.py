"""One-time links to a woman: the invitation by her network, and the link that renews her answer.

A token travels only inside the encrypted values of its message; a newer link ends the older.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from roster import clock, permissions
from roster.encryption import keyring
from roster.errors import Ended, NotFound, Refused
from roster.models import Account, Link, Mediator, OutboxMessage, Record, RoleGrant
from roster.permissions import Actor, Permission, Subject
from roster.queries.leaving import left_records
from roster.services.links import PATHS, get_holder, make_link, take_link
from roster.services.message_choices import get_choice
from roster.services.trail import add_audit, require
from roster.services.writing import find_address, write_to_her


@dataclass(frozen=True)
class SentLink:
    """A link that was made. ``token`` is set only for one that a coordinator hands over."""

    link: Link
    message: OutboxMessage | None = None
    token: str | None = None


@dataclass(frozen=True)
class Accepted:
    """An invitation was taken: whose it is, and the account that a session may be opened for."""

    account: Account
    mediator_id: int
    record_id: int


def invite(session: Session, *, actor: Actor, record_id: int) -> SentLink:
    """Ask the woman of a network's record to answer for herself, by mail in her language.

    Once she has an account, the mail goes to the address of the account, whatever the record says
    by now: nobody else's address can be put in the place of hers.
    """
    record = _get_record(session, record_id)
    require(Permission.INVITE, actor, Subject(network_code=record.network_code))
    mediator = _check_reachable(record.mediator)
    account = find_account(session, mediator.id)
    if account is not None and account.password_hash:
        raise Refused("already_has_account")
    written = account.email if account is not None else record.identity.email
    address = _check_by_mail(session, mediator, written)
    link, token = make_link(session, "invitation", mediator.id, record_id=record.id)
    message = _send(session, link, token, mediator, address)
    _trace(session, actor, "invitation.sent", link, record.network_code)
    return SentLink(link, message)


def invite_many(session: Session, *, actor: Actor, record_ids: Iterable[int]) -> list[SentLink]:
    """Invite each that can be asked; who has no address, an account or has left is passed over."""
    sent = []
    for record_id in record_ids:
        with suppress(Refused):
            sent.append(invite(session, actor=actor, record_id=record_id))
    return sent


def send_renewal(session: Session, *, actor: Actor, mediator_id: int) -> SentLink:
    """Ask her by mail whether her last answer still holds."""
    mediator, network_code = _check_may_remind(session, actor, mediator_id)
    address = _check_by_mail(session, mediator, find_address(session, mediator_id))
    link, token = make_link(session, "renewal", mediator_id)
    message = _send(session, link, token, mediator, address)
    _trace(session, actor, "renewal.sent", link, network_code)
    return SentLink(link, message)


def hand_over(session: Session, *, actor: Actor, mediator_id: int) -> SentLink:
    """A renewal link that a coordinator passes on as an address or picture, for want of mail.

    It went through other hands than hers. So it renews an answer, and can never open a session,
    give a consent or change her class.
    """
    _, network_code = _check_may_remind(session, actor, mediator_id)
    link, token = make_link(session, "renewal", mediator_id, was_handed_over=True)
    _trace(session, actor, "renewal.handed_over", link, network_code)
    return SentLink(link, token=token)


def accept_invitation(session: Session, *, token: str, language: str | None = None) -> Accepted:
    """Take an invitation: she gets an account without a password. Ended when it was taken before.

    ``language`` is the one she chose on the page, in which she is spoken and written to from now
    on. The web opens a session for ``account`` in the same transaction.
    """
    link = take_link(session, token=token, purpose="invitation")
    if link.was_handed_over or link.mediator_id is None or link.record_id is None:
        raise Ended("link_ended")
    record = _get_record(session, link.record_id)
    mediator = get_holder(session, link)
    account = find_account(session, mediator.id) or _create_account(session, record)
    if language is not None:
        mediator.language = account.language = language
    add_audit(
        session,
        actor=Actor("link"),
        action="invitation.accepted",
        subject_kind="mediator",
        subject_id=mediator.id,
        network_code=record.network_code,
    )
    return Accepted(account, mediator.id, record.id)


def find_account(session: Session, mediator_id: int) -> Account | None:
    """The account by which she signs in herself."""
    return session.scalar(select(Account).where(Account.mediator_id == mediator_id))


def _send(
    session: Session, link: Link, token: str, mediator: Mediator, address: str
) -> OutboxMessage | None:
    return write_to_her(
        session,
        mediator=mediator,
        template=link.purpose,
        values={"path": PATHS[link.purpose] + token, "ends_at": link.ends_at.isoformat()},
        address=address,
    )


def _check_by_mail(session: Session, mediator: Mediator, address: str | None) -> str:
    """Her address; Refused where there is none, where she is hidden, or is to be spoken to."""
    if mediator.is_hidden:
        raise Refused("she_is_hidden")
    if get_choice(session, mediator.id).channel != "mail":
        raise Refused("not_by_mail")
    if not address:
        raise Refused("no_address")
    return address


def _get_record(session: Session, record_id: int) -> Record:
    record = session.scalars(
        select(Record)
        .where(
            Record.id == record_id,
            Record.network_code.is_not(None),
            Record.id.not_in(left_records()),
        )
        .options(selectinload(Record.identity), selectinload(Record.mediator))
    ).one_or_none()
    if record is None:
        raise NotFound
    return record


def _check_reachable(mediator: Mediator) -> Mediator:
    """She who withdrew or died is never written to again."""
    if mediator.state != "active":
        raise Refused("not_to_be_asked")
    return mediator


def _check_may_remind(
    session: Session, actor: Actor, mediator_id: int
) -> tuple[Mediator, str | None]:
    """The woman, and the network in whose name she is asked; any of those that may invite her."""
    mediator = session.get(Mediator, mediator_id)
    if mediator is None:
        raise NotFound
    codes = session.scalars(
        select(Record.network_code)
        .where(Record.mediator_id == mediator_id, Record.network_code.is_not(None))
        .order_by(Record.network_code)
    ).all()
    may = (
        code
        for code in codes
        if permissions.decide(Permission.INVITE, actor, Subject(network_code=code))
    )
    code = next(may, None)
    if code is None:
        raise NotFound
    return _check_reachable(mediator), code


def _create_account(session: Session, record: Record) -> Account:
    """Her account, without a password. An address that another account has stays that one's."""
    email = record.identity.email or ""
    digest = keyring().digest(email)
    is_taken = session.scalar(select(Account.id).where(Account.email_digest == digest)) is not None
    account = Account(
        email=email,
        email_digest=keyring().seal(f"mediator:{record.mediator_id}") if is_taken else digest,
        display_name=record.identity.display_name,
        language=record.mediator.language,
        time_zone=record.mediator.time_zone,
        mediator_id=record.mediator_id,
        created_at=clock.now(),
        grants=[RoleGrant(role="mediator")],
    )
    session.add(account)
    session.flush()
    return account


def _trace(
    session: Session, actor: Actor, action: str, link: Link, network_code: str | None
) -> None:
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="link",
        subject_id=link.id,
        network_code=network_code,
    )
