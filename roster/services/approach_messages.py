"""What is written to a woman about an approach: one of four messages, each as neutral as the others.

The two that ask carry a link of one approach. It answers no, later or a question; a yes needs her
own sign-in, for a mailbox may be shared.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from roster.models import Approach, Link, Mediator, OutboxMessage
from roster.services.links import PATHS, add_link, end_links
from roster.services.writing import load_reach, write_to_her

ASKING = "approach"
REMINDER = "approach_reminder"
OUTCOME = "approach_outcome"
QUESTION = "approach_question"
WITH_LINK = (ASKING, REMINDER)
PATH = "/me/approaches"
"""Her page says what there is; the address says nothing."""
PURPOSE = "approach"


def write_of(session: Session, approach: Approach, template: str) -> OutboxMessage | None:
    """Queue one message about an approach; None where she cannot be written to."""
    mediator = session.get_one(Mediator, approach.mediator_id)
    if load_reach(session, [mediator.id])[mediator.id].address is None:
        return None
    values = {"path": PATH}
    if template in WITH_LINK:
        link, token = _make_link(session, approach)
        values = {"path": PATHS[PURPOSE] + token, "ends_at": link.ends_at.isoformat()}
    return write_to_her(session, mediator=mediator, template=template, values=values)


def _make_link(session: Session, approach: Approach) -> tuple[Link, str]:
    """A link of this approach; an older one of it ends, those of her other approaches stay."""
    end_links(session, Link.approach_id == approach.id, purpose=PURPOSE)
    return add_link(session, PURPOSE, approach.mediator_id, approach_id=approach.id)
