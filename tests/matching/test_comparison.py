"""A against B: signed differences that sum to the gap, and what decided."""

from itertools import combinations

import pytest
from hypothesis import given, settings

from matching import (
    Columns,
    LanguageWish,
    Mediator,
    Request,
    Skill,
    StaleAnswerError,
    ThemeWish,
    answer,
)
from matching.comparison import Decision, compare
from tests.matching.builders import (
    NOW,
    TERMS,
    ask,
    days,
    make_language,
    make_mediator,
    make_post,
    make_request,
)
from tests.matching.strategies import requests, rosters

WISHES = make_post(
    themes_nice=(ThemeWish(("borders",)),),
    languages_nice=(LanguageWish(("fra",)),),
)


@settings(max_examples=60, deadline=None)
@given(rosters, requests)
def test_differences_sum_to_the_gap_and_the_one_ahead_stands_before(
    roster: list[Mediator], request: Request
) -> None:
    found = answer(Columns.build(roster, TERMS), request, NOW, limit=None)
    for post in request.posts:
        standing = [one for one in (*found.listed, *found.near_misses) if one.post == post.code]
        for better, worse in combinations(standing, 2):
            one = compare(found, worse.mediator_id, better.mediator_id, post.code)
            gap = round(worse.points * 100) - round(better.points * 100)
            assert sum(round(each.points * 100) for each in one.differences) == gap
            assert round(one.gap * 100) == gap
            assert one.ahead == better.mediator_id
            assert one.missing == (worse.missing, better.missing)
            said = {(each.criterion, each.wish): each.first.points for each in one.differences}
            assert said == {
                (each.criterion, each.wish): each.points
                for each in worse.evidence
                if not each.is_hard
            }
            other = compare(found, better.mediator_id, worse.mediator_id, post.code)
            assert (other.ahead, other.decided_by, other.gap) == (
                one.ahead,
                one.decided_by,
                -one.gap,
            )


def test_the_largest_difference_is_said_first_with_the_evidence_of_both() -> None:
    first = make_mediator(1, themes=(Skill("borders"),), languages=())
    second = make_mediator(2, themes=(), languages=(make_language("fra", level=3),))
    one = compare(ask(make_request(WISHES), first, second), 1, 2, "post")
    assert [(each.criterion, each.points) for each in one.differences if each.points] == [
        ("themes_nice", 15.0),
        ("languages_nice", -7.5),
    ]
    assert (one.ahead, one.decided_by, one.gap) == (1, Decision.POINTS, 7.5)
    assert [one.differences[0].first.facts["found"], one.differences[0].second.facts["found"]] == [
        "borders",
        None,
    ]


@pytest.mark.parametrize(
    ("first", "second", "decision", "ahead"),
    [
        (None, NOW - days(9), Decision.NEVER_PROPOSED, 1),
        (NOW - days(9), NOW - days(3), Decision.LONGER_WAIT, 1),
        (NOW - days(3), None, Decision.NEVER_PROPOSED, 2),
    ],
)
def test_a_tie_says_the_rule_that_decided(
    first: object, second: object, decision: Decision, ahead: int
) -> None:
    women = [make_mediator(1, last_proposed_at=first), make_mediator(2, last_proposed_at=second)]
    one = compare(ask(make_request(), *women), 1, 2, "post")
    assert (one.decided_by, one.ahead, one.gap) == (decision, ahead, 0.0)


def test_equal_in_all_that_counts_is_decided_by_lot() -> None:
    found = ask(make_request(), make_mediator(1), make_mediator(2))
    one = compare(found, 1, 2, "post")
    assert (one.decided_by, one.ahead) == (Decision.LOT, found.listed[0].mediator_id)


def test_who_fits_stands_before_a_near_miss_whatever_the_points() -> None:
    fits = make_mediator(1, themes=())
    near = make_mediator(2, themes=(Skill("borders"),), availability=None)
    one = compare(ask(make_request(WISHES), near, fits), 2, 1, "post")
    assert (one.decided_by, one.ahead, one.gap > 0) == (Decision.STATE, 1, True)
    assert (one.missing[0].code if one.missing[0] else "", one.missing[1]) == ("A1", None)


def test_only_two_who_stand_for_the_post_are_compared() -> None:
    columns = Columns.build(
        [make_mediator(1), make_mediator(2), make_mediator(3, is_suspended=True)], TERMS
    )
    found = answer(columns, make_request(), NOW)
    for first, second, post in ((1, 3, "post"), (1, 9, "post"), (1, 1, "post"), (1, 2, "other")):
        with pytest.raises(ValueError):
            compare(found, first, second, post)
    columns.apply(make_mediator(4))
    with pytest.raises(StaleAnswerError):
        compare(found, 1, 2, "post")
