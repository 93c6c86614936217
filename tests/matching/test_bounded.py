"""The work that grows with the roster is done by arrays, not by Python woman by woman."""

import sys
from dataclasses import replace
from types import FrameType
from typing import Any

from matching import Columns, answer
from tests.matching.builders import NOW, TERMS
from tests.matching.strategies import make_random_mediator, make_random_request

WOMEN = [make_random_mediator(seed, seed + 1) for seed in range(150)]


def count_calls(copies: int) -> int:
    """Return how many Python and C functions are called for one answer over such a roster."""
    roster = [
        replace(
            woman, id=woman.id + 1000 * copy, look_alikes=frozenset({7}) if copy else frozenset()
        )
        for copy in range(copies)
        for woman in WOMEN
    ]
    columns, request = Columns.build(roster, TERMS), make_random_request(11)
    answer(columns, request, NOW, limit=3)
    calls = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        answer(columns, request, NOW, limit=3)
    finally:
        sys.setprofile(None)
    return calls


def test_an_answer_over_ten_times_as_many_women_makes_hardly_more_calls() -> None:
    few, many = count_calls(2), count_calls(20)
    assert many < few * 1.2
