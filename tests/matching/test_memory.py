"""What is kept of earlier answers never shows: every answer is that of a roster that was asked nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from matching import (
    Accreditation,
    Answer,
    Columns,
    Interest,
    Mediator,
    Party,
    State,
    answer,
    count_facets,
    count_fits,
    preview,
    relax,
)
from matching.memory import MOST_SHARES, MOST_VERDICTS, Kept, Shelf
from tests.matching.builders import NOW, TERMS, TODAY, days, make_mediator, make_request
from tests.matching.strategies import make_random_mediator, make_random_request

SEEDS = st.integers(0, 2**30)
ASKED = st.integers(1, 12)
"""Few requests, so that each is asked again."""
IDS = st.integers(0, 14)
VALUES = {
    "themes": ("ceasefire", "gender_inclusion"),
    "languages": ("fra", "arb"),
    "roles": ("facilitator", "lead_mediator"),
    "tracks": ("I", "III"),
}
LATER = st.sampled_from(
    [timedelta(seconds=1), timedelta(hours=7), timedelta(days=1), timedelta(days=40)]
)


def tell(found: Answer) -> dict[str, Any]:
    """All that an answer says."""
    return {
        "counts": found.counts,
        "states": found.states,
        "funnel": found.funnel,
        "listed": found.listed,
        "near misses": found.near_misses,
        "advice": [
            relax(found, post.code, wanted=count_fits(found, post.code) + 1)
            for post in found.request.posts
        ],
    }


class RosterThatIsAsked(RuleBasedStateMachine):
    """Women come, change and go, time goes on, and the same requests are asked again."""

    @initialize(seeds=st.lists(SEEDS, min_size=4, max_size=10))
    def begin(self, seeds: list[int]) -> None:
        self.women: dict[int, Mediator] = {
            number: make_random_mediator(seed, number) for number, seed in enumerate(seeds)
        }
        self.columns = Columns.build(self.women.values(), TERMS)
        self.now = NOW

    @rule(number=IDS, seed=SEEDS)
    def change(self, number: int, seed: int) -> None:
        self.women[number] = make_random_mediator(seed, number)
        self.columns.apply(self.women[number])

    @rule(seeds=st.lists(SEEDS, min_size=9, max_size=14))
    def change_many(self, seeds: list[int]) -> None:
        changed = {number: make_random_mediator(seed, number) for number, seed in enumerate(seeds)}
        self.women |= changed
        self.columns.load(changed.values())

    @rule(number=IDS)
    def remove(self, number: int) -> None:
        if self.women.pop(number, None):
            self.columns.remove(number)

    @rule(pause=LATER, is_back=st.booleans())
    def let_time_pass(self, pause: timedelta, is_back: bool) -> None:
        self.now += -pause if is_back else pause

    @rule(asked=ASKED)
    def ask(self, asked: int) -> None:
        request = make_random_request(asked)
        fresh = Columns.build(self.women.values(), TERMS)
        found = answer(self.columns, request, self.now)
        assert tell(found) == tell(answer(fresh, request, self.now))

    @rule(asked=ASKED)
    def ask_for_a_preview(self, asked: int) -> None:
        request = make_random_request(asked)
        seen = preview(self.columns, request, self.now, limit=3)
        fresh = Columns.build(self.women.values(), TERMS)
        found = answer(fresh, request, self.now, limit=3)
        listed = [(one.post, one.mediator_id, one.points) for one in found.listed]
        first = [(post.post, one.mediator_id, one.points) for post in seen for one in post.first]
        assert first == listed
        fits = {int(one) for post in seen for one in post.fits}
        assert fits == set(found.list_ids(State.LISTED))

    @rule(asked=ASKED)
    def count_the_values_of_a_form(self, asked: int) -> None:
        request = make_random_request(asked)
        one_post = replace(request, posts=request.posts[:1])
        spans = [(request.start + days(1), request.end + days(1))]
        fresh = Columns.build(self.women.values(), TERMS)
        seen, found = (
            count_facets(columns, one_post, self.now, VALUES, spans)
            for columns in (self.columns, fresh)
        )
        assert seen == found

    @invariant()
    def everybody_is_found_by_her_id(self) -> None:
        if hasattr(self, "women"):
            assert len(self.columns) == len(self.women)
            assert all(self.columns.mediator(one) == self.women[one] for one in self.women)


TestRosterThatIsAsked = RosterThatIsAsked.TestCase
TestRosterThatIsAsked.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)


def test_a_day_that_comes_and_a_month_that_begins_are_noticed() -> None:
    """Her accreditation lapses in three days; what she said of her time is of last month in ten."""
    lapses = Accreditation("nwm", "accredited", date(2026, 1, 5), TODAY + days(3))
    lasts = make_mediator(2)
    columns = Columns.build([make_mediator(1, accreditations=(lapses,)), lasts], TERMS)
    request = make_request()
    seen = [answer(columns, request, NOW + days(day)) for day in (0, 1, 5, 40, 1)]
    assert [one.state(1) for one in seen] == [
        State.LISTED,
        State.LISTED,
        State.NEAR_MISS,
        State.NEAR_MISS,
        State.LISTED,
    ]
    points = [{one.mediator_id: one.points for one in found.listed}[2] for found in seen]
    assert points[0] > points[3] and points[4] == points[1]


def test_what_is_said_for_one_request_alone_is_said_of_no_other() -> None:
    """A side objects to the first, a vetter clears the second, the third is put forward."""
    held = make_mediator(2, interests=(Interest("kin", "SSD"),))
    hidden = make_mediator(3, safety_class=3)
    columns = Columns.build([make_mediator(1), held, hidden], TERMS)
    common = make_request(parties=(Party("gov", "SSD"),))
    one = replace(
        common,
        objected=frozenset({1}),
        cleared=frozenset({2}),
        put_forward=frozenset({3}),
    )
    seen = [answer(columns, request, NOW).states for request in (one, common, one)]
    listed, excluded, hidden_away = State.LISTED, State.EXCLUDED, State.NOT_VISIBLE
    alone, others = {1: excluded, 2: listed, 3: listed}, {1: listed, 2: excluded, 3: hidden_away}
    assert seen == [alone, others, alone]


def test_the_points_of_a_preview_are_those_of_the_evidence() -> None:
    women = [make_random_mediator(seed, seed) for seed in range(200)]
    columns = Columns.build(women, TERMS)
    compared: Counter[bool] = Counter()
    for seed in range(60):
        request = make_random_request(seed)
        found = answer(columns, request, NOW, limit=5)
        soft = [
            [(e.criterion, e.wish, round(e.points * 100)) for e in one.evidence if not e.is_hard]
            for one in found.listed
        ]
        seen = [
            [
                (e.preference, e.wish, points)
                for e, points in zip(post.wishes, one.earned, strict=True)
            ]
            for post in preview(columns, request, NOW, limit=5)
            for one in post.first
        ]
        assert seen == soft
        compared[bool(soft)] += 1
    assert compared[True] > 10


def test_what_is_kept_is_bounded_however_many_wishes_are_asked() -> None:
    women = [make_random_mediator(seed, seed) for seed in range(30)]
    columns = Columns.build(women, TERMS)
    for seed in range(400):
        answer(columns, make_random_request(seed), NOW, limit=1)
    kept = columns.memory
    assert MOST_VERDICTS / 2 < len(list(kept.verdicts)) <= MOST_VERDICTS
    assert MOST_SHARES / 2 < len(list(kept.shares)) <= MOST_SHARES


def test_a_shelf_lets_go_of_what_was_longest_not_asked() -> None:
    shelf: Shelf[Kept] = Shelf(2)
    kept = {wish: Kept({}, 0, 9, np.zeros(1, np.uint64)) for wish in "abc"}
    for wish in "ab":
        shelf.add(wish, kept[wish])
    assert shelf.find("a", SimpleNamespace(instant=8)) is kept["a"]
    shelf.add("c", kept["c"])
    assert [one is kept[wish] for one, wish in zip(shelf, "ac", strict=True)] == [True, True]


def test_what_is_kept_holds_for_what_was_read_and_between_its_instants_alone() -> None:
    """What was not read may differ; what was read of request, post or day may not."""
    kept = Kept({("request", "start"): 1, ("asking", "today"): 2}, 5, 9, np.zeros(1, np.uint64))

    def ask(instant: int, start: int, today: int) -> SimpleNamespace:
        request = SimpleNamespace(start=start, end=instant)
        return SimpleNamespace(instant=instant, request=request, today=today)

    held = {asked: kept.rests_on(ask(*asked)) for asked in product((4, 5, 8, 9), (1, 2), (2, 3))}
    assert [asked for asked, holds in held.items() if holds] == [(5, 1, 2), (8, 1, 2)]
    kept.narrow({("request", "end"): 8}, 0, 7)
    assert not kept.rests_on(ask(8, 1, 2)) and not kept.rests_on(ask(5, 1, 2))
    kept.narrow({}, 6, 9)
    assert not kept.rests_on(ask(5, 1, 2))
    nothing_read = Kept({}, 5, 9, np.zeros(1, np.uint64))
    assert nothing_read.rests_on(ask(5, 7, 7)) and not nothing_read.rests_on(ask(9, 7, 7))
