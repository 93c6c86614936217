"""Women spelled as offices of many countries spell them, in a list never tuned on: who is proposed."""

from collections import Counter

import pytest

from matching.duplicates import Verdict, link_people
from tests.matching.third_list import FIRST, SECOND, list_near_namesakes, read_lists
from tests.matching.three_scripts import list_true_pairs


@pytest.mark.parametrize(
    "halves", [(FIRST, SECOND), (FIRST,), (SECOND,)], ids=["whole", FIRST, SECOND]
)
def test_nine_of_ten_are_proposed_one_of_five_wrongly_at_most_and_none_wrongly_as_probable(
    halves: tuple[str, ...],
) -> None:
    entries = read_lists(*halves)
    truth = list_true_pairs(entries)
    pairs = link_people([entry.identity for entry in entries]).pairs
    found = {(pair.first, pair.second) for pair in pairs}
    probable = {(p.first, p.second) for p in pairs if p.verdict is Verdict.PROBABLE}
    assert len(found & truth) >= 0.9 * len(truth)
    assert len(found - truth) <= 0.2 * len(found)
    assert probable <= truth
    assert len(probable) >= 0.4 * len(truth)


def test_a_hundred_and_fifty_women_stand_in_two_or_three_lists_beside_sixty_who_are_others() -> (
    None
):
    entries = read_lists(FIRST, SECOND)
    lines = Counter(entry.woman for entry in entries)
    beside = list_near_namesakes()
    assert sum(2 <= lines[woman] <= 3 for woman in lines.keys() - beside.keys()) >= 150
    assert len(beside) >= 60
    assert set(beside.values()) <= lines.keys() - beside.keys()
    assert len({(entry.woman, entry.language) for entry in entries}) == len(entries)
    assert {entry.language for entry in entries} == {"en", "fr", "ar"}


def test_the_halves_share_no_woman() -> None:
    first, second = ({entry.woman for entry in read_lists(half)} for half in (FIRST, SECOND))
    assert not first & second
