"""One typed word against the words of an index: the same, begun, sounding alike, mistyped."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from rapidfuzz.distance import OSA

from matching.names.index_tables import Words
from matching.names.sounds import skeleton, spell
from matching.names.spellings import (
    BEGINS_FROM,
    LONGEST,
    ONLY_BEGUN,
    RIGHT,
    SHORTEST,
    Floats,
    Numbers,
    count_slips,
)
from matching.names.variants import VARIANTS, is_variant

SAME, BEGINS, VARIANT, SOUNDS, MISTYPED = "same", "begins", "variant", "sounds", "mistyped"
#: What a word counts that is another form of the name, that sounds the same, that is alike.
VARIED, HEARD, LIKE = 0.9, 0.9, 0.9
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
        return VARIANT, VARIED
    sound, heard = skeleton(typed), skeleton(found)
    if sound == heard and _is_heard(typed, found, sound):
        return SOUNDS, HEARD
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
    """As ``Spellings.compare`` for one word."""
    if not found or not SHORTEST <= len(typed) <= LONGEST:
        return 0.0
    size = len(typed)
    slips = OSA.distance(typed, found)
    likeness = 1.0 - slips / max(size, len(found)) if slips <= count_slips(size) else 0.0
    if BEGINS_FROM <= size < len(found):
        begun = OSA.distance(typed, found[:size])
        likeness = max(likeness, ONLY_BEGUN * (1.0 - begun / size))
    return LIKE * likeness if likeness >= RIGHT else 0.0


class Met(NamedTuple):
    """Words that meet a typed one, by their places, and how well, 0..1, the best first."""

    places: Numbers
    scores: Floats

    def part(self, start: int, end: int) -> "Met":
        """From so many words to before so many."""
        return Met(self.places[start:end], self.scores[start:end])

    def spread(self, count: int) -> Floats:
        """How well each of so many words meets it, in their order."""
        scores = np.zeros(count)
        scores[self.places] = self.scores
        return scores


def score_words(words: Words, alternatives: Sequence[str]) -> Met:
    """The words that meet a typed one, each once: as ``meet_word``, without looking at every word."""
    met = _keep_last([_score_typed(words, typed) for typed in alternatives], by_score=True)
    order = np.argsort(-met.scores, kind="stable")
    return Met(met.places[order], met.scores[order])


def _score_typed(words: Words, typed: str) -> Met:
    """What comes later says more of a word than what comes before."""
    alike, likeness = words.spellings.compare(spell(typed))
    variants = np.array(_list_variants(words, typed), np.int32)
    return _keep_last(
        [
            Met(words.by_spelling[alike], LIKE * likeness),
            *_score_sounds(words, typed),
            Met(variants, np.full(len(variants), VARIED)),
            _score_begun(words, typed),
        ]
    )


def _keep_last(several: Sequence[Met], *, by_score: bool = False) -> Met:
    """Each word once, as it was met last, or best."""
    places = np.concatenate([one.places for one in several])
    scores = np.concatenate([one.scores for one in several])
    order = np.lexsort((scores, places)) if by_score else np.argsort(places, kind="stable")
    last = order[np.diff(places[order], append=-1) != 0]
    return Met(places[last], scores[last])


def _score_begun(words: Words, typed: str) -> Met:
    """The words that begin so, and the word itself."""
    first, end = bisect_left(words.texts, typed), bisect_left(words.texts, typed + _LAST)
    scores = 0.88 + 0.1 * len(typed) / words.lengths[first:end]
    if end > first and words.texts[first] == typed:
        scores[0] = 1.0
    return Met(np.arange(first, end, dtype=np.int32), scores)


def _score_sounds(words: Words, typed: str) -> Iterator[Met]:
    """Words in another script that begin to sound so, then words that sound the same."""
    sound = skeleton(typed)
    if len(sound) < 2:
        return
    first, end = bisect_left(words.sounds, sound), bisect_left(words.sounds, sound + _LAST)
    same = bisect_left(words.sounds, sound + "\0")
    begun = words.by_sound[same:end]
    across = words.are_latin[begun] != typed.isascii()
    heard = np.array([len(one) for one in words.sounds[same:end]], np.int32)[across]
    yield Met(begun[across], 0.7 + 0.1 * len(sound) / heard)
    equal = words.by_sound[first:same]
    if len(sound) == 2:
        are_heard = [_is_heard(typed, words.texts[place], sound) for place in equal.tolist()]
        equal = equal[np.array(are_heard, np.bool_)]
    yield Met(equal, np.full(len(equal), HEARD))


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


_GROUPS: dict[int, list[str]] = {}
for _word, _number in VARIANTS.items():
    _GROUPS.setdefault(_number, []).append(_word)
