"""The work that grows with the roster is done by arrays, not by Python woman by woman."""

from dataclasses import replace

from matching import Columns, answer
from matching.memory import Memory
from tests.matching.builders import NOW, TERMS
from tests.matching.strategies import make_random_mediator, make_random_request
from tests.work import count_calls

WOMEN = [make_random_mediator(seed, seed + 1) for seed in range(150)]


def count_of_answer(copies: int) -> int:
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
    columns.memory = Memory()  # nothing is known yet: all is judged
    return count_calls(lambda: answer(columns, request, NOW, limit=3))[0]


def test_an_answer_over_ten_times_as_many_women_makes_hardly_more_calls() -> None:
    few, many = count_of_answer(2), count_of_answer(20)
    assert many < few * 1.2
