"""A day ends where she lives: across clock changes, odd offsets and days that never were."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roster.local_days import days_left, end_of_day, last_day, local_day, start_of_day

ENDS = [
    # the clock goes forward or back within the day
    ("Europe/Paris", date(2027, 3, 28), "2027-03-28T22:00:00"),
    ("Europe/Paris", date(2026, 10, 25), "2026-10-25T23:00:00"),
    ("America/New_York", date(2027, 3, 14), "2027-03-15T04:00:00"),
    ("America/New_York", date(2026, 11, 1), "2026-11-02T05:00:00"),
    ("Australia/Lord_Howe", date(2027, 4, 4), "2027-04-04T13:30:00"),
    # the midnight that ends the day is skipped, or comes twice
    ("Africa/Cairo", date(2027, 4, 29), "2027-04-29T22:00:00"),
    ("Africa/Cairo", date(2026, 10, 29), "2026-10-29T22:00:00"),
    ("Asia/Beirut", date(2027, 3, 27), "2027-03-27T22:00:00"),
    ("America/Havana", date(2026, 11, 1), "2026-11-02T05:00:00"),
    ("America/Havana", date(2026, 10, 31), "2026-11-01T04:00:00"),
    # quarter hours, far east, no change at all, leap day
    ("Asia/Kathmandu", date(2027, 2, 21), "2027-02-21T18:15:00"),
    ("Pacific/Apia", date(2027, 2, 21), "2027-02-21T11:00:00"),
    ("Pacific/Apia", date(2011, 12, 29), "2011-12-30T10:00:00"),
    ("Pacific/Kiritimati", date(2028, 2, 29), "2028-02-29T10:00:00"),
    ("UTC", date(2028, 2, 29), "2028-03-01T00:00:00"),
]


@pytest.mark.parametrize(("zone", "day", "instant"), ENDS)
def test_a_day_ends_at_local_midnight(zone: str, day: date, instant: str) -> None:
    until = end_of_day(day, zone)

    assert until == datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert last_day(until, zone) == day
    assert local_day(until - timedelta(seconds=1), zone) == day
    assert local_day(until, zone) > day


ZONES = st.sampled_from(
    ["Africa/Cairo", "Asia/Kathmandu", "Pacific/Apia", "Europe/Rome", "America/Asuncion", "UTC"]
)


@given(ZONES, st.dates(date(2012, 1, 1), date(2060, 1, 1)))
def test_days_follow_one_another_without_gap_or_overlap(zone: str, day: date) -> None:
    assert end_of_day(day, zone) == start_of_day(day + timedelta(days=1), zone)
    assert local_day(start_of_day(day, zone), zone) == day


def test_days_left_counts_local_days_and_is_negative_once_over() -> None:
    until = end_of_day(date(2027, 2, 21), "Asia/Kathmandu")
    moments = [
        datetime(2027, 2, 19, 18, 14, tzinfo=UTC),  # still the 19th there
        datetime(2027, 2, 19, 18, 15, tzinfo=UTC),  # the 20th
        until - timedelta(seconds=1),
        until,
    ]

    assert [days_left(until, now, "Asia/Kathmandu") for now in moments] == [2, 1, 0, -1]
