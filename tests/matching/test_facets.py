"""Counts beside the form equal the answers to the request so changed."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import (
    Columns,
    LanguageWish,
    Mediator,
    Nationality,
    Request,
    State,
    ThemeWish,
    Training,
    answer,
)
from matching.facets import Facet, Facets, count_facets, is_asked, toggle_facet
from tests.matching.builders import (
    NOW,
    TERMS,
    make_availability,
    make_language,
    make_mediator,
    make_post,
    make_request,
)
from tests.matching.strategies import LANGUAGES, ROLES, THEMES, TRACKS, requests, rosters

VALUES = {"themes": THEMES, "languages": LANGUAGES, "roles": ROLES, "tracks": TRACKS}
SPANS = (
    (date(2027, 1, 11), date(2027, 1, 31)),
    (date(2027, 1, 4), date(2027, 1, 20)),
    (date(2027, 1, 20), date(2027, 3, 10)),
)


@settings(max_examples=60, deadline=None)
@given(rosters, requests, st.sets(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=4))
def test_every_count_equals_the_answer_to_the_request_so_changed(
    roster: list[Mediator], request: Request, pairs: set[tuple[int, int]]
) -> None:
    linked = [
        replace(woman, look_alikes=frozenset(two for one, two in pairs if one == woman.id))
        for woman in roster
    ]
    columns = Columns.build(linked, TERMS)
    asked = replace(request, posts=request.posts[:1])

    def count(changed: Request) -> int:
        return answer(columns, changed, NOW, limit=0).counts[State.LISTED]

    post = asked.posts[0]
    expected = [
        Facet(
            name,
            code,
            is_asked(post, name, code),
            count(replace(asked, posts=(toggle_facet(post, name, code),))),
        )
        for name, codes in VALUES.items()
        for code in codes
    ]
    expected += [
        Facet(
            "dates",
            span,
            span == (asked.start, asked.end),
            count(replace(asked, start=span[0], end=span[1])),
        )
        for span in SPANS
    ]
    assert count_facets(columns, asked, NOW, VALUES, SPANS) == Facets(count(asked), tuple(expected))


def test_a_value_not_asked_is_put_in_and_one_asked_is_taken_out() -> None:
    post = make_post(
        themes=(ThemeWish(("ceasefire",)),),
        languages=(LanguageWish(("eng", "fra")),),
        tracks=("I", "II"),
    )
    assert toggle_facet(post, "themes", "borders").themes == (
        ThemeWish(("ceasefire",)),
        ThemeWish(("borders",)),
    )
    assert toggle_facet(post, "themes", "ceasefire").themes == ()
    assert toggle_facet(post, "languages", "fra").languages == (LanguageWish(("eng",)),)
    assert toggle_facet(post, "tracks", "I").tracks == ("II",)
    assert toggle_facet(post, "roles", "observer").roles == ("observer",)
    for code in ("I", "III"):
        assert toggle_facet(toggle_facet(post, "tracks", code), "tracks", code).tracks in (
            ("I", "II"),
            ("II", "I"),
        )


def test_a_role_that_bars_nationals_of_a_party_is_counted_so() -> None:
    citizen = make_mediator(1, nationalities=(Nationality("SSD"),))
    columns = Columns.build([citizen, make_mediator(2)], TERMS)
    request = make_request(make_post(tracks=("I",)))
    assert count_facets(columns, request, NOW, {"roles": ("co_mediator",)}) == Facets(
        2, (Facet("roles", "co_mediator", False, 1),)
    )


def test_a_training_that_lapses_before_other_dates_is_counted_so() -> None:
    lapses = make_mediator(1, trainings=(Training("security", date(2027, 1, 15)),))
    columns = Columns.build([lapses], TERMS)
    request = make_request(make_post(trainings=("security",)))
    later = (date(2027, 1, 16), date(2027, 1, 31))
    assert count_facets(columns, request, NOW, {}, [later]) == Facets(
        1, (Facet("dates", later, False, 0),)
    )


def test_fewer_days_in_a_month_on_other_dates_are_counted_so() -> None:
    """Three months ask twenty days each; of five days in all no month needs more than five."""
    short = (date(2027, 1, 11), date(2027, 1, 15))
    women = [
        make_mediator(number, availability=make_availability(days_per_month=gives))
        for number, gives in ((1, 4), (2, 5), (3, 20))
    ]
    request = make_request(start=date(2027, 1, 1), end=date(2027, 3, 31), days_per_month=20)
    found = count_facets(Columns.build(women, TERMS), request, NOW, {}, [short])
    assert found == Facets(1, (Facet("dates", short, False, 2),))


def test_two_who_may_be_one_woman_are_counted_once() -> None:
    women = [make_mediator(1), make_mediator(2, look_alikes=frozenset({1})), make_mediator(3)]
    columns = Columns.build(women, TERMS)
    request = make_request(make_post(themes=(ThemeWish(("borders",)),)))
    assert count_facets(columns, request, NOW, {"themes": ("borders",)}) == Facets(
        0, (Facet("themes", "borders", True, 2),)
    )


def test_counts_are_of_one_post_with_known_facets_at_an_aware_instant() -> None:
    columns = Columns.build([make_mediator(languages=(make_language("eng"),))], TERMS)
    two = make_request(make_post(), make_post(code="other"))
    with pytest.raises(ValueError, match="one post"):
        count_facets(columns, two, NOW, {})
    with pytest.raises(ValueError, match="no facet"):
        count_facets(columns, make_request(), NOW, {"networks": ("nwm",)})
    with pytest.raises(ValueError, match="aware"):
        count_facets(columns, make_request(), NOW.replace(tzinfo=None), {})
