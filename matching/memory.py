"""What has been worked out about everybody for one wish, kept until a fact that it rests on changes.

It is never more than a copy of what a criterion says: nothing is kept of a row whose facts have
changed, of an instant at which the answer may be another, nor for another asking than the one of
which it was said. What was longest not asked goes first, so that memory stays bounded.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.bits import WORD, Bits, gather, widen
from matching.tables import grow

MOST_VERDICTS = 96
"""Answers of criteria that are kept: three bits a row each, 36 bytes a woman in all."""
MOST_SHARES = 32
"""Answers of preferences that are kept: a byte and a bit a row each, 36 bytes a woman in all."""
MOST_ASKINGS = 6
"""Askings kept of one wish: with other dates, for other posts, and as advice would ask less."""
FOREVER = 2**63 - 1

Reads = dict[tuple[str, str], Any]
"""What of the asking was read, by whose it is and its name, with its value."""


def _join(reads: Reads) -> tuple[Callable[[Any], Any], Any]:
    """Return what reads the same of any asking in one go, and what was read."""
    paths = [name if whose == "asking" else f"{whose}.{name}" for whose, name in reads]
    if not paths:
        return bool, True
    values = tuple(reads.values())
    return attrgetter(*paths), values if len(values) > 1 else values[0]


@dataclass
class Kept:
    """The ground of an answer: what was read, and the instants between which it holds."""

    reads: Reads
    since: int
    until: int
    known: Bits
    """Rows about which it says something."""
    _read: Callable[[Any], Any] | None = field(default=None, init=False)
    _values: Any = field(default=None, init=False)

    def rests_on(self, asking: Any) -> bool:
        """Tell whether what was read of another asking would be read of this one too."""
        if not self.since <= asking.instant < self.until:
            return False
        if self._read is None:
            self._read, self._values = _join(self.reads)
        return bool(self._read(asking) == self._values)

    def narrow(self, reads: Reads, since: int, until: int) -> None:
        """Rest on what was read for a part of it too, and hold no longer than that does."""
        self.reads |= reads
        self.since, self.until = max(self.since, since), min(self.until, until)
        self._read = None

    def forget(self, changed: Bits) -> None:
        """Forget what it says about these rows."""
        for bits in self._list_bits():
            bits &= ~changed[: len(bits)]

    def _list_bits(self) -> Iterator[Bits]:
        yield self.known

    def reach(self, words: int) -> None:
        """Make room for so many words of rows, of which nothing is known."""
        self.known = widen(self.known, words)


class Said(NamedTuple):
    """What is known of a criterion: of which rows, who of them fails, and who cannot be cured."""

    known: Bits
    fails: Bits
    hard: Bits

    def where(self, ground: Said) -> Said:
        """Return the same of those who pass another criterion; of who fails it this one is moot."""
        passes = ~ground.fails
        known = (self.known | ground.fails) & ground.known
        return Said(known, self.fails & passes, self.hard & passes)


@dataclass
class Verdicts(Kept):
    """Who fails a criterion, and who of these cannot be cured; of who is not known neither."""

    fails: Bits
    hard: Bits

    def _list_bits(self) -> Iterator[Bits]:
        yield from (self.known, self.fails, self.hard)

    @property
    def said(self) -> Said:
        """Return what it says, as of now."""
        return Said(self.known, self.fails, self.hard)

    def reach(self, words: int) -> None:
        if len(self.known) != words:
            super().reach(words)
            self.fails, self.hard = widen(self.fails, words), widen(self.hard, words)


@dataclass
class Shares(Kept):
    """What share a preference gives: per row the place of the share among ``values``."""

    places: NDArray[np.uint8]
    values: NDArray[np.float64]

    def reach(self, words: int) -> None:
        super().reach(words)
        if len(self.places) < words * WORD:
            self.places = grow(self.places, words * WORD)


Sort = TypeVar("Sort", bound=Kept)


@dataclass
class Shelf(Generic[Sort]):
    """Kept answers of one sort by wish, the one longest not asked first."""

    most: int
    _kept: OrderedDict[Hashable, list[Sort]] = field(default_factory=OrderedDict)

    def find(self, wish: Hashable, asking: Any) -> Sort | None:
        """Return the answer to a wish that rests on what is asked now."""
        of_wish = self._kept.get(wish)
        if of_wish is None:
            return None
        self._kept.move_to_end(wish)
        for one in of_wish:
            if one.rests_on(asking):
                return one
        return None

    def add(self, wish: Hashable, answer: Sort) -> None:
        """Keep an answer; older ones go where there are too many."""
        of_wish = self._kept.setdefault(wish, [])
        of_wish.insert(0, answer)
        del of_wish[MOST_ASKINGS:]
        self._kept.move_to_end(wish)
        while sum(map(len, self._kept.values())) > self.most:
            self._kept.popitem(last=False)

    def drop(self, wish: Hashable) -> None:
        """Keep nothing of a wish."""
        del self._kept[wish]

    def __iter__(self) -> Iterator[Sort]:
        for of_wish in self._kept.values():
            yield from of_wish


class Memory:
    """What is kept about the rows of one roster; told of every row whose facts change."""

    def __init__(self) -> None:
        self.verdicts: Shelf[Verdicts] = Shelf(MOST_VERDICTS)
        self.shares: Shelf[Shares] = Shelf(MOST_SHARES)
        self._changed: list[int] = []

    def note_change(self, rows: Iterable[int]) -> None:
        """Hear that the facts of rows have changed."""
        self._changed.extend(rows)

    def settle(self, words: int) -> None:
        """Forget what was said about the rows that changed; before anything kept is used."""
        if self._changed:
            changed = gather(np.array(self._changed), words)
            for one in (*self.verdicts, *self.shares):
                one.forget(changed)
            self._changed.clear()

    @property
    def nbytes(self) -> int:
        """Bytes held in arrays."""
        verdicts = sum(
            one.known.nbytes + one.fails.nbytes + one.hard.nbytes for one in self.verdicts
        )
        return verdicts + sum(one.known.nbytes + one.places.nbytes for one in self.shares)
