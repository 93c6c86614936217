"""Two unmerged records that may be one woman are never both in one answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching import outcomes as o
from matching.bits import Bits, gather, is_in, list_rows
from matching.columns import Columns
from matching.criteria import Asking, Positions
from matching.gates.availability import is_fresh
from matching.run import draw_lots
from matching.tables import Ints


def part_look_alikes(columns: Columns, fits: Bits, near: Bits, asking: Asking) -> Bits:
    """Return who of those that fit, or nearly fit, gives way to another that may be herself."""
    if not (columns.tables["look_alikes"].owner >= 0).any():
        return np.zeros_like(fits)
    rows = list_rows(fits | near)
    outcomes = judge_look_alikes(columns, rows, is_in(fits, rows), asking)
    return gather(rows[outcomes == o.X2], len(fits))


def judge_look_alikes(
    columns: Columns, rows: Ints, is_listed: NDArray[np.bool_], asking: Asking
) -> NDArray[np.uint8]:
    """May she be the same person as one who already stands in the answer?

    Asked last, of those only who would be listed or near misses. Of two who may be one, a listed
    one stays before a near miss; else the one with the fresher availability of her own, then the
    fresher by her coordinator, then by lot. The other has X2 and is told nothing of the first.
    """
    outcomes = np.full(len(rows), o.PASS, np.uint8)
    pairs = _list_pairs(columns, rows)
    if not pairs:
        return outcomes
    kept: set[int] = set()
    order = _order(columns, rows, is_listed, asking)
    for place in order[np.isin(order, list(pairs))].tolist():
        if kept.isdisjoint(pairs[place]):
            kept.add(place)
        else:
            outcomes[place] = o.X2
    return outcomes


def _list_pairs(columns: Columns, rows: Ints) -> dict[int, set[int]]:
    """Return, by place in rows, the places of those suspected to be the same; both ways."""
    table, ids = columns.tables["look_alikes"], columns.ids(rows)
    entries = table.where(np.ones(len(table.owner), np.bool_))
    ones = Positions(rows).locate(table.owner[entries])
    others = _locate_ids(ids, table["value"][entries])
    is_pair = (ones >= 0) & (others >= 0) & (ones != others)
    pairs: dict[int, set[int]] = {}
    for one, other in zip(ones[is_pair].tolist(), others[is_pair].tolist(), strict=True):
        pairs.setdefault(one, set()).add(other)
        pairs.setdefault(other, set()).add(one)
    return pairs


def _locate_ids(ids: NDArray[np.int64], wanted: NDArray[np.int64]) -> Ints:
    """Return the place in ``ids`` of each wanted id, -1 for one that is not there."""
    if not len(ids):
        return np.full(len(wanted), -1, np.int64)
    order = np.argsort(ids)
    found = order[np.minimum(np.searchsorted(ids, wanted, sorter=order), len(ids) - 1)]
    return np.where(ids[found] == wanted, found, -1)


def _order(
    columns: Columns, rows: Ints, is_listed: NDArray[np.bool_], asking: Asking
) -> NDArray[np.int64]:
    table = columns.singles["availability"]
    own = table.only("confirmed_by", rows) == (columns.codes.find("self") or -1)
    own &= is_fresh(columns, rows, asking)
    oldest_last = ~table.only("confirmed_at", rows)
    lot = draw_lots(columns.ids(rows), asking.request.code)
    return np.lexsort((lot, oldest_last, ~own, ~is_listed))


@dataclass(frozen=True)
class LookAlikes:
    """Pairs of rows that may be one woman, among some rows; all others never give way."""

    rows: Ints
    """The rows of all pairs, each once, in the order of the rows asked about."""
    places: Ints
    """Where each stands among the rows asked about."""
    ones: Ints
    others: Ints
    """The two of each pair, as places in ``rows``."""

    @classmethod
    def among(cls, columns: Columns, rows: Ints) -> LookAlikes:
        """Return who among these rows may have to give way to another."""
        pairs = _list_pairs(columns, rows)
        places = np.array(sorted(pairs), np.int64)
        both = [(one, other) for one, others in pairs.items() for other in others if one < other]
        ones, others = np.array(both, np.int64).reshape(-1, 2).T
        return cls(
            rows[places], places, np.searchsorted(places, ones), np.searchsorted(places, others)
        )

    def keep(self, kept: Ints) -> LookAlikes:
        """Return the pairs of which both stay; ``kept`` are rising places among the rows asked."""
        place = np.full(int(max(self.places.max(initial=0), kept.max(initial=0))) + 1, -1)
        place[kept] = np.arange(len(kept))
        now = place[self.places]
        both = (now[self.ones] >= 0) & (now[self.others] >= 0)
        stay = np.unique(np.concatenate((self.ones[both], self.others[both])))
        ones, others = (np.searchsorted(stay, side[both]) for side in (self.ones, self.others))
        return LookAlikes(self.rows[stay], now[stay], ones, others)

    def count_parted(self, columns: Columns, fits: NDArray[np.bool_], asking: Asking) -> int:
        """Return how many of those that fit, said for each of ``rows``, give way to another."""
        return len(self.find_parted(columns, fits, asking))

    def find_parted(
        self,
        columns: Columns,
        held: NDArray[np.bool_],
        asking: Asking,
        first: NDArray[np.bool_] | None = None,
    ) -> Ints:
        """Return the places in ``rows`` of those held who give way; ``first`` stay before others.

        Both are said for each of ``rows``; all are first unless told.
        """
        both = held[self.ones] & held[self.others]
        if not both.any():
            return self.places[:0]
        kept = np.unique(np.concatenate((self.ones[both], self.others[both])))
        is_first = np.ones(len(kept), np.bool_) if first is None else first[kept]
        outcomes = judge_look_alikes(columns, self.rows[kept], is_first, asking)
        parted: Ints = kept[outcomes == o.X2]
        return parted
