"""The engine's columns straight from arrays: what a roster of a million women is read in with.

The engine itself is given women one by one; this writes what it would have written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from matching import Columns, Terms
from matching.bits import count_words
from matching.codecs import Codec
from matching.singles import Single
from matching.tables import Table
from tests.benchmarks.invented import Array, Entries, Roster


def fill_columns(roster: Roster, terms: Terms) -> Columns:
    """Return the columns that ``Columns.build`` would make of these women."""
    columns = Columns(terms)
    columns._is_used = np.ones(roster.size, np.bool_)
    columns.row_count, columns.words = roster.size, count_words(roster.size)
    ids = roster.scalars["id"]
    columns._rows._ids, columns._rows._rows = np.sort(ids), np.argsort(ids).astype(np.int32)
    columns._rows._size = roster.size
    for name, codec in columns._codecs.items():
        columns.scalars[name] = _encode(codec, roster.scalars[name], roster.words.get(name))
    for name, table in columns.tables.items():
        _fill(table, roster.tables[name])
    for name, single in columns.singles.items():
        _fill_single(single, roster.tables[name], roster.size)
    return columns


def _fill_single(single: Single, entries: Entries, size: int) -> None:
    single._reach(size)
    single._has = entries.counts > 0
    for name, codec in single._codecs.items():
        single._data[name] = np.full(size, single._unknown[name], codec.dtype)
        found = _encode(codec, entries.fields[name], entries.words.get(name))
        single._data[name][entries.owners] = found


def _fill(table: Table, entries: Entries) -> None:
    table._count = entries.counts.astype(np.uint16)
    table._start = (np.cumsum(entries.counts) - entries.counts).astype(np.int32)
    table._owner = entries.owners.astype(np.int32)
    table._used = len(table._owner)
    for name, codec in table._codecs.items():
        table._data[name] = _encode(codec, entries.fields[name], entries.words.get(name))


def _encode(codec: Codec, values: Array, words: Sequence[Any] | None) -> Array:
    if words is None:
        return values.astype(codec.dtype)
    return np.array([codec.encode(word) for word in words], codec.dtype)[values]
