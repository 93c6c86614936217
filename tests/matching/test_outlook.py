"""The picture of days to come says what the engine says when it is asked on each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Consent, Mediator, Post, Request, Verdict, look_ahead
from tests.matching.builders import NOW, TERMS, TODAY, ask, days, make_availability, make_mediator
from tests.matching.strategies import Dice, seeds
from tests.work import least_seconds

YEAR = 365
Told = tuple[int, int, str, Verdict, str]


def days_from(now: datetime, count: int) -> list[tuple[date, datetime]]:
    """The days of a calendar in UTC: today asked now, every other at its first instant."""
    midnight = datetime.combine(now.date(), datetime.min.time(), UTC)
    return [
        (now.date() + days(number), midnight + days(number) if number else now)
        for number in range(count)
    ]


def tell(mediator: Mediator, count: int = YEAR) -> list[Told]:
    """Spans as days from today: first, last, gate, verdict, code."""
    return [
        (
            (span.first - TODAY).days,
            (span.last - TODAY).days,
            span.evidence.criterion,
            span.evidence.verdict,
            span.evidence.code,
        )
        for span in look_ahead(mediator, TERMS, days_from(NOW, count))
    ]


def woman(**changes: Any) -> Mediator:
    """With consents for two years, so that her time alone decides."""
    lasting = tuple(Consent(purpose, NOW + days(800)) for purpose in ("matching", "card"))
    return make_mediator(consents=lasting, **changes)


def free(**changes: Any) -> Mediator:
    return woman(availability=make_availability(**changes))


FREE = ("freshness", Verdict.PASS, "")
ENDED = ("freshness", Verdict.UNKNOWN, "A1")
OUTSIDE = ("window", Verdict.FAIL, "A2")
PAUSED = ("pause", Verdict.FAIL, "P4")
SPANS: list[tuple[Mediator, list[Told]]] = [
    (free(), [(0, 80, *FREE), (81, 364, *ENDED)]),
    (free(valid_until=NOW), [(0, 364, *ENDED)]),
    (free(status="unknown"), [(0, 80, *ENDED), (81, 364, *ENDED)]),  # two reasons
    (free(confirmed_by="import"), [(0, 364, *ENDED)]),
    (woman(availability=None), [(0, 364, *ENDED)]),
    (
        free(status="partly"),
        [(0, 80, "freshness", Verdict.FLAG, ""), (81, 364, *ENDED)],
    ),
    (
        free(window_from=TODAY + days(5), window_to=TODAY + days(9)),
        [(0, 4, *OUTSIDE), (5, 9, *FREE), (10, 80, *OUTSIDE), (81, 364, *ENDED)],
    ),
    (
        free(status="on_assignment", window_from=None, window_to=TODAY + days(9)),
        [(0, 9, *OUTSIDE), (10, 80, "window", Verdict.UNKNOWN, "A2"), (81, 364, *ENDED)],
    ),
    (
        replace(free(), paused_until=NOW + days(20)),
        [(0, 20, *PAUSED), (21, 80, *FREE), (81, 364, *ENDED)],
    ),
    (replace(free(), is_hidden=True), [(0, 364, "consent", Verdict.FAIL, "P1")]),
    (
        replace(free(), consents=(Consent("matching", NOW + days(800)), Consent("card", NOW))),
        [(0, 364, "consent", Verdict.FAIL, "P1")],
    ),
]


@pytest.mark.parametrize(("mediator", "spans"), SPANS)
def test_the_coming_year_is_told_in_spans(mediator: Mediator, spans: list[Told]) -> None:
    assert tell(mediator) == spans


def test_a_leap_day_is_a_day_like_others() -> None:
    leap = date(2028, 2, 29)
    asked = datetime(2028, 2, 1, tzinfo=UTC)
    mediator = make_mediator(
        consents=tuple(Consent(purpose, asked + days(900)) for purpose in ("matching", "card")),
        availability=make_availability(
            valid_until=asked + days(90), window_from=leap, window_to=leap
        ),
    )

    spans = look_ahead(mediator, TERMS, days_from(asked, 40))

    assert [(span.first, span.last, span.evidence.code) for span in spans] == [
        (date(2028, 2, 1), date(2028, 2, 28), "A2"),
        (leap, leap, ""),
        (date(2028, 3, 1), date(2028, 3, 11), "A2"),
    ]


def test_what_decides_brings_its_facts() -> None:
    span = look_ahead(free(), TERMS, days_from(NOW, YEAR))[-1]

    assert (span.evidence.facts["why"], span.evidence.facts["valid_until"]) == (
        "expired",
        NOW + days(80),
    )


def throw_woman(seed: int) -> Mediator:
    """Somebody whose dates fall anywhere in the coming weeks, at any time of day."""
    dice = Dice(seed)

    def moment() -> datetime:
        return NOW + timedelta(minutes=dice.number(-2 * 1440, 70 * 1440))

    statement = make_availability(
        status=dice.pick("available", "available", "partly", "on_assignment", "unavailable"),
        confirmed_by=dice.pick("self", "self", "coordinator", "import"),
        valid_until=dice.pick(moment(), NOW + days(dice.number(0, 60))),
        window_from=dice.maybe(dice.day(-10, 40)),
        window_to=dice.maybe(dice.day(40, 70)),
        longest_stay_days=dice.maybe(dice.number(1, 9)),
    )
    return make_mediator(
        is_hidden=dice.chance(0.05),
        paused_until=dice.pick(None, moment(), NOW + days(dice.number(0, 60))),
        consents=tuple(Consent(p, NOW + days(dice.number(-1, 200))) for p in ("matching", "card")),
        availability=None if dice.chance(0.05) else statement,
    )


@settings(max_examples=60, deadline=None)
@given(seeds, st.lists(st.integers(0, 74), min_size=4, max_size=8))
def test_on_any_day_the_engine_says_the_same(seed: int, places: list[int]) -> None:
    mediator, asked = throw_woman(seed), days_from(NOW, 75)
    spans = look_ahead(mediator, TERMS, asked)
    edges = [(day - TODAY).days for span in spans for day in (span.first, span.last)]

    for place in {*places, *edges}:
        day, moment = asked[place]
        span = next(span for span in spans if span.first <= day <= span.last)
        request = Request("R-1", day, day, (Post("post"),), accreditation_floor="none")
        reasons = ask(request, mediator, now=moment).reasons(mediator.id)
        said = [span.evidence] if span.evidence.verdict < Verdict.PASS else []
        assert [one.code for one in reasons[:1]] == [one.code for one in said]
        assert [one.verdict for one in reasons[:1]] == [one.verdict for one in said]


@given(seeds)
@settings(max_examples=60, deadline=None)
def test_spans_follow_one_another_without_gap_and_differ(seed: int) -> None:
    spans = look_ahead(throw_woman(seed), TERMS, days_from(NOW, YEAR))

    assert (spans[0].first, spans[-1].last) == (TODAY, TODAY + days(YEAR - 1))
    for one, other in zip(spans, spans[1:], strict=False):
        assert other.first == one.last + days(1)
        assert one.evidence != other.evidence


def test_where_another_statement_takes_over_what_goes_on_is_one_span() -> None:
    asked = days_from(NOW, 40)
    own = free(window_to=TODAY + days(4), valid_until=NOW + days(9))
    by_phone = free(
        confirmed_by="coordinator", window_from=TODAY + days(20), valid_until=NOW + days(30)
    )

    spans = look_ahead(by_phone, TERMS, asked[10:], look_ahead(own, TERMS, asked[:10]))

    assert [
        ((span.first - TODAY).days, (span.last - TODAY).days, span.evidence.code) for span in spans
    ] == [(0, 4, ""), (5, 19, "A2"), (20, 30, ""), (31, 39, "A1")]


def test_no_days_no_spans() -> None:
    assert look_ahead(free(), TERMS, []) == ()


def test_a_year_is_told_in_less_than_a_twentieth_of_a_second() -> None:
    mediator, asked = free(window_from=TODAY + days(5)), days_from(NOW, YEAR)
    assert least_seconds(lambda: look_ahead(mediator, TERMS, asked)) < 0.05
