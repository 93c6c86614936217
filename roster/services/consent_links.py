"""The link that asks for her consents again, twelve months after she gave them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from roster.models import Mediator, OutboxMessage
from roster.services.links import PATHS, make_link
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
