"""Who of the first places leaves them under a weight a tenth more or less: against a plain sweep."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import (
    Columns,
    Evidence,
    Lean,
    Verdict,
    answer,
    find_fragility,
    judge_steadiness,
)
from matching.fragility import count_hundredths
from matching.weights import PUBLISHED
from tests.matching.builders import NOW, TERMS, make_request
from tests.matching.strategies import seeds
from tests.matching.test_fragility import WISHES, make_rival

People = list[tuple[Evidence, ...]]


def sweep(people: People, first: int, name: str, *, is_more: bool) -> set[int]:
    """Places out of the first under any value of one weight, with whole lists sorted anew."""
    of_name = [[one for one in each if one.criterion == name] for each in people]
    others = [
        sum(round(one.points * 100) for one in each if one.criterion != name) for each in people
    ]
    weight, wishes = PUBLISHED.by_preference()[name], len(of_name[0])
    now = count_hundredths(weight, wishes)
    limit = count_hundredths(weight * (1.1 if is_more else 0.9), wishes)
    leaves: set[int] = set()
    for value in range(min(now, limit), max(now, limit) + 1):
        points = [
            rest + sum(round(one.points / one.out_of * value) for one in each)
            for rest, each in zip(others, of_name, strict=True)
        ]
        order = sorted(range(len(people)), key=lambda place: (-points[place], place))
        leaves |= set(range(min(first, len(people)))) - set(order[:first])
    return leaves


@settings(max_examples=20, deadline=None)
@given(st.lists(seeds, min_size=2, max_size=8), st.integers(1, 4))
def test_leaving_is_that_of_a_plain_sweep_over_the_points_that_were_kept(
    drawn: list[int], first: int
) -> None:
    roster = [make_rival(seed, number) for number, seed in enumerate(drawn, 1)]
    found = answer(Columns.build(roster, TERMS), make_request(WISHES), NOW, limit=None)
    people = [one.evidence for one in found.listed]
    said = judge_steadiness(people, first)
    names = dict.fromkeys(one.criterion for one in people[0] if one.out_of)
    assert said == tuple(
        tuple(
            Lean(name, is_more)
            for name in names
            for is_more in (False, True)
            if place in sweep(people, first, name, is_more=is_more)
        )
        for place in range(min(first, len(people)))
    )
    fragile = set(find_fragility(found, "post", first).fragile)
    ties = len({one.points for one in found.listed}) < len(people)
    assert ties or {lean.preference for each in said for lean in each} <= fragile


def make_card(**points: float) -> tuple[Evidence, ...]:
    """Points of single wishes by preference, out of their published weights."""
    gate = Evidence("language", Verdict.PASS)
    weights = PUBLISHED.by_preference()
    wishes = (
        Evidence(name, Verdict.PASS, is_hard=False, points=each, out_of=weights[name])
        for name, each in points.items()
    )
    return gate, *wishes


def test_who_is_passed_when_one_wish_weighs_more_leaves_and_the_others_stay() -> None:
    people = [
        make_card(themes_nice=15, languages_nice=7.5),
        make_card(themes_nice=15, languages_nice=0),
        make_card(themes_nice=0, languages_nice=14.5),
    ]
    assert judge_steadiness(people, 2) == (
        (),
        (Lean("themes_nice", False), Lean("languages_nice", True)),
    )


def test_with_no_more_people_than_places_nobody_leaves() -> None:
    people = [make_card(themes_nice=15), make_card(themes_nice=15)]
    assert judge_steadiness(people, 2) == ((), ())
    assert judge_steadiness(people, 5) == ((), ())
    assert judge_steadiness([], 5) == ()


def test_equal_points_under_another_weight_keep_the_order_given() -> None:
    people = [make_card(themes_nice=15), make_card(themes_nice=15), make_card(themes_nice=0)]
    assert judge_steadiness(people, 1) == ((),)


def test_who_leaves_on_the_way_and_is_back_at_a_tenth_has_left() -> None:
    falls = make_card(themes_nice=0, languages_nice=15, places_nice=2.9)
    leaves = make_card(themes_nice=7.5, languages_nice=10, places_nice=0)
    rises = make_card(themes_nice=15, languages_nice=2.4, places_nice=0)
    _, leans = judge_steadiness([falls, leaves, rises], 2)
    assert Lean("themes_nice", True) in leans


def test_there_is_at_least_one_place() -> None:
    with pytest.raises(ValueError, match="one place"):
        judge_steadiness([make_card(themes_nice=15)], 0)
