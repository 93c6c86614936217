"""Who has a reminder due, found by index without a look at every row.

The steps themselves are days of her calendar (``due_reminders``); the statements here ask for
instants, widened by what a clock change can move, and so find a few women more than have one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from roster.models import Availability, Consent, Declaration, Mediator, MessageChoice, Reminder
from roster.services.due_reminders import STEPS, list_due
from roster.services.message_choices import DEFAULT
from roster.services.reminders import may_be_reminded

DAY = timedelta(days=1)
SLACK = timedelta(hours=3)
"""More than any clock change moves the end of a day."""
SAME_ROUND = timedelta(days=60)
"""A woman was reminded of her consents as a whole if of any of them within this time."""
LOOKED_AT_ONCE = 500


def find_women_to_remind(session: Session, *, now: datetime) -> list[int]:
    """Ids of the women of whom something is due, in their order. Changes nothing, holds no lock."""
    found: set[int] = set()
    for statement in (_of_availability(now), _of_consents(now), _of_declarations(now)):
        found.update(session.scalars(statement.distinct()))
    ids, due = sorted(found), set[int]()
    for start in range(0, len(ids), LOOKED_AT_ONCE):
        things, _ = list_due(session, ids[start : start + LOOKED_AT_ONCE], now=now)
        due.update(thing.mediator_id for thing in things)
    return sorted(due)


def _of_availability(now: datetime) -> Select[int]:
    return _women(now, Availability.mediator_id).where(
        Availability.superseded_at.is_(None),
        Availability.confirmed_by != "import",
        _is_near("availability", now, Availability.valid_until, Availability.id),
    )


def _of_consents(now: datetime) -> Select[int]:
    return _women(now, Consent.mediator_id).where(
        Consent.withdrawn_at.is_(None), _is_near("consent", now, Consent.valid_until, None)
    )


def _of_declarations(now: datetime) -> Select[int]:
    """A declaration lasts a year; the days of leap years are in the slack of a day."""
    first = now.date() - timedelta(days=367)
    last = first + timedelta(days=2 + 1 + max(max(s, default=0) for s in _steps("declaration")))
    return _women(now, Declaration.mediator_id).where(Declaration.declared_on.between(first, last))


def _women(now: datetime, whose: InstrumentedAttribute[int]) -> Select[int]:
    return (
        select(Mediator.id)
        .join(whose.class_, whose == Mediator.id)
        .outerjoin(MessageChoice, MessageChoice.mediator_id == Mediator.id)
        .where(may_be_reminded(now))
    )


def _steps(about: str) -> Iterator[tuple[int, ...]]:
    yield from STEPS[about].values()


def _is_near(
    about: str,
    now: datetime,
    until: InstrumentedAttribute[datetime],
    row_id: InstrumentedAttribute[int] | None,
) -> ColumnElement[bool]:
    """Whether the end lies between two steps of her cadence, and the first was not noted yet."""
    cadence = func.coalesce(MessageChoice.cadence, DEFAULT.cadence)
    horizon = now + DAY * (1 + max(max(s, default=0) for s in _steps(about))) + SLACK
    between = []
    for name, steps in STEPS[about].items():
        for days, later in zip(steps, (*steps[1:], -1), strict=False):
            start = now + DAY * (later + 1) - SLACK
            is_there = and_(until > start, until <= now + DAY * (days + 1) + SLACK)
            between.append(and_(cadence == name, is_there, ~_was_noted(about, days, now, row_id)))
    return and_(until > now, until <= horizon, or_(*between))


def _was_noted(
    about: str, days: int, now: datetime, row_id: InstrumentedAttribute[int] | None
) -> ColumnElement[bool]:
    which = Reminder.about_id == row_id if row_id is not None else Reminder.at > now - SAME_ROUND
    return exists().where(
        Reminder.mediator_id == Mediator.id,
        Reminder.about == about,
        Reminder.step == f"days_{days}",
        which,
    )
