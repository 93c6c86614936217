"""Days, years and the instants at which days begin."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta


def add_years(day: date, years: int) -> date:
    """Return the same day of another year, 1 March for a 29 February that it lacks."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def start_of_day(day: date) -> datetime:
    """Return the first instant of a day in UTC."""
    return datetime.combine(day, time(), UTC)


def list_months(first: date, last: date) -> Iterator[tuple[date, int]]:
    """Yield each calendar month of a span, as its first day, and how many days of the span it has.

    Both days are of the span; nothing is yielded where the last is before the first.
    """
    while first <= last:
        month = first.replace(day=1)
        following = (month + timedelta(days=31)).replace(day=1)
        yield month, (min(following, last + timedelta(days=1)) - first).days
        first = following
