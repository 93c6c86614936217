"""Her own word goes first: what may be said by voice of a woman who can answer herself."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import Account, Consent, SpokenConsent

OWN_CHANNELS = frozenset({"link", "page"})


def may_speak(session: Session, mediator_id: int, purposes: Iterable[str]) -> bool:
    """Whether all of these may be said by voice."""
    named = frozenset(purposes)
    return named <= list_speakable(session, mediator_id, named)


def list_speakable(session: Session, mediator_id: int, purposes: Iterable[str]) -> frozenset[str]:
    """Those that she neither took back nor left open by her own hand.

    Who has answered herself, or has an account, was asked for each purpose: one without any yes of
    hers is a no. A yes of hers that ran out, or a no that she only spoke, may be followed by a
    spoken yes.
    """
    newest = _list_newest(session, mediator_id)
    answers_herself = _has_account(session, mediator_id) or _has_own_answer(session, mediator_id)
    return frozenset(
        purpose
        for purpose in purposes
        if not _is_own_no(session, newest.get(purpose), answers_herself=answers_herself)
    )


def _is_own_no(session: Session, row: Consent | None, *, answers_herself: bool) -> bool:
    if row is None:
        return answers_herself
    return row.withdrawn_at is not None and not _was_spoken_no(session, row)


def _has_account(session: Session, mediator_id: int) -> bool:
    account = select(Account.id).where(Account.mediator_id == mediator_id, Account.is_active)
    return session.scalar(account) is not None


def _list_newest(session: Session, mediator_id: int) -> dict[str, Consent]:
    rows = session.scalars(
        select(Consent).where(Consent.mediator_id == mediator_id).order_by(Consent.id)
    )
    return {row.purpose: row for row in rows}


def _has_own_answer(session: Session, mediator_id: int) -> bool:
    own = select(Consent.id).where(
        Consent.mediator_id == mediator_id, Consent.channel.in_(OWN_CHANNELS)
    )
    return session.scalar(own.limit(1)) is not None


def _was_spoken_no(session: Session, row: Consent) -> bool:
    if row.spoken_consent_id is None:
        return False
    return session.get_one(SpokenConsent, row.spoken_consent_id).state == "declined"
