"""Who of those that fit stands how high: points of everybody, and the order of the first."""

from __future__ import annotations

import numpy as np

from matching.bits import Bits
from matching.columns import Columns
from matching.criteria import Asking
from matching.earning import Points, add_up, earn
from matching.run import list_shares, rank
from matching.tables import Ints
from matching.weights import Weights


def score(columns: Columns, rows: Ints, bits: Bits, asking: Asking, weights: Weights) -> Points:
    """Return hundredths of points for each row of a set, which is given both ways."""
    return add_up(earn(columns, list_shares(asking, weights), asking, bits, rows), rows)


def list_best(
    columns: Columns, rows: Ints, points: Points, request_code: str, limit: int | None
) -> Ints:
    """Return the places of the first rows in order, all of them without a limit."""
    if limit is None or limit >= len(rows):
        return rank(columns, rows, points, request_code)
    if limit == 0:
        return np.zeros(0, np.int64)
    above = np.flatnonzero(points >= _find_floor(points, limit))
    best: Ints = above[rank(columns, rows[above], points[above], request_code)[:limit]]
    return best


def _find_floor(points: Points, limit: int) -> int:
    """Return the most points that so many have or exceed."""
    having = np.cumsum(np.bincount(points)[::-1])
    return len(having) - 1 - int(np.searchsorted(having, limit))
