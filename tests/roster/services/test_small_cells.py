"""Counts of women who are not shown single nobody out; the women's share is worked out exactly."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from roster.services.small_cells import FunnelRow, band_funnel, round_count
from roster.services.womens_share import work_out_share


def test_fewer_than_five_have_no_number_and_others_are_rounded_down_to_five() -> None:
    shown = [round_count(count) for count in (0, 1, 4, 5, 9, 10, 214)]
    assert shown == [None, None, None, 5, 5, 10, 210]


def test_gates_are_read_in_groups_and_protected_ones_never_by_themselves() -> None:
    steps = [
        {"gate": "suspension", "fell": 1},
        {"gate": "freshness", "fell": 7},
        {"gate": "notice", "fell": 6},
        {"gate": "accreditation", "fell": 3},
        {"gate": "held_interest", "fell": 8},
        {"gate": "look_alike", "fell": 2},
    ]
    assert band_funnel(steps, considered=31, listed=4) == [
        FunnelRow("availability", 10, 15, 100.0, 50.0),
        FunnelRow("accreditation", None, 15, 50.0, 50.0),
        FunnelRow("conflict", 10, 4, 50.0, 400 / 30),
    ]


def test_no_fewer_are_left_at_a_gate_than_are_listed_in_the_end() -> None:
    steps = [{"gate": "freshness", "fell": 11}, {"gate": "language", "fell": 2}]
    steps += [{"gate": "held_interest", "fell": 1}]
    rows = band_funnel(steps, considered=21, listed=7)
    assert [(row.gate, row.fell, row.left) for row in rows] == [
        ("availability", 10, 10),
        ("language", None, 7),
        ("conflict", None, 7),
    ]
    assert [row.left_share for row in rows] == [50.0, 35.0, 35.0]


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 12), st.integers(0, 100))
def test_the_women_needed_are_the_smallest_number_that_reaches_the_target(
    women: int, men: int, posts: int, target: int
) -> None:
    share = work_out_share(women=women, men=men, posts=posts, target=target)
    total, aim = women + men + posts, Fraction(target, 100)
    assert Fraction(women + share.needed, total) >= aim
    assert share.needed == 0 or Fraction(women + share.needed - 1, total) < aim
    assert share.is_reachable == (Fraction(women + posts, total) >= aim)
    reached = [
        filled
        for filled in range(posts + 1)
        if women + men + filled and Fraction(women + filled, women + men + filled) >= aim
    ]
    assert share.needed_if_empty == (reached[0] if reached else None)


@given(
    st.integers(0, 40),
    st.integers(0, 40),
    st.integers(1, 12),
    st.integers(0, 100),
    st.integers(0, 100),
)
def test_the_women_allowed_are_the_largest_number_that_keeps_the_upper_bound(
    women: int, men: int, posts: int, target: int, most: int
) -> None:
    share = work_out_share(women=women, men=men, posts=posts, target=target, most=most)
    shares = [Fraction(100 * (women + filled), women + men + posts) for filled in range(posts + 1)]
    kept = [filled for filled, reached in enumerate(shares) if reached <= most]
    assert share.allowed == (kept[-1] if kept else None)
    assert share.is_impossible == (not any(target <= reached <= most for reached in shares))


def test_without_an_upper_bound_only_the_target_can_be_out_of_reach() -> None:
    shares = [work_out_share(women=0, men=4, posts=1, target=target) for target in (20, 40)]
    assert [(one.allowed, one.is_impossible) for one in shares] == [(None, False), (None, True)]


def test_the_sum_of_the_example() -> None:
    share = work_out_share(women=2, men=4, posts=1, target=40)
    assert (share.needed, share.is_reachable) == (1, True)
    assert (share.before, share.after) == (2 / 6, 3 / 7)
