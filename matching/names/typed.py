"""One typed word against the words of an index: the same, begun, sounding alike, mistyped."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import OSA

from matching.names.index_tables import Words, list_pairs
from matching.names.sounds import skeleton, spell
from matching.names.variants import VARIANTS, is_variant

SAME, BEGINS, VARIANT, SOUNDS, MISTYPED = "same", "begins", "variant", "sounds", "mistyped"
#: How much of a word must be right where it was mistyped, 0..1.
RIGHT = 0.62
#: So many words are looked at by their letters, those with the most pairs in common.
LETTERS_MOST = 96
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class WordHit:
    """A typed word and the word of the name that met it.

    `how`: same, begins (the name goes on), variant (one given name in two languages), sounds (the
    same consonants), mistyped.
    """

    typed: str
    found: str
    how: str
    score: float


def meet_word(alternatives: Sequence[str], found: str) -> WordHit:
    """The best of the typed forms against one word of a name; score 0 where they do not meet."""
    hits = (WordHit(typed, found, *_meet(typed, found)) for typed in alternatives)
    return max(hits, key=lambda hit: hit.score)


@lru_cache(maxsize=100_000)
def _meet(typed: str, found: str) -> tuple[str, float]:
    if typed == found:
        return SAME, 1.0
    if found.startswith(typed):
        return BEGINS, 0.88 + 0.1 * len(typed) / len(found)
    if is_variant(typed, found):
        return VARIANT, 0.9
    sound, heard = skeleton(typed), skeleton(found)
    if sound == heard and _is_heard(typed, found, sound):
        return SOUNDS, 0.9
    if len(sound) >= 2 and heard.startswith(sound) and typed.isascii() != found.isascii():
        return BEGINS, 0.7 + 0.1 * len(sound) / len(heard)
    return MISTYPED, _compare_letters(spell(typed), spell(found))


def _is_heard(typed: str, found: str, sound: str) -> bool:
    """Two consonants are little to go by ("Ammar", "Maria"), but across scripts all there is."""
    if len(sound) >= 3:
        return True
    is_across = typed.isascii() != found.isascii()
    return len(sound) == 2 and (is_across or OSA.normalized_similarity(typed, found) >= 0.5)


def _compare_letters(typed: str, found: str) -> float:
    if len(typed) < 3 or not found:
        return 0.0
    likeness = OSA.normalized_similarity(typed, found)
    if len(typed) >= 4 and len(found) > len(typed):
        begun = OSA.normalized_similarity(typed, found[: len(typed)])
        likeness = max(likeness, 0.96 * begun)
    return 0.9 * likeness if likeness >= RIGHT else 0.0


def list_near_words(words: Words, alternatives: Sequence[str]) -> list[tuple[int, int, float]]:
    """Runs (first place, place after the last, score) of the words that meet a typed word."""
    runs: list[tuple[int, int, float]] = []
    for typed in alternatives:
        runs += _list_begun(words, typed)
        places = {*_list_sounding(words, typed), *_list_variants(words, typed)}
        places.update(_list_by_letters(words, spell(typed)))
        for place in places:
            score = _meet(typed, words.texts[place])[1]
            if score > 0:
                runs.append((place, place + 1, score))
    return runs


def _list_begun(words: Words, typed: str) -> list[tuple[int, int, float]]:
    """The words that begin so, as one run, and the word itself."""
    first, end = bisect_left(words.texts, typed), bisect_left(words.texts, typed + _LAST)
    runs = [(first, end, 0.9)] if end > first else []
    if end > first and words.texts[first] == typed:
        runs.append((first, first + 1, 1.0))
    return runs


def _list_sounding(words: Words, typed: str) -> list[int]:
    """Words with the same consonants; unfinished ones too where one types in another script."""
    sound = skeleton(typed)
    if len(sound) < 2:
        return []
    first, end = bisect_left(words.sounds, sound), bisect_left(words.sounds, sound + "\0")
    return [int(place) for place in words.by_sound[first:end]]


def _list_variants(words: Words, typed: str) -> list[int]:
    group = VARIANTS.get(typed)
    if group is None:
        return []
    places = []
    for other in _GROUPS[group]:
        place = bisect_left(words.texts, other)
        if place < len(words.texts) and words.texts[place] == other:
            places.append(place)
    return places


def _list_by_letters(words: Words, latin: str) -> list[int]:
    """The words with the most pairs of letters in common, the shorter first."""
    if len(latin) < 3 or not words.texts:
        return []
    pairs = [words.pairs.of(int(pair)) for pair in list_pairs(latin)]
    common = np.bincount(np.concatenate(pairs), minlength=len(words.texts))
    need = max(int(common.max()) - 2, 2)
    near = np.flatnonzero(common >= need)
    ranked = sorted(near.tolist(), key=lambda place: (-common[place], len(words.texts[place])))
    return ranked[:LETTERS_MOST]


_GROUPS: dict[int, list[str]] = {}
for _word, _number in VARIANTS.items():
    _GROUPS.setdefault(_number, []).append(_word)
