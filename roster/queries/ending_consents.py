"""Women whose yes to being kept or matched ends soon, so that they are asked in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from roster.models import Consent, Mediator, Record

NEEDED = ("membership_file", "matching")
"""Without either nothing of hers counts."""


@dataclass(frozen=True)
class EndingConsent:
    """The first of her two needed consents to end, and when."""

    record_id: int
    mediator_id: int
    ends_at: datetime
    time_zone: str


def list_ending_consents(
    session: Session, visible: Select[Record], *, now: datetime, until: datetime
) -> list[EndingConsent]:
    """Those of the records given whose consent ends between two instants, the earliest first.

    A consent that was given again meanwhile counts by its later end. Left out is who is hidden.
    """
    longest = (
        select(Consent.mediator_id, Consent.purpose, func.max(Consent.valid_until).label("ends_at"))
        .where(Consent.purpose.in_(NEEDED), Consent.withdrawn_at.is_(None))
        .group_by(Consent.mediator_id, Consent.purpose)
        .subquery()
    )
    rows = session.execute(
        visible.join(Mediator)
        .join(longest, longest.c.mediator_id == Record.mediator_id)
        .where(
            Mediator.state == "active",
            Mediator.is_hidden.is_(False),
            longest.c.ends_at > now,
            longest.c.ends_at <= until,
        )
        .with_only_columns(Record.id, Record.mediator_id, longest.c.ends_at, Mediator.time_zone)
        .order_by(longest.c.ends_at.desc(), Record.id)
    )
    first = {record_id: EndingConsent(record_id, *rest) for record_id, *rest in rows}
    return sorted(first.values(), key=lambda one: (one.ends_at, one.record_id))
