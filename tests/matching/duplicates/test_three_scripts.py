"""Women in an English, a French and an Arabic list by the customs of ten regions: who is proposed."""

import pytest

from matching.duplicates import Verdict, link_people
from tests.matching.three_scripts import HELD_OUT, TUNED, list_true_pairs, read_half


@pytest.mark.parametrize("half", [TUNED, HELD_OUT])
def test_nine_of_ten_are_proposed_one_of_five_wrongly_at_most_and_none_wrongly_as_probable(
    half: str,
) -> None:
    entries = read_half(half)
    truth = list_true_pairs(entries)
    pairs = link_people([entry.identity for entry in entries]).pairs
    found = {(pair.first, pair.second) for pair in pairs}
    assert len(found & truth) >= 0.9 * len(truth)
    assert len(found - truth) <= 0.2 * len(found)
    assert {(p.first, p.second) for p in pairs if p.verdict is Verdict.PROBABLE} <= truth


def test_the_lists_are_as_large_as_they_should_be_and_the_halves_share_no_woman() -> None:
    halves = [read_half(half) for half in (TUNED, HELD_OUT)]
    women = [{entry.woman for entry in half} for half in halves]
    assert sum(map(len, women)) >= 300
    assert not women[0] & women[1]
    assert {entry.language for half in halves for entry in half} == {"en", "fr", "ar"}
