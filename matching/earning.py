"""What preferences give to sets of rows, without scoring again what is known."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from matching.bits import Bits, list_rows
from matching.columns import Columns
from matching.criteria import Asking
from matching.judging import come_near, name_asked
from matching.memory import Shares
from matching.run import Share
from matching.tables import Ints
from matching.watching import Watched

Points = NDArray[np.int32]
"""Hundredths of points."""
MOST_VALUES = 255
"""Different shares that one preference may give for them to be kept in a byte."""


class Earned(NamedTuple):
    """Hundredths of points that one wish gives: by place, and the place of each row."""

    points: Points
    places: NDArray[Any]

    def of(self, rows: Ints) -> Points:
        """Return the hundredths of points of each of these rows, which were asked about."""
        return self.points.take(self.places.take(rows))


def earn(
    columns: Columns,
    shares: Sequence[Share],
    asking: Asking,
    among: Bits,
    rows: Ints,
    likely: Bits | None = None,
) -> list[Earned]:
    """Return what each wish gives to the rows of a set, which are given both ways.

    ``likely`` holds all of them and those who may be among them next; so long as one of the rows
    is not known, all of these are scored.
    """
    columns.memory.settle(columns.words)
    found = [_find(columns, share, asking) for share in shares]
    kept = [one for one in found if one is not None]
    known = reduce(np.bitwise_and, (one.known for one in kept), among)
    if len(kept) < len(shares) or (among & ~known).any():
        likely = among if likely is None else likely
        return [_earn(columns, share, asking, likely, rows) for share in shares]
    return [_weigh(one, share) for one, share in zip(kept, shares, strict=True)]


def add_up(earned: Sequence[Earned], rows: Ints) -> Points:
    """Return the hundredths of points of each of these rows for all wishes together."""
    total = np.zeros(len(rows), np.int32)
    for one in earned:
        total += one.of(rows)
    return total


def _find(columns: Columns, share: Share, asking: Asking) -> Shares | None:
    kept = columns.memory.shares.find(name_asked(share, asking), asking)
    if kept is not None:
        kept.reach(columns.words)
    return kept


def _weigh(kept: Shares, share: Share) -> Earned:
    return Earned(np.rint(kept.values * share.out_of).astype(np.int32), kept.places)


def _earn(columns: Columns, share: Share, asking: Asking, among: Bits, rows: Ints) -> Earned:
    kept = _find(columns, share, asking)
    if kept is None:
        kept = _make_shares(asking, len(among))
        columns.memory.shares.add(name_asked(share, asking), kept)
    missing = among & ~kept.known
    if missing.any() and not _learn_shares(columns, share, asking, kept, missing):
        columns.memory.shares.drop(name_asked(share, asking))
        return _earn_by_row(columns, share, asking, rows)
    return _weigh(kept, share)


def _earn_by_row(columns: Columns, share: Share, asking: Asking, rows: Ints) -> Earned:
    """Return what a wish gives that has a share of its own for nearly everybody."""
    places = np.zeros(int(rows.max(initial=-1)) + 1, np.int32)
    places[rows] = np.arange(len(rows), dtype=np.int32)
    return Earned(share.score(columns, rows, asking)[0].astype(np.int32), places)


def _make_shares(asking: Asking, words: int) -> Shares:
    watched = Watched(asking)
    nobody = np.zeros(words, np.uint64)
    kept = Shares({}, watched.since, watched.until, nobody, np.zeros(0, np.uint8), np.zeros(0))
    kept.reach(words)
    return kept


def _learn_shares(
    columns: Columns, share: Share, asking: Asking, kept: Shares, missing: Bits
) -> bool:
    """Add the shares of rows not known yet; False where there are too many different ones."""
    watched, rows = Watched(asking), list_rows(missing)
    near, places = come_near(columns, rows)
    shares = share.preference.score(near, places, share.wish, watched).shares
    values, place = np.unique(np.concatenate((kept.values, shares)), return_inverse=True)
    if len(values) > MOST_VALUES:
        return False
    _move(kept, place[: len(kept.values)])
    kept.places[rows] = place[len(kept.values) :]
    kept.values, kept.known = values, kept.known | missing
    kept.narrow(watched.reads, watched.since, watched.until)
    return True


def _move(kept: Shares, place: NDArray[np.int64]) -> None:
    """Follow the values to their new places."""
    if len(place) and not np.array_equal(place, np.arange(len(place))):
        kept.places = place.astype(np.uint8)[kept.places]
