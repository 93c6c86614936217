"""What was meant by what was typed, and which way of asking counts."""

from __future__ import annotations

from tests.benchmarks.names import make_people
from tests.benchmarks.names_by_trigrams import WAYS, write_statement
from tests.benchmarks.names_compared import Tried, choose_way
from tests.benchmarks.names_typed import KINDS, Typed, find_recall, list_meant, type_names

PEOPLE = [
    (1, ("Amina Diallo Sow",)),
    (2, ("Amina Sow Ba", "أمينة سو با")),
    (3, ("Aminata Sow Diallo",)),
    (4, ("Mona Diallo",)),
]


def test_whoever_bears_every_word_that_was_meant_answers_and_nobody_else() -> None:
    two = Typed("missing part", "Amina Sow", ("amina", "sow"))
    begun = Typed("unfinished", "Diallo Ami So", ("diallo",), ("ami", "so"))
    itself = Typed("unfinished", "Diallo Dial", ("diallo",), ("dial",))
    assert list_meant(PEOPLE, [two, begun, itself]) == {
        two: frozenset({1, 2}),
        begun: frozenset({1, 3}),
        itself: frozenset(),
    }


def test_recall_asks_for_no_more_than_can_be_shown() -> None:
    many = frozenset(range(25))
    assert find_recall([*range(9), 99, 10, 11], many) == 0.9
    assert find_recall([7, 99, 8], frozenset({7, 8})) == 1
    assert find_recall([], frozenset({7})) == 0


def test_the_fastest_way_counts_among_those_that_answer_well_else_the_best_answer() -> None:
    first, second, third, last = WAYS
    well = {first: Tried(1.0, 9), second: Tried(0.5, 1), third: Tried(0.98, 3), last: Tried(1, 4)}
    assert choose_way(well) == third
    badly = {first: Tried(0.9, 9), second: Tried(0.9, 1), third: Tried(0.1, 0.1)}
    assert choose_way(badly) == second


def test_every_kind_is_typed_of_the_same_number_of_women_the_same_each_time() -> None:
    people = list(make_people(600))
    scripts = {number: "سو" for number, names in people if len(names) == 1}
    typed = type_names(people, scripts, 5)
    assert typed == type_names(people, scripts, 5)
    assert {kind: len(one) for kind, one in typed.items()} == dict.fromkeys(KINDS, 5)
    meant = list_meant(people, [one for kind in typed.values() for one in kind])
    assert all(meant.values())


def test_every_way_asks_with_as_many_values_as_it_has_places() -> None:
    for way in WAYS:
        statement, values = write_statement(way, "amina d'sow")
        assert statement.count("%s") == len(values)
        assert "sow" not in statement
