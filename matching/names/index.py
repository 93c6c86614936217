"""Look-up of names as one types: any word first, any script and spelling, unfinished or mistyped."""

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np

from matching.names.index_tables import Words
from matching.names.lines import FLOOR, MOST_UNTYPED, UNTYPED, Lines
from matching.names.sounds import spell
from matching.names.spellings import Floats
from matching.names.typed import Met, WordHit, meet_word, score_words
from matching.names.words import list_joined

#: Typed words of which it is kept whom they met.
MOST_KEPT = 100


@dataclass(frozen=True)
class Found:
    """An entry that meets what was typed: how well, 0..1, and how each typed word was met."""

    entry_id: int
    score: float
    words: tuple[WordHit, ...]


@dataclass(frozen=True)
class NameIndex:
    """Names of entries, searchable. Never changed; about 90 bytes a name beside its different words.

    A line is one name of an entry.
    """

    words: Words
    lines: Lines
    lately: dict[tuple[str, ...], Met] = field(default_factory=dict, repr=False, compare=False)
    """What words typed lately met: of a name that is typed letter by letter one word changes."""

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
        columns = (np.frombuffer(words, np.int32), np.frombuffer(lines, np.int32))
        return cls(
            Words.build(texts),
            Lines.build(
                order[columns[0]],
                columns[1],
                np.frombuffer(places, np.uint8),
                np.frombuffer(sizes, np.uint8),
                np.frombuffer(owners, np.int64),
                len(texts),
            ),
        )

    def find(self, typed: str, limit: int = 10, least: float = FLOOR) -> list[Found]:
        """The entries that meet what was typed by `least` or more, best first, each once; then by number.

        All typed words are to be met; of three or more one may be missed.
        """
        asked = list_joined(typed)
        if not asked or not len(self.lines.sizes) or limit < 1:
            return []
        met = [self._meet(alternatives) for alternatives in asked]
        worth = [one.spread(len(self.words.texts)) for one in met]
        lines = self.lines.find(met, worth, limit, max(least, FLOOR))
        return [self._tell(line, asked, worth) for line in lines]

    def _meet(self, alternatives: tuple[str, ...]) -> Met:
        met = self.lately.get(alternatives)
        if met is None:
            if len(self.lately) >= MOST_KEPT:
                self.lately.clear()
            met = self.lately[alternatives] = score_words(self.words, alternatives)
        return met

    def _tell(self, line: int, asked: Sequence[tuple[str, ...]], worth: Sequence[Floats]) -> Found:
        """How a line meets the typed words, each with a word of the name of its own."""
        left = self.lines.list_forms(line)
        hits: list[WordHit] = []
        for alternatives, scores in zip(asked, worth, strict=True):
            word, place = max(left, key=lambda one: scores[one[0]], default=(-1, -1))
            if word >= 0 and scores[word] > 0:
                hits.append(meet_word(alternatives, self.words.texts[word]))
                left = [one for one in left if one[1] != place]
        over = min(max(int(self.lines.sizes[line]) - len(asked), 0), MOST_UNTYPED)
        score = sum(hit.score for hit in hits) / len(asked) - UNTYPED * over
        return Found(int(self.lines.entries[line]), round(score, 4), tuple(hits))


@lru_cache(maxsize=200_000)
def _spell_forms(alternatives: tuple[str, ...]) -> tuple[str, ...]:
    """The forms of a word, each also in Latin letters."""
    forms = (form for word in alternatives for form in (word, spell(word)))
    return tuple(form for form in dict.fromkeys(forms) if form)
