"""Two records that may be one woman: which of them stays, and whom that concerns at all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matching import Columns, Mediator, State, answer
from matching.criteria import Asking
from matching.look_alikes import LookAlikes, judge_look_alikes
from tests.matching.builders import (
    NOW,
    TERMS,
    ask,
    days,
    make_availability,
    make_mediator,
    make_request,
)

LISTED, NEAR, OUT = State.LISTED, State.NEAR_MISS, State.EXCLUDED


def like(number: int, *others: int, age: int = 10, by: str = "self") -> Mediator:
    said = make_availability(confirmed_at=NOW - days(age), confirmed_by=by)
    return make_mediator(number, look_alikes=frozenset(others), availability=said)


def list_kept(*women: Mediator, code: str = "R-1") -> list[int]:
    found = ask(make_request(code=code), *women)
    return sorted(number for number, state in found.states.items() if state == LISTED)


def test_of_two_coordinator_s_entries_the_fresher_one_stays_and_her_own_before_both() -> None:
    old, new = like(1, 2, age=9, by="coordinator"), like(2, age=3, by="coordinator")
    for order in ((old, new, like(3)), (new, old, like(3))):
        assert list_kept(*order) == [2, 3]
    assert list_kept(like(1, 2, age=60), like(2, age=1, by="coordinator")) == [1]


def test_an_own_statement_that_no_longer_counts_is_no_stronger_than_a_coordinator_s() -> None:
    expired = make_availability(confirmed_at=NOW - days(1), valid_until=NOW)
    by_phone = make_availability(
        confirmed_at=NOW - days(2), confirmed_by="coordinator", notice_days=60
    )
    older = replace(by_phone, confirmed_at=NOW - days(3), confirmed_by="self")
    one = make_mediator(1, look_alikes=frozenset({2}), availability=expired)
    assert ask(make_request(), one, make_mediator(2, availability=older)).states == {
        1: OUT,
        2: NEAR,
    }
    other = make_mediator(2, availability=by_phone)
    assert ask(make_request(), one, other).states == {1: NEAR, 2: OUT}


def test_between_equals_the_lot_of_the_request_decides_and_never_the_number() -> None:
    codes = [f"R-{number}" for number in range(40)]
    kept = [list_kept(like(1, 2), like(2), code=code) for code in codes]
    assert {one for (one,) in kept} == {1, 2}
    assert kept == [list_kept(like(2), like(1, 2), code=code) for code in codes]


def test_who_gave_way_to_one_makes_nobody_else_give_way() -> None:
    chain = like(1, age=1), like(2, 1, 3, age=2), like(3, age=3)
    assert list_kept(*chain, like(4)) == [1, 3, 4]
    middle = like(1, age=2), like(2, 1, 3, age=1), like(3, age=3)
    assert list_kept(*middle, like(4)) == [2, 4]


def test_only_pairs_of_which_both_are_asked_about_concern_anybody() -> None:
    women = like(1, 2), like(2, 3), like(3, 99), like(4, 5), like(5), like(6, 6)
    columns = Columns.build(women, TERMS)
    asking = Asking(make_request(), NOW, TERMS)
    rows = columns.rows()
    asked = rows[np.isin(columns.ids(rows), [1, 3, 4, 5, 6])]
    found = LookAlikes.among(columns, asked)
    assert columns.ids(found.rows).tolist() == [4, 5]
    assert columns.ids(asked[found.places]).tolist() == [4, 5]
    assert (found.ones.tolist(), found.others.tolist()) == ([0], [1])
    outcomes = judge_look_alikes(columns, asked, np.ones(len(asked), np.bool_), asking)
    assert [bool(one) for one in outcomes].count(True) == 1
    assert found.count_parted(columns, np.ones(len(asked), np.bool_), asking) == 1
    only_four = columns.ids(asked) == 4
    assert found.count_parted(columns, only_four, asking) == 0
    alone = LookAlikes.among(columns, rows[np.isin(columns.ids(rows), [1, 3, 6])])
    assert (alone.rows.tolist(), alone.places.tolist()) == ([], [])


def test_a_pair_that_was_taken_back_hides_no_other_pair() -> None:
    columns = Columns.build([like(number) for number in range(1, 6)], TERMS)
    for woman in (like(1, 2), like(3, 4, age=20), like(1)):
        columns.apply(woman)
    assert answer(columns, make_request(), NOW).list_ids(State.LISTED) == [1, 2, 4, 5]
