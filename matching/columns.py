"""The whole roster as columns in memory: built once, changed row by row, read back one by one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from itertools import islice
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.bits import Bits, count_words, pack
from matching.codecs import Interned, encode_all
from matching.facts import Mediator
from matching.id_rows import IdRows
from matching.layout import (
    SETS,
    TUPLES,
    join_availability,
    join_declaration,
    list_entries,
    list_scalar_codecs,
    make_singles,
    make_tables,
    read_scalar,
)
from matching.memory import Memory
from matching.singles import Single
from matching.tables import Ints, Lazily, Table, grow
from matching.terms import Terms

BATCH = 2048
"""Women held as Python values at once while many are read in."""
FEW = 8
"""So few are written faster row by row than column by column."""


class Columns:
    """Every fact of every woman, column by column.

    ``scalars`` holds one array per single-valued field, ``tables`` one ``Table`` per many-valued
    one, ``singles`` what has several fields but is there once at most. Rows are numbered as women come; a removed woman's row is given to the next one. Nothing
    here says anything about a person's rank: order is decided in ``matching.shortlist``.
    """

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.version = 0
        """Grows with every change; an answer given before may no longer be asked for reasons."""
        self.codes = Interned("uint16")
        self._words = Interned("uint32")
        self._sources = Interned("uint32")
        self._rows = IdRows()
        self._free: list[int] = []
        self._is_used = np.zeros(0, np.bool_)
        self.row_count = 0
        """Rows from 0 to the last that was ever used."""
        self.words = 0
        """How many words a set of rows takes."""
        self._codecs = list_scalar_codecs(self.codes)
        self.scalars = {name: np.zeros(0, one.dtype) for name, one in self._codecs.items()}
        self.tables = make_tables(self.codes, self._words, self._sources)
        self.singles = make_singles(self.codes, self._sources)
        self._names, self._single_names = tuple(self.tables), tuple(self.singles)
        self.memory = Memory()
        """What criteria said of these rows; only ``matching.judging`` uses it."""

    @classmethod
    def build(cls, mediators: Iterable[Mediator], terms: Terms) -> Columns:
        """Return columns of these women; the last of one id counts."""
        columns = cls(terms)
        columns.load(mediators)
        return columns

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, mediator_id: int) -> bool:
        return mediator_id in self._rows

    @property
    def nbytes(self) -> int:
        """Bytes held, spare room included, and what is kept of answers."""
        own = sum(array.nbytes for array in self.scalars.values()) + self._is_used.nbytes
        parts = sum(part.nbytes for _, part in self._list_parts())
        return own + parts + self._rows.nbytes + self.memory.nbytes

    def _list_parts(self) -> Iterator[tuple[str, Table | Single]]:
        yield from self.tables.items()
        yield from self.singles.items()

    def apply(self, mediator: Mediator) -> None:
        """Add a woman, or put these facts in the place of what was known of her."""
        row = self._find_row(mediator.id)
        for name, codec in self._codecs.items():
            self.scalars[name][row] = codec.encode(read_scalar(mediator, name))
        for name, table in self._list_parts():
            table.put(row, list_entries(mediator, name))
        self._is_used[row] = True
        self.memory.note_change([row])
        self.version += 1

    def load(self, mediators: Iterable[Mediator]) -> None:
        """Do what ``apply`` does with each of these women, column by column.

        They are taken from the stream ``BATCH`` at a time, so that a roster of any size is read
        in with the memory of its columns.
        """
        stream = iter(mediators)
        while batch := {mediator.id: mediator for mediator in islice(stream, BATCH)}:
            if len(batch) < FEW:
                for mediator in batch.values():
                    self.apply(mediator)
            else:
                self._write([self._find_row(one) for one in batch], list(batch.values()))

    def _find_row(self, mediator_id: int) -> int:
        row = self._rows.get(mediator_id)
        if row is None:
            row = self._take_row()
            self._rows.add(mediator_id, row)
        return row

    def _write(self, numbers: list[int], mediators: list[Mediator]) -> None:
        rows = np.array(numbers, np.int64)
        for name, codec in self._codecs.items():
            values = [read_scalar(mediator, name) for mediator in mediators]
            self.scalars[name][rows] = encode_all(codec, values)
        for name, table in self._list_parts():
            table.put_many(rows, [list_entries(mediator, name) for mediator in mediators])
        self._is_used[rows] = True
        self.memory.note_change(numbers)
        self.version += len(rows)

    def remove(self, mediator_id: int) -> None:
        """Forget a woman; KeyError if she is not here."""
        row = self._rows.remove(mediator_id)
        self._is_used[row] = False
        for array in self.scalars.values():
            array[row] = 0
        for _, table in self._list_parts():
            table.put(row, ())
        self._free.append(row)
        self.memory.note_change([row])
        self.version += 1

    def take(self, rows: Ints) -> Columns:
        """Return columns of these rows alone, numbered from 0: what is asked of few costs little.

        A column is copied when it is first read. They are good until something changes here, and
        not for changing themselves.
        """
        taken = copy(self)
        taken.memory = Memory()
        taken._is_used, taken.row_count = np.ones(len(rows), np.bool_), len(rows)
        taken.words = count_words(len(rows))
        taken.scalars = Lazily(lambda name: self.scalars[name][rows])
        taken.tables = Lazily(lambda name: self.tables[name].take(rows))
        taken.singles = Lazily(lambda name: self.singles[name].take(rows))
        return taken

    def aside(self) -> Columns:
        """Return the same columns with a memory of their own, for what will not be asked again.

        They are good until something changes here, and not for changing themselves.
        """
        beside = copy(self)
        beside.memory = Memory()
        return beside

    def forget_found(self) -> None:
        """Let go of what look-ups kept for the answer at hand, so that memory stays bounded."""
        for table in self.tables.values():
            table.forget_found()

    def rows(self) -> Ints:
        """Return the numbers of all rows in use."""
        return np.flatnonzero(self._is_used)

    def bits(self) -> Bits:
        """Return the set of all rows in use."""
        return pack(self._is_used, self.words)

    def row(self, mediator_id: int) -> int:
        """Return a woman's row; KeyError if she is not here."""
        return self._rows[mediator_id]

    def ids(self, rows: Ints) -> NDArray[np.int64]:
        """Return the mediator ids of rows."""
        ids: NDArray[np.int64] = self.scalars["id"][rows]
        return ids

    def mediator(self, mediator_id: int) -> Mediator:
        """Return the facts of one woman as they were given; KeyError if she is not here."""
        return self.read(self._rows[mediator_id])

    def read(self, row: int) -> Mediator:
        """Return the facts kept in a row."""
        values: dict[str, Any] = {
            name: codec.decode(self.scalars[name][row]) for name, codec in self._codecs.items()
        }
        knows_nationalities = values.pop("knows_nationalities")
        entries = {name: self.tables[name].list_values(row) for name in self._names}
        entries |= {name: self.singles[name].list_values(row) for name in self._single_names}
        for name in TUPLES:
            values[name] = entries[name]
        for name in SETS:
            values[name] = frozenset(entries[name])
        values["nationalities"] = entries["nationalities"] if knows_nationalities else None
        values["seniority"] = entries["seniority"][0] if entries["seniority"] else None
        values["availability"] = join_availability(entries)
        values["declaration"] = join_declaration(entries)
        return Mediator(**values)

    def _take_row(self) -> int:
        if self._free:
            return self._free.pop()
        row = len(self._rows)
        if row == len(self._is_used):
            self._is_used = grow(self._is_used, row + 1)
            self.words = count_words(len(self._is_used))
            self.scalars = {name: grow(array, row + 1) for name, array in self.scalars.items()}
        self.row_count = row + 1
        return row
