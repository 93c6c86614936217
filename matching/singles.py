"""What a woman has once at most, each field at her own row: availability, declaration, seniority."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from copy import copy
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.codecs import Codec, encode_all
from matching.tables import Ints, Lazily, grow, is_everybody


class Single:
    """One entry per row or none. A field of a row without one reads as the codec's unknown."""

    def __init__(self, make: Callable[..., Any], fields: Mapping[str, Codec]) -> None:
        self._make = make
        self._codecs = dict(fields)
        self._unknown = {name: getattr(codec, "unknown", 0) for name, codec in fields.items()}
        self._data = {name: np.zeros(0, codec.dtype) for name, codec in fields.items()}
        self._has = np.zeros(0, np.bool_)

    @property
    def nbytes(self) -> int:
        """Bytes held, spare room included."""
        return self._has.nbytes + sum(array.nbytes for array in self._data.values())

    def put(self, row: int, values: Sequence[Any]) -> None:
        """Make the one value, or none, that of the row."""
        self._reach(row + 1)
        self._has[row] = bool(values)
        for name, codec in self._codecs.items():
            found = codec.encode(getattr(values[0], name)) if values else self._unknown[name]
            self._data[name][row] = found

    def put_many(self, rows: Ints, values: Sequence[Sequence[Any]]) -> None:
        """Do what ``put`` does for each of these rows, one or more and all different, in one go."""
        self._reach(int(rows.max()) + 1)
        has = np.fromiter(map(len, values), np.int64, len(rows)) > 0
        filled, entries = rows[has], [one[0] for one in values if one]
        self._has[rows] = has
        for name, codec in self._codecs.items():
            self._data[name][rows[~has]] = self._unknown[name]
            self._data[name][filled] = encode_all(codec, list(map(attrgetter(name), entries)))

    def _reach(self, size: int) -> None:
        if size > len(self._has):
            before, self._has = len(self._has), grow(self._has, size)
            for name, array in self._data.items():
                self._data[name] = grow(array, size)
                self._data[name][before:] = self._unknown[name]

    def take(self, rows: Ints) -> Single:
        """Return these rows alone, numbered from 0; a field is copied when it is read."""
        taken = copy(self)
        taken._has = self._has[rows]
        taken._data = Lazily(lambda name: self._data[name][rows])
        return taken

    def only(self, field: str, rows: Ints) -> NDArray[Any]:
        """Return the field for each row, to be read."""
        data = self._data[field]
        if not is_everybody(rows):
            return data.take(rows)
        whole = data[: len(rows)]
        whole.flags.writeable = False
        return whole

    def list_values(self, row: int) -> tuple[Any, ...]:
        """Return the value of a row, or nothing."""
        if not self._has[row]:
            return ()
        read = {name: one.decode(self._data[name][row]) for name, one in self._codecs.items()}
        return (self._make(**read),)
