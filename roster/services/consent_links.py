"""The link that asks for her consents again, twelve months after she gave them."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import Refused
from roster.models import Consent, Mediator, OutboxMessage
from roster.permissions import Actor, Permission, Subject
from roster.queries.records import get_record
from roster.services.links import PATHS, make_link
from roster.services.message_choices import get_choice
from roster.services.trail import add_audit, require
from roster.services.writing import load_reach, write_to_her

PURPOSE = "consent"
ASK_AGAIN_DAYS = 30
"""From this many days before its end on, a yes may be said anew."""


def make_consent_message(session: Session, mediator: Mediator) -> OutboxMessage | None:
    """Ask her by mail for her consents; None where her channel is not mail, or nothing is known.

    The link goes to nobody but her: what was handed over renews and never consents.
    """
    if not load_reach(session, [mediator.id])[mediator.id].address:
        return None
    link, token = make_link(session, PURPOSE, mediator.id)
    return write_to_her(
        session,
        mediator=mediator,
        template=PURPOSE,
        values={"path": PATHS[PURPOSE] + token, "ends_at": link.ends_at.isoformat()},
    )


def ask_again(session: Session, *, actor: Actor, record_id: int) -> OutboxMessage:
    """Let a woman of this network be asked for what she agreed to before.

    Who never agreed is invited; who took it back, or hides, is not asked.
    """
    record = get_record(session, actor=actor, record_id=record_id)
    require(Permission.INVITE, actor, Subject(network_code=record.network_code))
    mediator = record.mediator
    if not may_be_asked_again(session, mediator):
        raise Refused("not_to_be_asked_again")
    if get_choice(session, mediator.id).channel != "mail":
        raise Refused("not_by_mail")
    message = make_consent_message(session, mediator)
    if message is None:
        raise Refused("no_address")
    add_audit(
        session,
        actor=actor,
        action="consent.asked",
        subject_kind="mediator",
        subject_id=mediator.id,
        network_code=record.network_code,
    )
    return message


def may_be_asked_again(session: Session, mediator: Mediator) -> bool:
    """Whether a yes of hers, that she has not taken back, has run out or soon will.

    Hiding is a sign of danger: nothing is written to a woman who hides.
    """
    if mediator.state != "active" or mediator.is_hidden:
        return False
    ends = session.scalars(
        select(func.max(Consent.valid_until))
        .where(Consent.mediator_id == mediator.id, Consent.withdrawn_at.is_(None))
        .group_by(Consent.purpose)
    )
    soon = clock.now() + timedelta(days=ASK_AGAIN_DAYS)
    return any(end <= soon for end in ends)
