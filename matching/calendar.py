"""Days, years and the instants at which days begin."""

from __future__ import annotations

from datetime import UTC, date, datetime, time


def add_years(day: date, years: int) -> date:
    """Return the same day of another year, 1 March for a 29 February that it lacks."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def start_of_day(day: date) -> datetime:
    """Return the first instant of a day in UTC."""
    return datetime.combine(day, time(), UTC)
