"""Columns taken of some rows say of these women what the whole columns say of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from matching import Columns
from matching.run import list_shares, make_plan
from matching.weights import PUBLISHED
from tests.matching.builders import NOW, TERMS
from tests.matching.strategies import make_random_mediator, make_random_request

SEEDS = st.integers(0, 2**30)


def judge_all(columns: Columns, rows: Any, seed: int) -> list[list[Any]]:
    """What each criterion and each preference says of these rows, and by which of her entries."""
    request = make_random_request(seed)
    plan = make_plan(columns, request, NOW)
    said = []
    for post, steps in zip(request.posts, plan.of_posts, strict=True):
        asking = plan.for_post(post)
        for step in (*plan.visibility, *(one for _, one in (*plan.of_request, *steps))):
            judged = step.judge(columns, rows, asking)
            table = step.criterion.table
            said.append([*judged.outcomes, *read(columns, table, judged.entries)])
        for share in list_shares(asking, PUBLISHED):
            points, scored = share.score(columns, rows, asking)
            said.append([*points, *read(columns, share.preference.table, scored.entries)])
    return said


def read(columns: Columns, table: str | None, entries: Any) -> list[Any]:
    if table is None or entries is None:
        return []
    return [None if entry < 0 else columns.tables[table].read(int(entry)) for entry in entries]


@settings(deadline=None, max_examples=60)
@given(st.lists(SEEDS, min_size=1, max_size=12), st.sets(st.integers(0, 11)), SEEDS)
def test_every_rule_says_of_taken_rows_what_it_says_of_them_among_all(
    seeds: list[int], removed: set[int], asked: int
) -> None:
    columns = Columns.build(
        (make_random_mediator(seed, number) for number, seed in enumerate(seeds)), TERMS
    )
    for number in removed & set(range(len(seeds))):
        columns.apply(make_random_mediator(asked + number, number))  # leaves entries behind
    rows = columns.rows()[:: 1 + asked % 3]
    taken = columns.take(rows)
    assert [taken.read(int(row)) for row in taken.rows()] == [
        columns.read(int(row)) for row in rows
    ]
    assert judge_all(taken, taken.rows(), asked) == judge_all(columns, rows, asked)


def test_of_no_rows_nothing_is_said() -> None:
    columns = Columns.build([make_random_mediator(1, 1)], TERMS)
    taken = columns.take(np.zeros(0, np.int64))
    assert (len(taken.rows()), taken.tables["languages"].find("code", ("fra",)).tolist()) == (0, [])
