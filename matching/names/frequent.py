"""Words that many lines have, as a bit for each line: what a line lacks is known without reading it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.names.index_tables import Postings
from matching.names.spellings import Floats, Numbers
from matching.names.typed import Met

#: A word is frequent that one line of so many has.
ONE_OF = 256
#: So many frequent words at most are asked for one typed word.
MOST = 8


@dataclass(frozen=True)
class FrequentWords:
    """Which lines have each of the frequent words. Memory: an eighth of a byte for each and line."""

    rows: NDArray[np.int16]
    """By word: its row, -1 where it is not frequent."""
    bits: NDArray[np.uint8]

    @classmethod
    def build(cls, of_word: Postings, lines: int) -> "FrequentWords":
        """From the lines of each word, and how many lines there are."""
        frequent = np.flatnonzero(np.diff(of_word.starts) * ONE_OF >= max(lines, ONE_OF))
        rows = np.full(len(of_word.starts) - 1, -1, np.int16)
        rows[frequent] = np.arange(len(frequent))
        bits = np.zeros((len(frequent), (lines + 7) // 8), np.uint8)
        for row, word in enumerate(frequent.tolist()):
            has = np.zeros(lines, np.bool_)
            has[of_word.of(word)] = True
            bits[row] = np.packbits(has, bitorder="little")
        return cls(rows, bits)

    def limit(self, unread: Met, lines: Numbers) -> Floats | float:
        """How well lines can meet a typed word by the words that are left, the best first."""
        rows = self.rows.take(unread.places[:MOST])
        frequent = int((rows < 0).argmax()) if (rows < 0).any() else len(rows)
        rest = float(unread.scores[frequent]) if len(unread.scores) > frequent else 0.0
        if not frequent:
            return rest
        best = np.full(len(lines), rest)
        at, shift = lines >> 3, (lines & 7).astype(np.uint8)
        for row, score in reversed(
            list(zip(rows[:frequent].tolist(), unread.scores, strict=False))
        ):
            best[(self.bits[row].take(at) >> shift & 1).view(np.bool_)] = score
        return best
