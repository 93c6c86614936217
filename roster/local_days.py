"""Days on a woman's own calendar, and the instants at which they begin and end.

A statement that is good until a day is good for the whole of that day where she lives, so it is
stored as the instant at which the next day begins there. Works across clock changes, on days whose
midnight the clock skips or repeats, and on days that a zone left out (Apia, 30 December 2011).
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones


def is_time_zone(name: str) -> bool:
    """Whether this is an IANA name that the installed data know."""
    return name in available_timezones()


def local_day(moment: datetime, time_zone: str) -> date:
    """The day on her calendar at an instant."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def start_of_day(day: date, time_zone: str) -> datetime:
    """The first instant of a local day, in UTC.

    Where the clock skips midnight this is the instant of the change; where midnight comes twice,
    its first time: both are what ``fold=0`` means (PEP 495).
    """
    return datetime.combine(day, time(), ZoneInfo(time_zone)).astimezone(UTC)


def end_of_day(day: date, time_zone: str) -> datetime:
    """The instant from which the local day is over, in UTC: the first of the next one."""
    return start_of_day(day + timedelta(days=1), time_zone)


def last_day(until: datetime, time_zone: str) -> date:
    """The last local day that a statement ending at ``until`` still covers."""
    return local_day(until - timedelta(seconds=1), time_zone)


def days_left(until: datetime, now: datetime, time_zone: str) -> int:
    """Whole local days from today to the last day; 0 on that day, negative when it is over."""
    if until <= now:
        return min(-1, (last_day(until, time_zone) - local_day(now, time_zone)).days)
    return (last_day(until, time_zone) - local_day(now, time_zone)).days
