"""Two unmerged records that may be one woman are never both in one answer."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matching import outcomes as o
from matching.codecs import NO_INSTANT
from matching.columns import Columns
from matching.criteria import Asking
from matching.gates.availability import is_fresh
from matching.run import draw_lots
from matching.tables import Ints


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
    for place in _order(columns, rows, is_listed, asking):
        others = pairs.get(int(place))
        if others is None:
            continue
        if kept.isdisjoint(others):
            kept.add(int(place))
        else:
            outcomes[place] = o.X2
    return outcomes


def _list_pairs(columns: Columns, rows: Ints) -> dict[int, set[int]]:
    """Return, by place in rows, the places of those suspected to be the same; both ways."""
    table = columns.tables["look_alikes"]
    place_of_row = {int(row): place for place, row in enumerate(rows)} if len(table.owner) else {}
    pairs: dict[int, set[int]] = {}
    for entry in table.where(np.ones(len(table.owner), np.bool_)):
        other_id = int(table["value"][entry])
        place = place_of_row.get(int(table.owner[entry]))
        other = place_of_row.get(columns.row(other_id)) if other_id in columns else None
        if place is not None and other is not None and place != other:
            pairs.setdefault(place, set()).add(other)
            pairs.setdefault(other, set()).add(place)
    return pairs


def _order(
    columns: Columns, rows: Ints, is_listed: NDArray[np.bool_], asking: Asking
) -> NDArray[np.int64]:
    table = columns.tables["availability"]
    own = table.only("confirmed_by", rows) == (columns.codes.find("self") or -1)
    own &= is_fresh(columns, rows, asking)
    confirmed_at = table.only("confirmed_at", rows, NO_INSTANT)
    lot = draw_lots(columns.ids(rows), asking.request.code)
    _, age_rank = np.unique(confirmed_at, return_inverse=True)
    return np.lexsort((lot, -age_rank, ~own, ~is_listed))
