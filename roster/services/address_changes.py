"""When her address changes, what went to the one before is worth nothing any more.

A mailbox that she gave up, or that was never hers, may be read by somebody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import ColumnElement, and_, update
from sqlalchemy.orm import Session

from roster.models import Link, OutboxMessage, Record
from roster.services.links import MAILED, end_links
from roster.services.writing import find_address


@contextmanager
def links_follow_address(session: Session, record: Record) -> Iterator[None]:
    """Change her record inside: mailed links end if it was her address that changed.

    A record whose address is not the one that she is written to ends its own invitation only, so
    that a network does not end what another sent. A hide link was never mailed, and what a
    coordinator handed over went to no address: those stay.
    """
    session.flush()
    before, in_record = find_address(session, record.mediator_id), record.identity.email
    yield
    session.flush()
    hers = Link.mediator_id == record.mediator_id
    if find_address(session, record.mediator_id) != before:
        _end(session, record.mediator_id, hers)
    elif record.identity.email != in_record:
        of_record = and_(hers, Link.record_id == record.id)
        _end(session, record.mediator_id, of_record, ("invitation",))


def _end(
    session: Session,
    mediator_id: int,
    whose: ColumnElement[bool],
    purposes: tuple[str, ...] = MAILED,
) -> None:
    for purpose in purposes:
        end_links(session, and_(whose, Link.was_handed_over.is_(False)), purpose=purpose)
    is_called_back = [OutboxMessage.mediator_id == mediator_id, OutboxMessage.state == "queued"]
    if purposes != MAILED:
        is_called_back.append(OutboxMessage.template.in_(purposes))
    session.execute(
        update(OutboxMessage).where(*is_called_back).values(state="cancelled", values={})
    )
