"""A link by mail instead of a password: for mediators only, one hour, one use.

Whoever asks learns nothing: an address that is nobody's costs the same work, which is thrown away
at its end. Accounts of staff get none: they hold what others said.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from roster.encryption import keyring
from roster.errors import Ended
from roster.models import Account, Link, Mediator, RoleGrant
from roster.permissions import ANONYMOUS
from roster.queries.accounts import SignedIn, describe_session, get_actor
from roster.services.links import PATHS, add_link, end_links, find_live_link, take_link
from roster.services.sign_in import PER_CLIENT, raise_counter, start_session
from roster.services.trail import add_audit, add_message
from roster.services.writing import make_message_id

PURPOSE = "sign_in"
PER_ADDRESS = 3
"""Links asked for one address in a quarter of an hour: nobody's telephone is made to ring all day.
They are counted apart from passwords, so that asking does not close the other way in."""
MAY_SIGN_IN = ("active", "withdrawn")
"""States of a mediator who may: she who has just left may sign in to take it back."""


@dataclass(frozen=True)
class Asker:
    """Whose address it is, as far as the message needs it; ``account_id`` 0 for nobody."""

    account_id: int = 0
    mediator_id: int | None = None
    email: str = "nobody@localhost"
    language: str = "en"


def count_asking(session: Session, *, email: str, client: str) -> bool:
    """Count one asking before it is answered; False when there were too many in this window."""
    of_address = raise_counter(session, f"link:{email}")
    of_client = raise_counter(session, f"client:{client}")
    return of_address <= PER_ADDRESS and of_client <= PER_CLIENT


def send_sign_in_link(session: Session, *, email: str, is_counted: bool) -> None:
    """Mail a link if this is the address of a mediator's account and the limit is kept.

    For all other addresses the same rows are written and taken back: the answer comes after the
    same time. Quiet hours do not hold the message back, since she waits for it.
    """
    asker = _find_asker(session, email)
    attempt = session.connection().begin_nested()
    _send(session, asker or Asker())
    session.flush()
    if asker is not None and is_counted:
        attempt.commit()
    else:
        attempt.rollback()
        _forget(session)


def _forget(session: Session) -> None:
    """Rows that were taken back are not the session's, and the trail does not go on from them."""
    session.expunge_all()
    session.info.pop("digest", None)


def _find_asker(session: Session, email: str) -> Asker | None:
    row = session.execute(
        select(Account.id, Mediator.id, Account.email, Account.language)
        .join(Mediator, Mediator.id == Account.mediator_id)
        .where(Account.email_digest == keyring().digest(email), *_may_enter())
    ).one_or_none()
    return None if row is None else Asker(*row)


def _may_enter() -> tuple[ColumnElement[bool], ...]:
    """Of an account joined with its mediator: open, hers, and of no other role."""
    is_staff = exists().where(RoleGrant.account_id == Account.id, RoleGrant.role != "mediator")
    return Account.is_active.is_(True), Mediator.state.in_(MAY_SIGN_IN), ~is_staff


def _send(session: Session, asker: Asker) -> None:
    end_links(session, Link.mediator_id == (asker.mediator_id or 0), purpose=PURPOSE)
    _, token = add_link(session, PURPOSE, asker.mediator_id)
    add_message(
        session,
        template=PURPOSE,
        language=asker.language,
        recipient=asker.email,
        values={"path": PATHS[PURPOSE] + token},
        message_id=make_message_id(),
        mediator_id=asker.mediator_id,
    )
    add_audit(
        session,
        actor=ANONYMOUS,
        action="sign_in_link.sent",
        subject_kind="account",
        subject_id=asker.account_id,
    )


def sign_in_by_link(session: Session, *, token: str) -> tuple[str, SignedIn]:
    """Start a session of hers; its key leaves once. Sessions that are open elsewhere stay so."""
    link = take_link(session, token=token, purpose=PURPOSE)
    account = _get_account(session, link)
    key, web_session = start_session(session, account=account)
    add_audit(
        session,
        actor=get_actor(account),
        action="sign_in",
        subject_kind="account",
        subject_id=account.id,
        detail={"by": "link"},
    )
    return key, describe_session(web_session, account)


def find_owner(session: Session, *, token: str) -> Account:
    """The account that a live link opens; Ended as ``sign_in_by_link`` would say."""
    return _get_account(session, find_live_link(session, token=token, purpose=PURPOSE))


def _get_account(session: Session, link: Link) -> Account:
    account = session.scalar(
        select(Account)
        .join(Mediator, Mediator.id == Account.mediator_id)
        .where(Account.mediator_id == link.mediator_id, *_may_enter())
    )
    if account is None:
        raise Ended("link_ended")
    return account
