"""How the service may write to her: channel, cadence, quiet hours. Without a choice the defaults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import MessageChoice


@dataclass(frozen=True)
class Choice:
    """``channel`` mail or coordinator; ``cadence`` three, one, weekly or none (``MessageChoice``).

    From the hour ``quiet_from`` until ``quiet_until`` on her clock no message leaves; both None:
    at any hour.
    """

    channel: str = "mail"
    cadence: str = "three"
    quiet_from: int | None = 21
    quiet_until: int | None = 7


DEFAULT = Choice()


def get_choice(session: Session, mediator_id: int) -> Choice:
    """Her choice, or the defaults."""
    return load_choices(session, [mediator_id]).get(mediator_id, DEFAULT)


def load_choices(session: Session, ids: Iterable[int]) -> dict[int, Choice]:
    """The choices of those who made one."""
    rows = session.execute(
        select(
            MessageChoice.mediator_id,
            MessageChoice.channel,
            MessageChoice.cadence,
            MessageChoice.quiet_from,
            MessageChoice.quiet_until,
        ).where(MessageChoice.mediator_id.in_(sorted(set(ids))))
    )
    return {row[0]: Choice(row[1], row[2], row[3], row[4]) for row in rows}


def next_allowed(choice: Choice, time_zone: str, moment: datetime) -> datetime:
    """``moment``, or where it falls into her quiet hours the end of these, in UTC."""
    if choice.quiet_from is None or choice.quiet_until is None:
        return moment
    local = moment.astimezone(ZoneInfo(time_zone))
    if not is_quiet(local.hour, choice.quiet_from, choice.quiet_until):
        return moment
    day = local.date()
    if local.hour >= choice.quiet_until:
        day += timedelta(days=1)
    return datetime.combine(day, time(choice.quiet_until), local.tzinfo).astimezone(UTC)


def is_quiet(hour: int, start: int, end: int) -> bool:
    """Whether an hour of the clock lies in hours that may pass midnight; ``end`` is outside."""
    return start <= hour < end if start < end else hour >= start or hour < end
