"""Sets of rows as bits say what sets of numbers say, be they few or many among few or many."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from matching.bits import (
    WORD,
    count,
    fill,
    find_at_most,
    gather,
    gather_if,
    is_in,
    list_rows,
    pack,
    spread,
    widen,
)
from matching.misses import Misses
from matching.tables import count_up, is_everybody

WORDS = st.integers(1, 12)


@st.composite
def draw_rows(draw: st.DrawFn) -> tuple[set[int], int]:
    """Rows of some words: hardly anybody, a block of them, or most."""
    words = draw(WORDS)
    last = words * WORD - 1
    begin = draw(st.integers(0, last))
    few = draw(st.sets(st.integers(0, last), max_size=8))
    some = set(range(begin, draw(st.integers(begin, last)) + 1))
    return draw(st.sampled_from([few, some, few | some, some - few, set()])), words


@given(draw_rows())
def test_a_set_of_rows_is_read_as_it_was_gathered(drawn: tuple[set[int], int]) -> None:
    rows, words = drawn
    rising = np.array(sorted(rows), np.int64)
    everybody = np.arange(words * WORD)
    gathered = gather(rising, words)
    assert list_rows(gathered).tolist() == sorted(rows)
    assert count(gathered) == len(rows)
    truths = np.isin(everybody, rising)
    assert np.array_equal(pack(truths, words), gathered)
    assert np.array_equal(spread(gathered, len(everybody)), truths)
    assert np.array_equal(is_in(gathered, everybody), truths)
    assert np.array_equal(gather_if(truths, everybody, words), gathered)
    assert np.array_equal(
        gather_if(rising % 3 == 0, rising, words), gather(rising[rising % 3 == 0], words)
    )
    assert list_rows(widen(gathered, words + 2)).tolist() == sorted(rows)


@given(st.integers(0, 200))
def test_everybody_is_known_by_where_the_rows_come_from(size: int) -> None:
    everybody = count_up(size)
    assert everybody.tolist() == list_rows(fill(size, 4)).tolist() == list(range(size))
    assert is_everybody(everybody) and is_everybody(count_up(size))
    assert not is_everybody(np.arange(size))
    assert not is_everybody(everybody[np.arange(size)[::-1]])


@given(
    st.lists(st.sets(st.integers(0, 70)), max_size=6),
    st.integers(0, 4),
    st.sets(st.integers(0, 70)),
)
def test_who_is_in_few_sets_is_found_as_by_counting(
    sets: list[set[int]], most: int, among: set[int]
) -> None:
    bits = [gather(np.array(sorted(one), np.int64), 2) for one in sets]
    found = find_at_most(bits, most, gather(np.array(sorted(among), np.int64), 2))
    assert list_rows(found).tolist() == sorted(
        row for row in among if sum(row in one for one in sets) <= most
    )


@given(st.lists(st.sets(st.integers(0, 4)), max_size=40))
def test_who_misses_no_other_criteria_is_counted_as_one_by_one(women: list[set[int]]) -> None:
    """Of each woman the criteria that she misses."""
    passes = [np.array([place not in one for one in women], np.bool_) for place in range(5)]
    misses = Misses.count(passes, len(women))
    allowed = [one for size in range(6) for one in combinations(range(5), size)]
    allowed.append((1, 1, 3))
    assert misses.count_within(allowed).tolist() == [
        sum(missed <= set(one) for missed in women) for one in allowed
    ]
    assert misses.count_within([]).tolist() == []
