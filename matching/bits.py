"""Sets of rows, a bit for each: what a criterion says of 100,000 women is 12.5 kB."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from matching.tables import Ints, Truths

Bits = NDArray[np.uint64]
WORD = 64
FEW = 8
"""Where fewer than one word in so many holds anybody, the others are passed over."""


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
    if len(rows) < words:
        few = np.zeros(words, np.uint64)
        np.bitwise_or.at(few, rows // WORD, np.uint64(1) << (rows % WORD).astype(np.uint64))
        return few
    return gather_if(np.ones(len(rows), np.bool_), rows, words)


def gather_if(truths: Truths, rows: Ints, words: int) -> Bits:
    """Return the set of those rows of whose place the answer is true."""
    if len(rows) < words:
        return gather(rows[truths], words)
    wide = np.zeros(words * WORD, np.bool_)
    wide[rows] = truths
    gathered: Bits = np.packbits(wide, bitorder="little").view(np.uint64)
    return gathered


def fill(size: int, words: int) -> Bits:
    """Return the set of so many rows from 0."""
    return pack(np.ones(size, np.bool_), words)


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
    filled = np.flatnonzero(bits)
    if len(filled) * FEW > len(bits):
        return _list_places(bits)
    places = _list_places(bits[filled])
    rows: Ints = filled[places // WORD] * WORD + places % WORD
    return rows


def _list_places(bits: Bits) -> Ints:
    return np.flatnonzero(np.unpackbits(bits.view(np.uint8), bitorder="little").view(np.bool_))


def count(bits: Bits) -> int:
    """Return how many rows are in the set."""
    return int(np.bitwise_count(bits).sum())


def union(sets: Iterable[Bits]) -> Bits:
    """Return who is in any of the sets, of which there is at least one."""
    return reduce(np.bitwise_or, sets)


def find_at_most(sets: Iterable[Bits], most: int, among: Bits) -> Bits:
    """Return which of these rows are in no more than so many of the sets."""
    more_than = [np.zeros_like(among) for _ in range(most + 1)]
    for one in sets:
        for number in range(most, 0, -1):
            more_than[number] |= more_than[number - 1] & one
        more_than[0] |= one
    return among & ~more_than[most]


def widen(bits: Bits, words: int) -> Bits:
    """Return the set with room for more rows, none of which is in it."""
    if len(bits) == words:
        return bits
    wider = np.zeros(words, np.uint64)
    wider[: len(bits)] = bits
    return wider
