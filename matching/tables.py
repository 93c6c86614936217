"""Many entries per woman in flat columns: her languages, themes, offices, each entry one row."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from itertools import chain
from operator import attrgetter
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from matching.codecs import Codec, Interned, encode_all

Ints = NDArray[np.int64]
Truths = NDArray[np.bool_]


def grow(array: NDArray[Any], size: int) -> NDArray[Any]:
    """Return the array, or a copy an eighth larger and at least ``size`` long, filled with 0."""
    if size <= len(array):
        return array
    larger = np.zeros(max(size, len(array) * 9 // 8, 64), dtype=array.dtype)
    larger[: len(array)] = array
    return larger


class _Rising:
    """One array that counts from 0, as long as the longest asked for so far."""

    array: Ints = np.arange(0)


def count_up(size: int) -> Ints:
    """Return the rows from 0 to the last of so many: one array for all, known by ``is_everybody``."""
    if size > len(_Rising.array):
        _Rising.array = np.arange(size)
        _Rising.array.flags.writeable = False
    return _Rising.array[:size]


def is_everybody(rows: Ints) -> bool:
    """Tell whether rows come from ``count_up``, so that a column need not be picked from."""
    return rows.base is _Rising.array


Value = TypeVar("Value")


class Lazily(dict[str, Value]):
    """A value per name, made when it is first asked for."""

    def __init__(self, make: Callable[[str], Value]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, name: str) -> Value:
        self[name] = self._make(name)
        return self[name]


class Table:
    """Entries of one kind. The entries of one row lie side by side, in the order they were given.

    ``make`` builds the value again from the fields' values. A changed row is written behind the
    others; what it leaves is marked and swept when more than half is left over, so that memory is
    at most about three times that of the entries that count.
    """

    def __init__(self, make: Callable[..., Any], fields: Mapping[str, Codec]) -> None:
        self._make = make
        self._codecs = dict(fields)
        self._data = {name: np.zeros(0, codec.dtype) for name, codec in fields.items()}
        self._owner = np.zeros(0, np.int32)
        self._start = np.zeros(0, np.int32)
        self._count = np.zeros(0, np.uint16)
        self._used = 0
        self._left_over = 0
        self._found: dict[tuple[str, frozenset[Hashable]], Ints] = {}
        self._sorted: dict[str, tuple[NDArray[np.int32], Ints]] = {}

    def __getitem__(self, field: str) -> NDArray[Any]:
        """Return the column of a field over all entries, left-over ones included."""
        return self._data[field][: self._used]

    @property
    def owner(self) -> NDArray[np.int32]:
        """Row of each entry; -1 marks what a changed row left behind."""
        return self._owner[: self._used]

    @property
    def nbytes(self) -> int:
        """Bytes held, spare room included."""
        arrays = (*self._data.values(), self._owner, self._start, self._count)
        return sum(array.nbytes for array in arrays)

    def put(self, row: int, values: Sequence[Any]) -> None:
        """Make ``values`` the entries of the row, in place of what it had."""
        self._start = grow(self._start, row + 1)
        self._count = grow(self._count, row + 1)
        before, after = int(self._count[row]), len(values)
        self.forget_found()
        if after > before:
            self._reserve(row, after)
        start = int(self._start[row])
        self._owner[start + after : start + before] = -1
        self._left_over += max(before - after, 0)
        self._count[row] = after
        self._write(start, values)
        self._sweep_if_due()

    def put_many(self, rows: Ints, values: Sequence[Sequence[Any]]) -> None:
        """Do what ``put`` does for each of these rows, one or more and all different, in one go."""
        size, total = int(rows.max()) + 1, sum(map(len, values))
        self._start, self._count = grow(self._start, size), grow(self._count, size)
        self.forget_found()
        for row in rows[self._count[rows] > 0]:
            self._leave(int(row))
        counts = np.fromiter(map(len, values), np.int64, len(rows))
        begin = self._append(np.repeat(rows, counts), total)
        self._start[rows] = begin + np.cumsum(counts) - counts
        self._count[rows] = counts
        entries = list(chain.from_iterable(values))
        for name, codec in self._codecs.items():
            read = entries if name == "value" else list(map(attrgetter(name), entries))
            self._data[name][begin : begin + total] = encode_all(codec, read)
        self._sweep_if_due()

    def _reserve(self, row: int, size: int) -> None:
        self._leave(row)
        self._start[row] = self._append(row, size)
        self._count[row] = 0

    def _leave(self, row: int) -> None:
        start, count = int(self._start[row]), int(self._count[row])
        self._owner[start : start + count] = -1
        self._left_over += count

    def _append(self, owners: Any, size: int) -> int:
        """Make room for so many entries behind the others; returns the number of the first."""
        begin, end = self._used, self._used + size
        self._owner = grow(self._owner, end)
        self._owner[begin:end] = owners
        self._data = {name: grow(array, end) for name, array in self._data.items()}
        self._used = end
        return begin

    def _write(self, start: int, values: Sequence[Any]) -> None:
        for name, codec in self._codecs.items():
            encode, column = codec.encode, self._data[name]
            for place, value in enumerate(values, start):
                column[place] = encode(value if name == "value" else getattr(value, name))

    def _sweep_if_due(self) -> None:
        if self._left_over > 64 and self._left_over * 2 > self._used:
            self._sweep()

    def _sweep(self) -> None:
        kept = np.flatnonzero(self.owner >= 0)
        place = np.zeros(self._used, np.int32)
        place[kept] = np.arange(len(kept), dtype=np.int32)
        filled = np.flatnonzero(self._count)
        self._start[filled] = place[self._start[filled]]
        self._data = {name: array[kept] for name, array in self._data.items()}
        self._owner = self._owner[kept]
        self._used, self._left_over = len(kept), 0

    def take(self, rows: Ints) -> Table:
        """Return a table of these rows alone, numbered from 0; a field is copied when it is read.

        It is good until something changes here, and not for changing itself.
        """
        counts = self._count[rows]
        ends = np.cumsum(counts, dtype=np.int64)
        begins = ends - counts
        total = int(ends[-1]) if len(ends) else 0
        entries = np.repeat(self._start[rows] - begins, counts) + np.arange(total)
        taken = Table(self._make, self._codecs)
        taken._data = Lazily(lambda name: self._data[name][entries])
        taken._owner = np.repeat(np.arange(len(rows), dtype=np.int32), counts)
        taken._start, taken._count, taken._used = begins.astype(np.int32), counts, total
        return taken

    def count(self, rows: Ints) -> NDArray[np.uint16]:
        """Return how many entries each row has."""
        return self._count[rows]

    def read(self, entry: int) -> Any:
        """Return one entry as the value it was made from."""
        if "value" in self._codecs:
            return self._codecs["value"].decode(self._data["value"][entry])
        read = {name: one.decode(self._data[name][entry]) for name, one in self._codecs.items()}
        return self._make(**read)

    def list_values(self, row: int) -> tuple[Any, ...]:
        """Return the values of a row in the order they were given."""
        count = int(self._count[row])
        if not count:
            return ()
        start = int(self._start[row])
        fields = [
            map(codec.decode, self._data[name][start : start + count].tolist())
            for name, codec in self._codecs.items()
        ]
        if "value" in self._codecs:
            return tuple(*fields)
        names = tuple(self._codecs)
        return tuple(
            self._make(**dict(zip(names, read, strict=True))) for read in zip(*fields, strict=True)
        )

    def find(self, field: str, wanted: Iterable[Hashable]) -> Ints:
        """Return the entries that count and whose interned field is one of the wanted values."""
        key = field, frozenset(wanted)
        if key not in self._found:
            self._found[key] = self._find(*key)
        return self._found[key]

    def forget_found(self) -> None:
        """Forget what ``find`` and ``sort_by`` have kept; done by itself at every change."""
        self._found.clear()
        self._sorted.clear()

    def sort_by(self, field: str) -> None:
        """Keep the entries sorted by an interned field: worth it before a hundred look-ups."""
        column = self[field]
        first = np.concatenate(([0], np.cumsum(np.bincount(column))))
        self._sorted[field] = np.argsort(column, kind="stable").astype(np.int32), first

    def _find(self, field: str, wanted: frozenset[Hashable]) -> Ints:
        codec = self._codecs[field]
        if not isinstance(codec, Interned):
            raise TypeError(f"{field} holds no interned values")
        places = {codec.find(value) for value in wanted} - {None, 0}
        if not places:
            return np.zeros(0, np.int64)
        if field in self._sorted:
            return self._pick_sorted(field, [place for place in places if place])
        is_wanted = np.zeros(codec.size, np.bool_)
        is_wanted[[place for place in places if place]] = True
        return self.where(is_wanted[self[field]])

    def _pick_sorted(self, field: str, places: list[int]) -> Ints:
        order, first = self._sorted[field]
        known = [place for place in places if place + 1 < len(first)]
        parts = [order[first[place] : first[place + 1]] for place in known]
        entries = parts[0] if len(parts) == 1 else np.sort(np.concatenate((order[:0], *parts)))
        counting: Ints = entries[self.owner[entries] >= 0].astype(np.int64)
        return counting

    def where(self, condition: Truths) -> Ints:
        """Return the numbers of the entries that count and satisfy the condition."""
        return np.flatnonzero(condition & (self.owner >= 0))
