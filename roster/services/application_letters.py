"""What an application brings with it and what is left of it: links, messages, and their end."""

from __future__ import annotations

import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.encryption import keyring
from roster.models import Application, Link, Network, OutboxMessage
from roster.permissions import Actor
from roster.services.links import PATHS, end_links, make_link
from roster.services.trail import add_audit, add_message

TEMPLATES = (
    "application",
    "application_invitation",
    "application_received",
    "application_news",
)
"""Asked for by herself; sent by a network; handed in; something to read or to add."""


def send_link(session: Session, application: Application, template: str) -> OutboxMessage:
    """Write to the applicant with a fresh link; an older link of hers ends."""
    link, token = make_link(session, "application", application_id=application.id)
    network = session.get_one(Network, application.network_code)
    return add_message(
        session,
        template=template,
        language=application.language,
        recipient=application.email,
        values={
            "path": PATHS["application"] + token,
            "ends_at": link.ends_at.isoformat(),
            "time_zone": network.time_zone,
        },
        message_id=f"application-{secrets.token_hex(12)}",
    )


def find_ended_link(session: Session, token: str) -> Link | None:
    """An applicant's link that has run out by its time alone: neither used nor replaced."""
    return session.scalar(
        select(Link).where(
            Link.token_digest == keyring().seal(token),
            Link.purpose == "application",
            Link.used_at.is_(None),
            Link.replaced_at.is_(None),
            Link.ends_at <= clock.now(),
        )
    )


def erase_answers(session: Session, application: Application) -> None:
    """Nothing that she wrote is kept, in the application or in a message; her links end."""
    for message in _list_messages(session, application):
        message.recipient, message.values = "", {}
        if message.state == "queued":
            message.state = "cancelled"
    end_links(session, Link.application_id == application.id)
    application.name = application.email = application.email_digest = ""
    application.answers = {}


def _list_messages(session: Session, application: Application) -> list[OutboxMessage]:
    """Those to her address; it is encrypted, so that each must be looked at."""
    written = session.scalars(
        select(OutboxMessage).where(
            OutboxMessage.template.in_(TEMPLATES),
            OutboxMessage.mediator_id.is_(None),
            OutboxMessage.created_at >= application.created_at,
        )
    )
    return [message for message in written if message.recipient == application.email]


def trace(
    session: Session,
    actor: Actor,
    action: str,
    application: Application,
    **detail: object,
) -> None:
    """One audit event about an application: codes only."""
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="application",
        subject_id=application.id,
        network_code=application.network_code,
        detail=detail,
    )
