"""The look-up of names answers as a look at every line would, and says so of every word alike."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from matching.names import NameIndex
from matching.names.sounds import spell
from matching.names.spellings import Spellings
from matching.names.typed import meet_word
from matching.names.words import list_joined
from tests.matching.names.typing import make_people, mistype, type_names

PEOPLE = [(number % 900, name) for number, name in make_people(1_200)]
"""Some with two names, the later of them far from the first."""
OTHERS = [(2_000, "Ben Ammar Ben Ammar"), (1_500, "Rim Rim Diallo"), (1_400, "فاطمة ديالو")]
NAMES = [*OTHERS, *PEOPLE]
INDEX = NameIndex.build((number, (name,)) for number, name in NAMES)
MEANT = [text for _, _, text in type_names(PEOPLE[:300])]


def score_plainly(typed: str, name: str) -> float:
    """How well a name meets what was typed, word by word, each with a word of its own; 0..1."""
    asked = list_joined(typed)
    words = list_joined(name)
    left = [(form, at) for at, forms in enumerate(words) for form in [*forms, *map(spell, forms)]]
    scores = []
    for alternatives in asked:
        tried = [(meet_word(alternatives, form).score, at) for form, at in left if form]
        best, place = max(tried, key=lambda one: one[0], default=(0.0, -1))
        if best > 0:
            scores.append(best)
            left = [one for one in left if one[1] != place]
    if len(scores) < (len(asked) if len(asked) < 3 else len(asked) - 1):
        return 0.0
    return sum(scores) / len(asked) - 0.012 * min(max(len(words) - len(asked), 0), 5)


def find_plainly(typed: str, limit: int) -> list[tuple[int, float]]:
    """The entries at which a look at every line arrives, with their scores."""
    best: dict[int, float] = {}
    for number, name in NAMES if list_joined(typed) else ():
        best[number] = max(best.get(number, 0.0), round(score_plainly(typed, name), 4))
    found = sorted((-score, number) for number, score in best.items() if score >= 0.55)
    return [(number, -score) for score, number in found[:limit]]


def find(typed: str, limit: int) -> list[tuple[int, float]]:
    return [(one.entry_id, one.score) for one in INDEX.find(typed, limit)]


@pytest.mark.parametrize("typed", [*MEANT, "rim rim", "ben ammar benammar", "fat", "f", "ديا"])
def test_the_first_are_those_of_a_look_at_every_line(typed: str) -> None:
    plainly = find_plainly(typed, 10)
    assert find(typed, 10) == plainly
    assert [find(typed, limit) for limit in (1, 2, 3)] == [plainly[:limit] for limit in (1, 2, 3)]


@settings(max_examples=40)
@given(st.data())
def test_so_they_are_for_any_words_of_names_begun_and_mistyped(data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4))
    random = Random(data.draw(st.integers(0, 99)))
    some = [random.choice([word for word in name.split() if len(word) > 2]) for _, name in words]
    typed = " ".join(random.choice([one, mistype(random, one), one[:4]]) for one in some)
    limit = data.draw(st.integers(1, 5))
    assert find(typed, limit) == find_plainly(typed, limit)


@given(st.lists(st.text("abc", max_size=12), max_size=30), st.text("abc", min_size=3, max_size=9))
def test_every_word_a_few_slips_away_is_met_and_no_other(words: list[str], typed: str) -> None:
    ordered = sorted(words)
    alike: dict[str, float] = {}
    places, likeness = Spellings.build(ordered).compare(typed)
    for place, value in zip(places.tolist(), likeness.tolist(), strict=True):
        alike[ordered[place]] = max(value, alike.get(ordered[place], 0.0))
    assert alike == {word: value for word in ordered if (value := compare(typed, word))}


def compare(typed: str, word: str) -> float:
    slips, size = OSA.distance(typed, word), len(typed)
    likeness = 1.0 - slips / max(size, len(word)) if slips <= int(0.38 * size) else 0.0
    if 4 <= size < len(word):
        likeness = max(likeness, 0.96 * (1.0 - OSA.distance(typed, word[:size]) / size))
    return likeness if likeness >= 0.62 and word else 0.0
