"""Days a month are held to each calendar month of the work, the first and the last as they are."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Request, State
from matching.calendar import list_months
from matching.gates.terms_of_work import find_fullest_month
from tests.matching.builders import ask, make_availability, make_mediator, make_request

days = st.dates(date(2023, 1, 1), date(2029, 12, 31))


@given(days, st.integers(0, 800))
def test_the_months_of_a_span_are_those_its_days_fall_in(first: date, more: int) -> None:
    span = [first + timedelta(days=number) for number in range(more + 1)]
    expected = Counter(day.replace(day=1) for day in span)
    assert list(list_months(first, span[-1])) == list(expected.items())
    assert list(list_months(first, first - timedelta(days=1))) == []


def work(start: date, end: date) -> Request:
    return make_request(start=start, end=end, days_per_month=20)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2027, 1, 28), date(2027, 2, 8), (date(2027, 2, 1), 8)),
        (date(2027, 1, 22), date(2027, 2, 10), (date(2027, 1, 1), 10)),
        (date(2027, 1, 31), date(2027, 3, 31), (date(2027, 2, 1), 20)),
        (date(2028, 2, 27), date(2028, 3, 2), (date(2028, 2, 1), 3)),
        (date(2027, 12, 31), date(2028, 1, 1), (date(2027, 12, 1), 1)),
    ],
)
def test_the_fullest_month_needs_no_more_days_than_fall_in_it(
    start: date, end: date, expected: tuple[date, int]
) -> None:
    request = work(start, end)
    month, needed = expected
    assert find_fullest_month(request, 20) == expected
    gives = [
        make_availability(days_per_month=number, window_to=None) for number in (needed - 1, needed)
    ]
    found = ask(request, *(make_mediator(n, availability=one) for n, one in enumerate(gives, 1)))
    assert found.list_ids(State.LISTED) == [2]
    (near,) = found.near_misses
    assert near.missing is not None
    assert (near.missing.code, dict(near.missing.facts)) == (
        "A4",
        {"asked": 20, "found": needed - 1, "days": 1, "month": month, "days_asked": needed},
    )


def test_open_dates_may_all_fall_in_one_month() -> None:
    request = make_request(
        start=date(2027, 1, 28), end=date(2027, 2, 8), days_per_month=20, dates_are_open=True
    )
    assert find_fullest_month(request, 20) == (None, 12)
