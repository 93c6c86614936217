"""Names as they were opened lately, so that a list of many thousands is not opened at every look.

The database keeps names sealed. A process that shows lists remembers what a sealed value held, by
the sealed value itself: a name that was changed or erased is asked for by nobody any more. What a
list shows comes from the rows of this very moment, and everything is forgotten after an hour.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, LargeBinary, Select, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session

from matching.names import NameIndex, list_words
from matching.terms import normalise
from roster.encryption import open_sealed
from roster.models import Identity, Record

KEPT = timedelta(hours=1)
MOST_KEPT = 200_000
"""Sealed values remembered; beyond that all are forgotten, and opened again where asked for."""


class HerNames(NamedTuple):
    """The names of one record as written, and by what the first, which is shown, is ordered."""

    shown: str
    order: str
    others: tuple[str, ...] = ()


class SearchedNames(NamedTuple):
    """Names made ready to be searched: all words of each record, and an index of them."""

    names: Mapping[int, HerNames]
    words: Mapping[int, str]
    typed: NameIndex
    """The look-up of a name as one types it."""


class OpenedNames:
    """One per process, or one for a single look. Safe in several threads."""

    def __init__(self) -> None:
        self._values: dict[bytes, Any] = {}
        self._orders: dict[bytes, str] = {}
        self._begun: datetime | None = None
        self._searched: SearchedNames | None = None
        self._lock = threading.Lock()

    def read(
        self, session: Session, visible: Select[Record], *, now: datetime
    ) -> dict[int, HerNames]:
        """All names of each record: as shown, in her own script, former ones and variants."""
        columns = (Identity.display_name, Identity.original_name, Identity.other_names)
        rows = session.execute(
            select(Identity.record_id, *map(_sealed, columns)).where(
                Identity.record_id.in_(visible.with_only_columns(Record.id))
            )
        )
        with self._lock:
            self._forget_old(now)
            return {number: self._open(shown, others) for number, shown, *others in rows}

    def search(self, names: Mapping[int, HerNames]) -> SearchedNames:
        """These names made ready; kept until others are asked for."""
        with self._lock:
            if self._searched is None or self._searched.names != names:
                all_names = {one: [hers.shown, *hers.others] for one, hers in names.items()}
                words = {one: _join_words(hers) for one, hers in all_names.items()}
                self._searched = SearchedNames(names, words, NameIndex.build(all_names.items()))
            return self._searched

    def _forget_old(self, now: datetime) -> None:
        is_old = self._begun is None or not timedelta(0) <= now - self._begun < KEPT
        if is_old or len(self._values) > MOST_KEPT:
            self._values, self._orders, self._searched, self._begun = {}, {}, None, now

    def _open(self, shown: bytes, others: Sequence[bytes | None]) -> HerNames:
        name = self._open_one(shown)
        if shown not in self._orders:
            self._orders[shown] = normalise(name)
        more: list[str] = []
        for sealed in filter(None, others):
            value = self._open_one(sealed)
            more += value if isinstance(value, list) else [value]
        return HerNames(name, self._orders[shown], tuple(filter(None, more)))

    def _open_one(self, sealed: bytes) -> Any:
        if sealed not in self._values:
            self._values[sealed] = open_sealed(sealed)
        return self._values[sealed]


def _join_words(names: Iterable[str]) -> str:
    return " ".join(word for name in names for word in list_words(name))


def _sealed(column: InstrumentedAttribute[Any]) -> ColumnElement[bytes]:
    return type_coerce(column, LargeBinary)
