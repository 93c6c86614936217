"""How one value of a profile becomes one number in a column, and back again."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import IntEnum
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
NO_INSTANT = -(2**63)
NO_DAY = 0
NO_NUMBER = -1


class Codec(Protocol):
    """``dtype`` is numpy's name of the column; decode(encode(value)) == value."""

    dtype: str

    def encode(self, value: Any) -> int: ...

    def decode(self, stored: int) -> Any: ...


def encode_all(codec: Codec, values: Sequence[Any]) -> NDArray[Any]:
    """Return the column of these values, in their order."""
    return np.fromiter(map(codec.encode, values), codec.dtype, len(values))


def count_microseconds(instant: datetime) -> int:
    """Return microseconds since 1970 of an aware instant; TypeError for a naive one."""
    return (instant - EPOCH) // MICROSECOND


class Number:
    """A small whole number, None kept as -1."""

    unknown = NO_NUMBER

    def __init__(self, dtype: str = "int16") -> None:
        self.dtype = dtype

    def encode(self, value: int | None) -> int:
        return NO_NUMBER if value is None else value

    def decode(self, stored: int) -> int | None:
        return None if stored == NO_NUMBER else int(stored)


class Truth:
    dtype = "bool"

    def encode(self, value: bool) -> int:
        return value

    def decode(self, stored: int) -> bool:
        return bool(stored)


class Member:
    """A value of an ``IntEnum``."""

    dtype = "uint8"

    def __init__(self, enumeration: type[IntEnum]) -> None:
        self._members = {int(one): one for one in enumeration}

    def encode(self, value: IntEnum) -> int:
        return int(value)

    def decode(self, stored: int) -> IntEnum:
        return self._members[int(stored)]


class Day:
    """A date as its ordinal, None as 0."""

    dtype = "int32"

    def encode(self, value: date | None) -> int:
        return NO_DAY if value is None else value.toordinal()

    def decode(self, stored: int) -> date | None:
        return None if stored == NO_DAY else date.fromordinal(int(stored))


class Instant:
    """An aware instant as microseconds since 1970, None as the least number."""

    dtype = "int64"
    unknown = NO_INSTANT

    def encode(self, value: datetime | None) -> int:
        return NO_INSTANT if value is None else count_microseconds(value)

    def decode(self, stored: int) -> datetime | None:
        return None if stored == NO_INSTANT else EPOCH + int(stored) * MICROSECOND


class Choices:
    """A set of few known words as bits; None (unknown) as the highest bit."""

    dtype = "uint8"
    unknown = 0x80

    def __init__(self, *words: str) -> None:
        self._bits = {word: 1 << place for place, word in enumerate(words)}

    def encode(self, value: frozenset[str] | None) -> int:
        return self.unknown if value is None else sum(self._bits[word] for word in value)

    def decode(self, stored: int) -> frozenset[str] | None:
        if stored == self.unknown:
            return None
        return frozenset(word for word, bit in self._bits.items() if stored & bit)


class Interned:
    """Any hashable value as its place in a growing list; None as 0.

    ``size`` never shrinks: the vocabulary is small, and removed women leave no value behind that
    could name one.
    """

    def __init__(self, dtype: str = "uint16") -> None:
        self.dtype = dtype
        self._values: list[Hashable] = [None]
        self._places: dict[Hashable, int] = {None: 0}

    @property
    def size(self) -> int:
        """Return the number of distinct values, None included."""
        return len(self._values)

    def encode(self, value: Hashable) -> int:
        place = self._places.get(value)
        if place is None:
            place = self._places[value] = len(self._values)
            self._values.append(value)
        return place

    def decode(self, stored: int) -> Any:
        return self._values[stored]

    def find(self, value: Hashable) -> int | None:
        """Return the place of a value that occurs, else None; nothing is added."""
        return self._places.get(value)
