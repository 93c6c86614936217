"""What is written to a woman about an approach: one of four messages, each as neutral as the others."""

from __future__ import annotations

from sqlalchemy.orm import Session

from roster.models import Approach, Mediator, OutboxMessage
from roster.services.writing import write_to_her

ASKING = "approach"
REMINDER = "approach_reminder"
OUTCOME = "approach_outcome"
QUESTION = "approach_question"
PATH = "/me/approaches"
"""Her page says what there is; the address says nothing."""


def write_of(session: Session, approach: Approach, template: str) -> OutboxMessage | None:
    """Queue one message about an approach; None where she cannot be written to."""
    mediator = session.get_one(Mediator, approach.mediator_id)
    values = {"path": PATH}
    return write_to_her(session, mediator=mediator, template=template, values=values)
