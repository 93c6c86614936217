"""Look-up of names as one types: any word first, any script and spelling, unfinished or mistyped."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.names.index_tables import Numbers, Postings, Words
from matching.names.sounds import spell
from matching.names.typed import Floats, WordHit, meet_word, score_words
from matching.names.words import list_joined

#: A name that is worth showing meets the typed words by this much, 0..1.
FLOOR = 0.55
#: Each word of a name that nobody typed costs this much, up to five.
UNTYPED = 0.012
#: How many lines are looked at closely at most, per result asked for; more only where they are even.
CLOSELY = 60
#: So often it is asked whether the next lines can still be among the first.
CHECKED = 16
SMALLEST = 1e-4


@dataclass(frozen=True)
class Found:
    """An entry that meets what was typed: how well, 0..1, and how each typed word was met."""

    entry_id: int
    score: float
    words: tuple[WordHit, ...]


@dataclass(frozen=True)
class NameIndex:
    """Names of entries, searchable. Immutable; about 90 bytes a name beside its different words.

    A line is one name of an entry. `line_*` arrays are in the order of lines.
    """

    words: Words
    lines_of_word: Postings
    words_of_line: Postings
    """Places of words, several forms of one word of the name included."""
    places: NDArray[np.uint8]
    """Beside `words_of_line.values`: which word of the name the form belongs to."""
    sizes: NDArray[np.uint8]
    entries: NDArray[np.int64]

    @classmethod
    def build(cls, entries: Iterable[tuple[int, Sequence[str]]]) -> "NameIndex":
        """Read entries (number, names) once, one after the other; a stream is enough."""
        numbers: dict[str, int] = {}
        words, lines, places = array("i"), array("i"), array("B")
        sizes, owners = array("B"), array("q")
        for entry_id, names in entries:
            for name in names:
                forms = list_joined(name)[:255]
                for place, alternatives in enumerate(forms):
                    for form in _spell_forms(alternatives):
                        words.append(numbers.setdefault(form, len(numbers)))
                        lines.append(len(sizes))
                        places.append(place)
                sizes.append(len(forms))
                owners.append(entry_id)
        texts = sorted(numbers)
        order = np.zeros(len(texts), np.int32)
        order[[numbers[text] for text in texts]] = np.arange(len(texts), dtype=np.int32)
        word_column = order[np.frombuffer(words, np.int32)]
        line_column = np.frombuffer(lines, np.int32)
        return cls(
            Words.build(texts),
            Postings.build(word_column, line_column, len(texts)),
            Postings.build(line_column, word_column, len(sizes)),
            np.frombuffer(places, np.uint8),
            np.frombuffer(sizes, np.uint8),
            np.frombuffer(owners, np.int64),
        )

    def find(self, typed: str, limit: int = 10) -> list[Found]:
        """The entries that meet what was typed, best first, each once; then by number.

        All typed words are to be met; of three or more one may be missed.
        """
        asked = list_joined(typed)
        if not asked or not len(self.sizes):
            return []
        lines, bounds = self._list_near_lines(asked, limit * CLOSELY)
        best: dict[int, Found] = {}
        least = FLOOR
        for place, (line, bound) in enumerate(zip(lines.tolist(), bounds.tolist(), strict=True)):
            if place % CHECKED == 0:
                least = self._find_least(best, limit)
            if bound <= least:
                break
            found = self._meet(line, asked)
            held = best.get(found.entry_id)
            if found.score >= FLOOR and (held is None or found.score > held.score):
                best[found.entry_id] = found
        return sorted(best.values(), key=lambda one: (-one.score, one.entry_id))[:limit]

    @staticmethod
    def _find_least(best: Mapping[int, Found], limit: int) -> float:
        """What a line must pass to be among the first: the score of the last of them."""
        if len(best) < limit:
            return FLOOR - SMALLEST
        return sorted((one.score for one in best.values()), reverse=True)[limit - 1]

    def _list_near_lines(
        self, asked: Sequence[tuple[str, ...]], most: int
    ) -> tuple[Numbers, Floats]:
        """At most so many lines, by the most that each can score, the best first; and that bound."""
        met = [self._list_lines(alternatives) for alternatives in asked]
        missed = 1 if len(asked) >= 3 else 0
        near = self._list_any(sorted((lines for lines, _ in met), key=len)[: missed + 1])
        scores = np.stack([self._score_lines(near, *one) for one in met])
        kept = (scores > 0).sum(axis=0) >= len(asked) - missed
        near, total = near[kept], scores[:, kept].sum(axis=0)
        over = np.clip(self.sizes[near].astype(np.float32) - len(asked), 0, 5)
        bounds = total / len(asked) - UNTYPED * over
        if len(near) > most:
            kept = bounds >= np.partition(bounds, -most)[-most]
            near, bounds = near[kept], bounds[kept]
        order = np.argsort(-bounds, kind="stable")
        return near[order].astype(np.int32), bounds[order]

    def _list_lines(self, alternatives: Sequence[str]) -> tuple[Numbers, Floats]:
        """The lines with a word that meets a typed one, and how well, the worst first."""
        places, scores = score_words(self.words, alternatives)
        lines, counts = self.lines_of_word.of_all(places)
        return lines, np.repeat(scores, counts)

    def _list_any(self, lists: Sequence[Numbers]) -> Numbers:
        """The lines of any of the lists: whoever misses no more words than may be is in the rarest."""
        is_in = np.zeros(len(self.sizes), np.bool_)
        for lines in lists:
            is_in[lines] = True
        return np.flatnonzero(is_in).astype(np.int32)

    def _score_lines(self, near: Numbers, lines: Numbers, scores: Floats) -> Floats:
        """The best score of each of the near lines; of a line that stands twice the last is it."""
        best = np.zeros(len(self.sizes), np.float32)
        best[lines] = scores
        return best[near]

    def _meet(self, line: int, asked: Sequence[tuple[str, ...]]) -> Found:
        """How one line meets the typed words, each with a word of the name of its own."""
        start, end = self.words_of_line.starts[line], self.words_of_line.starts[line + 1]
        forms = [self.words.texts[word] for word in self.words_of_line.of(line).tolist()]
        left = list(zip(forms, self.places[start:end].tolist(), strict=True))
        hits: list[WordHit] = []
        for alternatives in asked:
            tried = ((meet_word(alternatives, form), place) for form, place in left)
            hit, place = max(tried, key=lambda one: one[0].score, default=(None, -1))
            if hit is not None and hit.score > 0:
                hits.append(hit)
                left = [one for one in left if one[1] != place]
        over = min(max(int(self.sizes[line]) - len(asked), 0), 5)
        score = sum(hit.score for hit in hits) / len(asked) - UNTYPED * over
        return Found(int(self.entries[line]), round(float(score), 4), tuple(hits))


@lru_cache(maxsize=200_000)
def _spell_forms(alternatives: tuple[str, ...]) -> tuple[str, ...]:
    """The forms of a word, each also in Latin letters."""
    forms = (form for word in alternatives for form in (word, spell(word)))
    return tuple(form for form in dict.fromkeys(forms) if form)
