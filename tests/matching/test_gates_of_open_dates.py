"""Work whose dates are open, the days of its months, and which of several things under way counts."""

from datetime import date, timedelta

import pytest

from matching import Accreditation, State
from tests.matching.builders import (
    TODAY,
    ask,
    days,
    judge,
    make_availability,
    make_mediator,
    make_request,
)

LISTED, NEAR = State.LISTED, State.NEAR_MISS
LATER = TODAY + days(30)


@pytest.mark.parametrize(
    ("start", "window", "missing"),
    [
        (LATER, (None, TODAY + days(20)), 0),
        (LATER, (None, TODAY + days(19)), 1),
        (LATER, (None, TODAY), 20),
        (LATER, (LATER + days(60), LATER + days(80)), 0),
        (LATER, (LATER + days(60), LATER + days(79)), 1),
        (LATER, (LATER + days(60), None), 0),
        (LATER, (None, None), 0),
        (TODAY - days(10), (None, TODAY + days(10)), 0),
        (TODAY - days(10), (None, TODAY + days(9)), 1),
        (TODAY - days(10), (TODAY, TODAY + days(19)), 1),
    ],
)
def test_open_dates_need_as_many_days_in_a_row_from_today_or_from_a_day_that_is_past(
    start: date, window: tuple[date | None, date | None], missing: int
) -> None:
    """Twenty-one days are asked, their first day included."""
    request = make_request(start=start, end=start + days(20), dates_are_open=True)
    available = make_availability(window_from=window[0], window_to=window[1])
    found = ask(request, make_mediator(availability=available))
    said = [(one.code, one.facts["why"], one.facts["days"]) for one in found.reasons(1)]
    expected = [("A2", "window", missing)] if missing else []
    assert (found.state(1), said) == (NEAR if missing else LISTED, expected)


@pytest.mark.parametrize(
    ("length", "is_open", "asked", "needed"),
    [
        (3, True, 5, 3),
        (21, True, 5, 5),
        (6, False, 5, 3),
        (7, False, 5, 4),
        (40, False, 5, 5),
        (40, False, 30, 28),
    ],
)
def test_a_month_needs_the_days_asked_or_those_that_fall_in_it(
    length: int, is_open: bool, asked: int, needed: int
) -> None:
    """The work begins on the 29th of a month of 31 days: three of its days fall in that month."""
    start = date(2027, 1, 29)
    request = make_request(
        start=start,
        end=start + timedelta(length - 1),
        days_per_month=asked,
        dates_are_open=is_open,
    )
    gives = [make_mediator(availability=make_availability(days_per_month=needed - 1))]
    gives += [make_mediator(availability=make_availability(days_per_month=needed))]
    assert [judge(request, one) for one in gives] == [(NEAR, ["A4"]), (LISTED, [])]


def test_of_several_under_way_the_one_that_came_furthest_is_cited() -> None:
    early = Accreditation("nwm", "self_declared", None, TODAY + days(300))
    far = Accreditation("mwmn", "interviewed", None, TODAY + days(30))
    for order in ((early, far), (far, early)):
        (reason,) = ask(make_request(), make_mediator(accreditations=order)).reasons(1)
        assert (reason.code, reason.facts["network"]) == ("V1", "mwmn")


def test_an_accreditation_off_the_steps_is_cited_where_there_is_no_other() -> None:
    withdrawn = Accreditation("nwm", "withdrawn", None, TODAY + days(300))
    (reason,) = ask(make_request(), make_mediator(accreditations=(withdrawn,))).reasons(1)
    assert (reason.code, reason.facts["network"], reason.facts["state"]) == (
        "V1",
        "nwm",
        "withdrawn",
    )
