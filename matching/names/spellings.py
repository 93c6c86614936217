"""Words by their letters, as a tree: all that are a few slips away from a typed one in one walk."""

import os.path
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int32]
Floats = NDArray[np.float64]
Distances = NDArray[np.int8]

#: How much of a word must be right where it was mistyped, 0..1.
RIGHT = 0.62
#: What is left of it where only the beginning of a longer word is alike.
ONLY_BEGUN = 0.96
#: A word of so many letters or more may be the beginning of a longer one.
BEGINS_FROM = 4
#: Of shorter words, and of longer texts that no name is, nothing is taken for a slip.
SHORTEST, LONGEST = 3, 40
_NEVER = 100


@dataclass(frozen=True)
class Depth:
    """The beginnings of so many letters of all words, in order; words of any later one follow it."""

    signs: NDArray[np.uint8]
    """The last letter of each beginning."""
    firsts: Numbers
    stops: Numbers
    ends: Numbers
    """The words that begin so are from the first to before the end; up to the stop nothing follows."""
    children: Numbers
    """Where its beginnings of one letter more start at the next depth; one entry more than here."""

    def list_ended(
        self, nodes: NDArray[np.int64], slips: Distances, size: int, depth: int
    ) -> "_Ranges":
        """The words that end here, of so many letters, and are like a typed one of that size."""
        near = (slips <= count_slips(size)).nonzero()[0]
        firsts = self.firsts.take(nodes[near])
        counts = self.stops.take(nodes[near]) - firsts
        return _Ranges.build(firsts, counts, 1.0 - slips[near] / max(size, depth))

    def list_begun(self, nodes: NDArray[np.int64], slips: Distances, size: int) -> "_Ranges":
        """The words that go on where all was typed."""
        likeness = ONLY_BEGUN * (1.0 - slips / size)
        near = (likeness >= RIGHT).nonzero()[0]
        stops = self.stops.take(nodes[near])
        return _Ranges.build(stops, self.ends.take(nodes[near]) - stops, likeness[near])


class _Ranges(NamedTuple):
    """Words and how much they are like a typed one."""

    words: NDArray[np.int64]
    likeness: Floats

    @classmethod
    def build(cls, starts: Numbers, counts: Numbers, likeness: Floats) -> "_Ranges":
        """From the first word of each range, and how many it has."""
        return cls(list_ranges(starts, counts), likeness.repeat(counts))


@dataclass(frozen=True)
class Spellings:
    """Words in Latin letters in order, as a tree of their beginnings. Memory: 17 bytes a beginning."""

    depths: Sequence[Depth]
    count: int

    @classmethod
    def build(cls, words: Sequence[str]) -> "Spellings":
        """From words in order; one may stand twice."""
        lengths = np.array([len(word) for word in words], np.int32)
        signs = np.frombuffer("".join(words).encode("ascii", "replace"), np.uint8)
        starts = np.cumsum(lengths) - lengths
        common = np.array([_count_common(*two) for two in pairwise(["", *words])], np.int32)
        same = np.flatnonzero(common < lengths)
        deepest = min(int(lengths.max(initial=0)), int(LONGEST / RIGHT))
        firsts = [
            np.flatnonzero((common < depth) & (lengths >= depth)).astype(np.int32)
            for depth in range(1, deepest + 2)
        ]
        depths = []
        for depth, (first, later) in enumerate(pairwise(firsts), 1):
            ends = _find_next(np.flatnonzero(common < depth), first, len(words))
            stops = np.where(lengths[first] > depth, first, _find_next(same, first, len(words)))
            children = np.searchsorted(later, np.append(first, len(words))).astype(np.int32)
            depths.append(Depth(signs[starts[first] + depth - 1], first, stops, ends, children))
        return cls(tuple(depths), len(words))

    def compare(self, typed: str) -> tuple[Numbers, Floats]:
        """The words like a typed one and how much, `RIGHT`..1: one less the share of slips.

        A slip is a letter too many, too few, another, or two that changed places (the distance
        OSA). In order of likeness, the best last; a word stands twice that also begins alike.
        """
        found = list(self._walk(typed)) if SHORTEST <= len(typed) <= LONGEST else []
        if not found:
            return np.zeros(0, np.int32), np.zeros(0)
        words = np.concatenate([ranges.words for ranges in found])
        likeness = np.concatenate([ranges.likeness for ranges in found])
        order = np.argsort(likeness, kind="stable")
        return words[order].astype(np.int32), likeness[order]

    def _walk(self, typed: str) -> Iterator["_Ranges"]:
        """Column by column of the table of distances, from each beginning that can still become alike."""
        size = len(typed)
        letters = np.frombuffer(typed.encode("ascii", "replace"), np.uint8)[:, None]
        nodes = np.arange(len(self.depths[0].signs) if self.depths else 0)
        now = np.arange(size + 1, dtype=np.int8)[:, None].repeat(len(nodes), axis=1)
        before = np.full_like(now, _NEVER)
        above = np.zeros(len(nodes), np.uint8)
        allowed = zip(self.depths, _list_allowances(size), strict=False)
        for depth, (here, most) in enumerate(allowed, 1):
            signs = here.signs.take(nodes)
            before, now = now, _add_letter(letters, before, now, above, signs)
            if depth >= size - count_slips(size):
                yield here.list_ended(nodes, now[-1], size, depth)
            if depth == size >= BEGINS_FROM:
                yield here.list_begun(nodes, now[-1], size)
            kept = np.flatnonzero(np.any(now <= most, axis=0))
            starts = here.children.take(nodes[kept])
            counts = here.children.take(nodes[kept] + 1) - starts
            parents = kept.repeat(counts)
            if not len(parents):
                return
            nodes = list_ranges(starts, counts)
            before, now = before.take(parents, axis=1), now.take(parents, axis=1)
            above = signs.take(parents)


def _count_common(one: str, other: str) -> int:
    """With how many letters both begin."""
    return len(os.path.commonprefix((one, other)))


def _find_next(among: NDArray[np.int64], words: Numbers, count: int) -> Numbers:
    """The first of `among` after each of the words; `count` where none is."""
    return np.append(among, count)[np.searchsorted(among, words, side="right")].astype(np.int32)


def list_ranges(starts: NDArray[np.integer], counts: NDArray[np.integer]) -> NDArray[np.int64]:
    """The numbers from each start on, so many as it counts, one range after the other."""
    ends = np.cumsum(counts, dtype=np.int64)
    numbers = np.arange(int(ends[-1]) if len(ends) else 0, dtype=np.int64)
    numbers += (starts - ends + counts).repeat(counts)
    return numbers


def _add_letter(
    letters: NDArray[np.uint8],
    before: Distances,
    now: Distances,
    above: NDArray[np.uint8],
    signs: NDArray[np.uint8],
) -> Distances:
    """The next column: slips between the typed beginnings (rows) and words (columns) of one letter more."""
    added = now + np.int8(1)
    np.minimum(added[1:], now[:-1] + (letters != signs), out=added[1:])
    if len(letters) > 1:
        swapped = (letters[1:] == above) & (letters[:-1] == signs)
        np.minimum(added[2:], np.where(swapped, before[:-2] + np.int8(1), _NEVER), out=added[2:])
    rows = np.arange(len(added), dtype=np.int8)[:, None]
    added -= rows
    np.minimum.accumulate(added, axis=0, out=added)
    added += rows
    return added


def count_slips(size: int) -> int:
    """How many slips at most are made in a word of so many letters."""
    return int((1 - RIGHT) * size)


@lru_cache
def _list_allowances(size: int) -> list[Distances]:
    """Per letter of a word and typed letter: the slips up to there with which it may become alike.

    What is left of the two differs by some letters at least: those are slips that are still to come.
    """
    most = count_slips(size)
    typed = np.arange(size + 1)[:, None]
    allowances = []
    for depth in range(1, size + most + 1):
        to_come = [np.abs(size - typed - left) for left in range(1, size + most - depth + 1)]
        if depth < size:
            to_come.append(np.abs(depth - typed))
        least = np.min(to_come, axis=0) if to_come else np.full_like(typed, most + 1)
        allowances.append((most - least).astype(np.int8))
    return allowances
