"""Judges and scores sets of rows, and asks no criterion again what it has said already."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial

import numpy as np
from numpy.typing import NDArray

from matching.bits import Bits, gather, list_rows
from matching.columns import Columns
from matching.criteria import Asking
from matching.memory import Kept, Shares, Verdicts
from matching.outcomes import CURABLE, PASSES
from matching.run import FEW, Share, Step
from matching.tables import Ints
from matching.watching import Watched, holds_for

FAILS, HARD = ~PASSES, ~PASSES & ~CURABLE
MOST_VALUES = 255
"""Different shares that one preference may give for them to be kept in a byte."""


def find_known(columns: Columns, step: Step, asking: Asking) -> Verdicts | None:
    """Return what is kept of a criterion for this asking, if anything."""
    columns.memory.settle(columns.words)
    return columns.memory.verdicts.find(_name(step, asking), partial(holds_for, asking))


def judge(columns: Columns, step: Step, asking: Asking, among: Bits) -> Verdicts:
    """Return who of a set of rows fails a criterion; it says nothing about other rows."""
    kept = find_known(columns, step, asking)
    if kept is None:
        return _judge_first(columns, step, asking, among)
    kept.reach(len(among))
    missing = among & ~kept.known
    if missing.any():
        watched = Watched(asking)
        fails, hard = _judge_rows(columns, step, watched, list_rows(missing), len(among))
        kept.known |= missing
        kept.fails = (kept.fails & ~missing) | fails
        kept.hard = (kept.hard & ~missing) | hard
        _narrow(kept, watched)
    return kept


def _judge_first(columns: Columns, step: Step, asking: Asking, among: Bits) -> Verdicts:
    watched = Watched(asking)
    fails, hard = _judge_rows(columns, step, watched, list_rows(among), len(among))
    made = Verdicts(watched.reads, watched.since, watched.until, among.copy(), fails, hard)
    columns.memory.verdicts.add(_name(step, asking), made)
    return made


def _judge_rows(
    columns: Columns, step: Step, asking: Asking, rows: Ints, words: int
) -> tuple[Bits, Bits]:
    near, places = _come_near(columns, rows)
    outcomes = step.judge(near, places, asking).outcomes
    return gather(rows[FAILS.take(outcomes)], words), gather(rows[HARD.take(outcomes)], words)


def _come_near(columns: Columns, rows: Ints) -> tuple[Columns, Ints]:
    """Return columns to ask of these rows: of their own where they are few among many."""
    if len(rows) * FEW >= len(columns):
        return columns, rows
    return columns.take(rows), np.arange(len(rows))


def _narrow(kept: Kept, watched: Watched) -> None:
    kept.reads |= watched.reads
    kept.since, kept.until = max(kept.since, watched.since), min(kept.until, watched.until)


def _name(asked: Step | Share, asking: Asking) -> Hashable:
    what = asked.criterion if isinstance(asked, Step) else asked.preference
    return what.name, asked.wish, asking.post is None


def earn(columns: Columns, share: Share, asking: Asking, among: Bits, rows: Ints) -> Ints:
    """Return hundredths of points for each of the rows of a set, which are given both ways."""
    columns.memory.settle(columns.words)
    shelf, name = columns.memory.shares, _name(share, asking)
    kept = shelf.find(name, partial(holds_for, asking))
    if kept is None:
        kept = _make_shares(asking, len(among))
        shelf.add(name, kept)
    kept.reach(len(among))
    missing = among & ~kept.known
    if missing.any() and not _learn_shares(columns, share, asking, kept, missing):
        shelf.drop(name)
        return share.score(columns, rows, asking)[0]
    points: Ints = np.rint(kept.values * share.out_of).astype(np.int64)
    return points.take(kept.places.take(rows))


def _make_shares(asking: Asking, words: int) -> Shares:
    watched = Watched(asking)
    nobody = np.zeros(words, np.uint64)
    places = np.zeros(0, np.uint8)
    return Shares({}, watched.since, watched.until, nobody, places, np.zeros(0, np.float64))


def _learn_shares(
    columns: Columns, share: Share, asking: Asking, kept: Shares, missing: Bits
) -> bool:
    """Add the shares of rows not known yet; False where there are too many different ones."""
    watched, rows = Watched(asking), list_rows(missing)
    near, places = _come_near(columns, rows)
    shares = share.preference.score(near, places, share.wish, watched).shares
    values, place = np.unique(np.concatenate((kept.values, shares)), return_inverse=True)
    if len(values) > MOST_VALUES:
        return False
    _move(kept, place[: len(kept.values)])
    kept.places[rows] = place[len(kept.values) :]
    kept.values, kept.known = values, kept.known | missing
    _narrow(kept, watched)
    return True


def _move(kept: Shares, place: NDArray[np.int64]) -> None:
    """Follow the values to their new places."""
    if len(place) and not np.array_equal(place, np.arange(len(place))):
        kept.places = place.astype(np.uint8)[kept.places]
