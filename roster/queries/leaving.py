"""Who is leaving: erasures that were asked for and neither taken back nor done."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from roster.models import Erasure, Mediator, Record


def is_open() -> ColumnElement[bool]:
    """Asked for, and still to be done."""
    return and_(Erasure.taken_back_at.is_(None), Erasure.done_at.is_(None))


def left_records() -> Select[int]:
    """Ids of the records that nobody is shown any more: of a network she leaves, or of all of her.

    Few at any time, so that a list of many records can leave them out by one look at this one.
    """
    hers = or_(Erasure.network_code.is_(None), Erasure.network_code == Record.network_code)
    return (
        select(Record.id)
        .join(Mediator, Mediator.id == Record.mediator_id)
        .join(Erasure, and_(Erasure.mediator_key == Mediator.key, hers))
        .where(is_open())
    )


def list_open_erasures(session: Session, mediator_id: int) -> Sequence[Erasure]:
    """What she has asked to be erased and can still take back; leaving the service comes first."""
    return session.scalars(
        select(Erasure)
        .join(Mediator, Mediator.key == Erasure.mediator_key)
        .where(Mediator.id == mediator_id, is_open())
        .order_by(Erasure.network_code.is_not(None), Erasure.network_code, Erasure.id)
    ).all()


def count_leaving(session: Session, network_codes: Sequence[str]) -> int:
    """How many women are leaving these networks: a coordinator is told the number only."""
    statement = select(func.count(Record.mediator_id.distinct())).where(
        Record.network_code.in_(network_codes), Record.id.in_(left_records())
    )
    return session.scalar(statement) or 0
