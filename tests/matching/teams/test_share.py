"""The women's share: its arithmetic, whatever the result."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from matching.facts import TeamRules
from matching.teams import ShareSum, count_share


@pytest.mark.parametrize(
    ("women", "men", "posts", "least", "most", "sums", "is_impossible"),
    [
        # (W + w) / (M + W + P): 2 of 5, 3 of 5, 4 of 5 …
        (2, 1, 2, 60, None, [("men", Fraction(4, 5), 1, 2)], False),
        (0, 6, 2, 40, None, [("men", Fraction(2, 8), None, 2)], True),
        (0, 6, 4, 40, None, [("men", Fraction(4, 10), 4, 4)], False),
        (5, 0, 2, None, 70, [("men", Fraction(7, 7), None, None)], True),
        (3, 1, 2, 50, 60, [("men", Fraction(5, 6), 0, 0)], False),
        (1, 1, 1, 40, 60, [("men", Fraction(2, 3), 1, 0)], True),
        (0, 0, 3, 100, None, [("men", Fraction(1), 3, 3)], False),
    ],
)
def test_the_least_number_of_women_reaches_the_target_and_the_most_keeps_the_bound(
    women: int,
    men: int,
    posts: int,
    least: int | None,
    most: int | None,
    sums: list[tuple[str, Fraction, int | None, int | None]],
    is_impossible: bool,
) -> None:
    rules = TeamRules(present_women=women, present_men=men, least_share=least, most_share=most)
    found = count_share(rules, posts)
    assert (found.women, found.men, found.posts, found.least, found.most) == (
        women, men, posts, least, most,
    )  # fmt: skip
    assert found.sums == tuple(ShareSum(*one) for one in sums)
    assert found.is_impossible is is_impossible


def test_where_posts_may_stay_empty_both_sums_are_said_and_the_empty_one_binds() -> None:
    rules = TeamRules(present_women=1, present_men=2, least_share=50, unfilled="empty")
    found = count_share(rules, 3)
    assert found.sums == (
        ShareSum("empty", Fraction(4, 6), 1, 3),
        ShareSum("men", Fraction(4, 6), 2, 3),
    )
    assert not found.is_impossible


def test_where_every_post_goes_to_a_woman_the_upper_bound_may_forbid_it() -> None:
    rules = TeamRules(present_men=1, most_share=60, unfilled="refused")
    assert count_share(rules, 3).is_impossible
    assert not count_share(TeamRules(present_men=1, most_share=60), 3).is_impossible


def test_a_share_of_nobody_is_nothing_and_no_error() -> None:
    found = count_share(TeamRules(least_share=50, unfilled="empty"), 1)
    assert found.sums[0] == ShareSum("empty", Fraction(1), 1, 1)


def test_whether_a_share_can_be_reached_is_judged_by_the_sum_that_binds() -> None:
    bounds = TeamRules(present_women=1, present_men=1, least_share=40, most_share=60)
    assert count_share(bounds, 1).is_impossible
    assert not count_share(replace(bounds, unfilled="empty"), 1).is_impossible


def test_a_team_of_nobody_has_a_share_of_nothing_and_reaches_a_target_of_nothing() -> None:
    nobody = TeamRules(least_share=0, unfilled="empty")
    assert count_share(nobody, 1).sums[0] == ShareSum("empty", Fraction(1), 0, 1)
    assert count_share(nobody, 0).sums[0] == ShareSum("empty", Fraction(0), 0, 0)
