"""Sets of rows, a bit for each: what a criterion says of 100,000 women is 12.5 kB."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from matching.tables import Ints, Truths

Bits = NDArray[np.uint64]
WORD = 64


def count_words(size: int) -> int:
    """Return how many words hold so many rows."""
    return -(-size // WORD)


def pack(truths: Truths, words: int) -> Bits:
    """Return the set of the rows of which the answer is true, in so many words."""
    wide = np.zeros(words * WORD, np.bool_)
    wide[: len(truths)] = truths
    packed: Bits = np.packbits(wide, bitorder="little").view(np.uint64)
    return packed


def gather(rows: Ints, words: int) -> Bits:
    """Return the set of these rows."""
    wide = np.zeros(words * WORD, np.bool_)
    wide[rows] = True
    gathered: Bits = np.packbits(wide, bitorder="little").view(np.uint64)
    return gathered


def spread(bits: Bits, size: int) -> Truths:
    """Return for each of the first rows whether it is in the set."""
    truths: Truths = np.unpackbits(bits.view(np.uint8), count=size, bitorder="little").view(
        np.bool_
    )
    return truths


def is_in(bits: Bits, rows: Ints) -> Truths:
    """Tell of each of these rows whether it is in the set."""
    return spread(bits, len(bits) * WORD)[rows]


def list_rows(bits: Bits) -> Ints:
    """Return the rows of the set in rising order."""
    return np.flatnonzero(np.unpackbits(bits.view(np.uint8), bitorder="little").view(np.bool_))


def count(bits: Bits) -> int:
    """Return how many rows are in the set."""
    return int(np.bitwise_count(bits).sum())


def union(sets: Iterable[Bits]) -> Bits:
    """Return who is in any of the sets, of which there is at least one."""
    return reduce(np.bitwise_or, sets)


def widen(bits: Bits, words: int) -> Bits:
    """Return the set with room for more rows, none of which is in it."""
    if len(bits) == words:
        return bits
    wider = np.zeros(words, np.uint64)
    wider[: len(bits)] = bits
    return wider
