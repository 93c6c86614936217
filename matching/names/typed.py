"""One typed word against the words of an index: the same, begun, sounding alike, mistyped."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from matching.names.index_tables import Numbers, Words, list_pairs
from matching.names.sounds import skeleton, spell
from matching.names.variants import VARIANTS, is_variant

SAME, BEGINS, VARIANT, SOUNDS, MISTYPED = "same", "begins", "variant", "sounds", "mistyped"
#: How much of a word must be right where it was mistyped, 0..1.
RIGHT = 0.62
#: So many words at most are compared letter by letter, those with the most pairs in common.
LETTERS_MOST = 20_000
_LAST = "\U0010ffff"
Floats = NDArray[np.float32]


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


def score_words(words: Words, alternatives: Sequence[str]) -> tuple[Numbers, Floats]:
    """The places of the words that meet a typed word, and how well, the worst first: as ``meet_word``."""
    best = np.zeros(len(words.texts), np.float32)
    for typed in alternatives:
        scores = np.zeros(len(words.texts), np.float32)
        _score_letters(words, spell(typed), scores)
        for place in {*_list_sounding(words, typed), *_list_variants(words, typed)}:
            scores[place] = _meet(typed, words.texts[place])[1]
        _score_begun(words, typed, scores)
        np.maximum(best, scores, out=best)
    places = np.flatnonzero(best).astype(np.int32)
    order = np.argsort(best[places], kind="stable")
    return places[order], best[places[order]]


def _score_begun(words: Words, typed: str, scores: Floats) -> None:
    """The words that begin so, and the word itself."""
    first, end = bisect_left(words.texts, typed), bisect_left(words.texts, typed + _LAST)
    scores[first:end] = 0.88 + 0.1 * len(typed) / words.lengths[first:end]
    if end > first and words.texts[first] == typed:
        scores[first] = 1.0


def _list_sounding(words: Words, typed: str) -> list[int]:
    """Words with the same consonants; those that go on are of use in another script only."""
    sound = skeleton(typed)
    if len(sound) < 2:
        return []
    first, end = bisect_left(words.sounds, sound), bisect_left(words.sounds, sound + _LAST)
    same = bisect_left(words.sounds, sound + "\0")
    begun = words.by_sound[same:end]
    across = begun[words.are_latin[begun] != typed.isascii()]
    return [*words.by_sound[first:same].tolist(), *across.tolist()]


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


def _score_letters(words: Words, latin: str, scores: Floats) -> None:
    """The words that share enough pairs of letters to be a slip or two away, compared in one call."""
    if len(latin) < 3 or not words.texts:
        return
    near = _list_by_pairs(words, latin)
    found = [words.spelt[place] for place in near.tolist()]
    likeness = _compare_all(latin, found)
    if len(latin) >= 4:
        begun = 0.96 * _compare_all(latin, [text[: len(latin)] for text in found])
        likeness = np.where(
            words.spelt_lengths[near] > len(latin), np.maximum(likeness, begun), likeness
        )
    scores[near] = np.where(likeness >= RIGHT, 0.9 * likeness, 0.0)


def _list_by_pairs(words: Words, latin: str) -> Numbers:
    """Each slip takes two pairs away; of too many words those with the most pairs are looked at."""
    pairs = list_pairs(latin)
    postings = [words.pairs.of(int(pair)) for pair in pairs]
    common = np.bincount(np.concatenate(postings), minlength=len(words.texts))
    need = max(len(pairs) - 2 * int((1 - RIGHT) * (len(latin) + 1)), 1)
    near = np.flatnonzero(common >= need)
    while len(near) > LETTERS_MOST:
        need += 1
        near = near[common[near] >= need]
    return near.astype(np.int32)


def _compare_all(latin: str, found: Sequence[str]) -> Floats:
    compared = process.cdist([latin], found, scorer=OSA.normalized_similarity, dtype=np.float32)
    likeness: Floats = compared[0]
    return likeness


_GROUPS: dict[int, list[str]] = {}
for _word, _number in VARIANTS.items():
    _GROUPS.setdefault(_number, []).append(_word)
