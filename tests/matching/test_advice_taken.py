"""Advice that is taken gives what it said: the request asked less, and answered anew."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Columns, Mediator, Request, State, answer
from matching.changes import Change, apply_changes
from matching.relaxation import relax
from tests.matching.builders import (
    NOW,
    TERMS,
    ask,
    make_availability,
    make_mediator,
    make_request,
)
from tests.matching.strategies import requests, rosters

OPENED = Change("window", to=(("dates_are_open", True),))


@settings(max_examples=60, deadline=None)
@given(rosters, requests, st.integers(1, 4))
def test_after_a_change_no_fewer_fit_than_it_said(
    roster: list[Mediator], request: Request, wanted: int
) -> None:
    asked = replace(request, posts=request.posts[:1])
    columns = Columns.build(roster, TERMS)
    for one in relax(answer(columns, asked, NOW), asked.posts[0].code, wanted=wanted):
        if not one.added:
            taken = answer(columns, apply_changes(asked, one.changes), NOW, limit=0)
            assert taken.counts[State.LISTED] >= one.fits


def test_other_dates_are_no_advice_where_days_parted_over_two_months_could_fall_in_one() -> None:
    """Eight of twelve days fall in one month; on other dates all twelve may."""
    later = make_mediator(
        availability=make_availability(days_per_month=8, window_from=date(2027, 3, 1))
    )
    parted = make_request(start=date(2027, 1, 28), end=date(2027, 2, 8), days_per_month=20)
    whole = replace(parted, start=date(2027, 1, 11), end=date(2027, 1, 18))
    advice = [relax(ask(one, later), "post", wanted=1) for one in (parted, whole)]
    assert [[one.changes for one in each] for each in advice] == [[], [(OPENED,)]]
