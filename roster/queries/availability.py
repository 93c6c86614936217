"""What was said of a woman's time in the past, and how each of these statements ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import permissions
from roster.errors import NotFound
from roster.models import AuditEvent, Availability
from roster.permissions import Actor, Permission, Subject
from roster.queries.records import standing_availabilities

MOST_STATEMENTS = 200


@dataclass(frozen=True)
class PastStatement:
    """One statement and what became of it."""

    row: Availability
    end: str
    """holds, beside (holds, but hers counts before it), list (never counted), replaced, shortened
    (ended before its life was over) or ran_out."""
    ended_at: datetime | None
    """When it was replaced or ceased to count; None while it holds."""


def list_statements(
    session: Session, *, actor: Actor, mediator_id: int, now: datetime
) -> list[PastStatement]:
    """Everything that was said of her time and is still kept, for herself, newest first."""
    if not permissions.decide(Permission.SEE_OWN_PROFILE, actor, Subject(mediator_id=mediator_id)):
        raise NotFound
    rows = session.scalars(
        select(Availability)
        .where(Availability.mediator_id == mediator_id)
        .order_by(Availability.confirmed_at.desc(), Availability.id.desc())
        .limit(MOST_STATEMENTS)
    ).all()
    standing = standing_availabilities(session, [mediator_id], now).get(mediator_id)
    shortened = _list_shortened(session, mediator_id)
    return [_describe(row, standing, shortened, now) for row in rows]


def _list_shortened(session: Session, mediator_id: int) -> frozenset[int]:
    """Ids of the statements of which the trail says that they were ended early."""
    details: Iterable[dict[str, int]] = session.scalars(
        select(AuditEvent.detail).where(
            AuditEvent.action == "availability.shortened",
            AuditEvent.subject_kind == "mediator",
            AuditEvent.subject_id == mediator_id,
        )
    )
    return frozenset(detail["availability"] for detail in details if "availability" in detail)


def _describe(
    row: Availability, standing: Availability | None, shortened: frozenset[int], now: datetime
) -> PastStatement:
    if row.confirmed_by == "import":
        return PastStatement(row, "list", row.superseded_at)
    if row.valid_until <= min(now, row.superseded_at or now):
        end = "shortened" if row.id in shortened else "ran_out"
        return PastStatement(row, end, row.valid_until)
    if row.superseded_at is not None:
        return PastStatement(row, "replaced", row.superseded_at)
    return PastStatement(row, "holds" if row is standing else "beside", None)
