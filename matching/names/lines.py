"""The lines that meet what was typed best, without a look at most of the others."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.names.frequent import FrequentWords
from matching.names.index_tables import Counts, Postings
from matching.names.marks import Mark, Marks
from matching.names.reading import Read, Reading, count_needed
from matching.names.spellings import Floats, Numbers
from matching.names.typed import Met

Places = NDArray[np.int64]
Keys = NDArray[np.int64]
"""Lines in the order of their scores, the best first: (ten thousand less the score) by lines, and the line."""

#: A name that is worth showing meets the typed words by this much, 0..1.
FLOOR = 0.55
#: Each word of a name that nobody typed costs this much, up to five.
UNTYPED = 0.012
MOST_UNTYPED = 5
#: Scores are told to this; sums of them are the same from here on.
FINEST = 10_000
SMALLEST = 1e-6
#: Lines read at first for each that is asked for, and as many times more where they do not do.
AT_FIRST, MORE = 64, 8
#: Lines at which is looked closely at first, for each that is asked for.
CLOSELY, CLOSER = 4, 4


@dataclass(frozen=True)
class Lines:
    """Names, each as the forms of its words, in the order of the entries they belong to."""

    words: Postings
    """Places of words, several forms of one word of the name included."""
    places: NDArray[np.uint8]
    """Beside `words.values`: which word of the name the form belongs to."""
    sizes: NDArray[np.uint8]
    """How many words the name has."""
    entries: NDArray[np.int64]
    of_word: Postings
    frequent: FrequentWords
    marks: Marks

    @classmethod
    def build(
        cls,
        words: Numbers,
        lines: Numbers,
        places: NDArray[np.uint8],
        sizes: NDArray[np.uint8],
        entries: NDArray[np.int64],
        different: int,
    ) -> "Lines":
        """From the forms one by one (its word, its line, the place there) and the lines one by one.

        The lines are put in the order of their entries.
        """
        order = np.argsort(entries, kind="stable")
        rank = np.zeros(len(order), np.int32)
        rank[order] = np.arange(len(order), dtype=np.int32)
        lines = rank[lines]
        forms = np.argsort(lines, kind="stable")
        words, lines = words[forms], lines[forms]
        of_word = Postings.build(words, lines, different)
        return cls(
            Postings.build(lines, words, len(sizes)),
            places[forms],
            sizes[order],
            entries[order],
            of_word,
            FrequentWords.build(of_word, len(sizes)),
            Marks(len(sizes)),
        )

    def list_forms(self, line: int) -> list[tuple[int, int]]:
        """The words of a line, and which word of the name each is a form of."""
        start, end = self.words.starts[line], self.words.starts[line + 1]
        words, places = self.words.values[start:end], self.places[start:end]
        return list(zip(words.tolist(), places.tolist(), strict=True))

    def find(
        self, met: Sequence[Met], spread: Sequence[Floats], limit: int, least: float
    ) -> list[int]:
        """The lines that meet the typed words by `least` or more, best first, one of each entry.

        `spread` says of every word how well it meets each typed one, as `met` does of those that do.
        """
        reading = Reading(met, self.of_word)
        most = limit * AT_FIRST
        while True:
            beyond = reading.go_on(most, least - 1 / FINEST)
            lines, bounds = self._list_near(reading.list_reads(), least)
            first = self._choose_first(lines, bounds, limit * CLOSELY)
            tried = self._choose(lines[first], bounds[first], spread, limit, least)
            least = max(least, (FINEST - self._find_last(tried, limit) // len(self.sizes)) / FINEST)
            if beyond < least - 1 / FINEST:
                chosen = self._choose(lines, bounds, spread, limit, least)
                return [int(key) % len(self.sizes) for key in chosen]
            most *= MORE

    def _list_near(self, reads: Sequence[Read], least: float) -> tuple[Places, Keys]:
        """Of the lines read those that may reach so much, and the best key that each may have.

        A line is looked at where the typed word with the most lines was read in it: it has no more
        than is unread of the words before, and of those after what is marked.
        """
        least_sum = (least - 0.5 / FINEST) * len(reads)
        found = []
        marks: dict[int, Mark] = {}
        for number in reversed(range(len(reads))):
            before = sum(one.beyond for one in reads[:number])
            after = sum(one.best for one in reads[number + 1 :])
            lines, known = self._list_lines(reads[number], least_sum - before - after)
            for other, read in enumerate(reads):
                if other != number:
                    reach = self.frequent.limit(read.unread, lines)
                    marked = marks[other].read(lines) if other in marks else 0.0
                    known += np.maximum(reach, marked)
            found.append(self._sift(lines, known, len(reads), least))
            if number and len(reads[number].met.places):
                marks[number] = self.marks.mark(*self._list_lines(reads[number], 0.0))
        for mark in marks.values():
            self.marks.wipe(mark)
        near = np.concatenate([one for one, _ in found])
        return near, np.concatenate([keys for _, keys in found])

    def _list_lines(self, read: Read, least: float) -> tuple[Numbers, Floats]:
        """The lines read for a typed word that have so much of it, and how much, the best first."""
        enough = int(np.searchsorted(-read.met.scores, -least, side="right"))
        at, counts = self.of_word.find_all(read.met.places[:enough])
        return self.of_word.values.take(at), read.met.scores[:enough].repeat(counts)

    def _choose(
        self, lines: Places, bounds: Keys, spread: Sequence[Floats], limit: int, least: float
    ) -> Keys:
        """The best of these lines, as keys: looked at closely until none of the rest can be among them."""
        count = limit * CLOSELY
        while True:
            order = np.argpartition(bounds, count) if len(lines) > count else np.arange(len(lines))
            keys = np.sort(self._score(lines[order[:count]], spread, least))
            _, first = np.unique(self.entries[keys % len(self.sizes)], return_index=True)
            chosen = keys[np.sort(first)[:limit]]
            last = self._find_last(chosen, limit)
            if len(lines) <= count or last < bounds[order[count]]:
                return chosen[chosen <= last]
            count *= CLOSER

    @staticmethod
    def _choose_first(lines: Places, bounds: Keys, count: int) -> Places:
        """So many that may be the best of these lines."""
        return (
            np.argpartition(bounds, count)[:count] if len(lines) > count else np.arange(len(lines))
        )

    def _find_last(self, chosen: Keys, limit: int) -> int:
        """The key that a line must not pass to be among as many as are asked for."""
        if len(chosen) < limit:
            return (FINEST + 1) * len(self.sizes)
        return int(chosen[-1])

    def _sift(
        self, lines: Numbers | Places, sums: Floats, words: int, least: float
    ) -> tuple[Places, Keys]:
        """Of lines and what they have of all typed words: those that reach so much, and their keys."""
        over = np.clip(self.sizes.take(lines).astype(np.int64) - words, 0, MOST_UNTYPED)
        scores = np.rint(FINEST * (sums / words - UNTYPED * over) + SMALLEST).astype(np.int64)
        kept = (scores >= np.rint(FINEST * least)).nonzero()[0]
        near = lines[kept].astype(np.int64)
        return near, (FINEST - scores[kept]) * len(self.sizes) + near

    def _score(self, lines: Places, spread: Sequence[Floats], least: float) -> Keys:
        """The keys of the lines that reach so much, where each typed word has a word of its own."""
        if not len(lines):
            return lines
        at, counts = self.words.find_all(lines)
        forms, places = self.words.values.take(at), self.places.take(at)
        starts = counts.cumsum() - counts
        worth = [one.take(forms) for one in spread]
        sums, met = np.zeros(len(lines)), np.zeros(len(lines), np.int64)
        for number, here in enumerate(worth):
            highest = np.maximum.reduceat(here, starts)
            sums, met = sums + highest, met + (highest > 0)
            if worth[number + 1 :]:
                taken = _list_taken(here, places, highest, starts, counts)
                for later in worth[number + 1 :]:
                    later[taken] = 0.0
        enough = (met >= count_needed(len(spread))).nonzero()[0]
        return self._sift(lines[enough], sums[enough], len(spread), least)[1]


def _list_taken(
    here: Floats, places: NDArray[np.uint8], highest: Floats, starts: Counts, counts: Counts
) -> Places:
    """Where the forms stand that belong to the same word of the name as the first that is best."""
    is_best = (here == highest.repeat(counts)) & (here > 0)
    first = np.minimum.reduceat(np.where(is_best, np.arange(len(here)), len(here)), starts)
    place = np.append(places.astype(np.int64), -1).take(first)
    return np.flatnonzero(places == place.repeat(counts))
