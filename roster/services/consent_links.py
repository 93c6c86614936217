"""The link that asks for her consents again, twelve months after she gave them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.errors import Refused
from roster.models import Consent, Mediator, OutboxMessage
from roster.permissions import Actor, Permission, Subject
from roster.queries.records import get_record
from roster.services.links import PATHS, make_link
from roster.services.message_choices import get_choice
from roster.services.trail import add_audit, require
from roster.services.writing import load_reach, write_to_her

PURPOSE = "consent"


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

    Who never agreed is invited; who took everything back is not asked.
    """
    record = get_record(session, actor=actor, record_id=record_id)
    require(Permission.INVITE, actor, Subject(network_code=record.network_code))
    mediator = record.mediator
    if mediator.state != "active" or not has_said_yes(session, mediator.id):
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


def has_said_yes(session: Session, mediator_id: int) -> bool:
    """Whether there is a yes of hers that she has not taken back, even if it has run out."""
    yes = select(Consent.id).where(
        Consent.mediator_id == mediator_id, Consent.withdrawn_at.is_(None)
    )
    return session.scalar(yes.limit(1)) is not None
