"""How surely each of the first places is held: who would leave them under another weight.

From the points of an answer alone, so that a list that was kept is judged as it was kept, whatever
the roster says today. ``fragility`` judges a living answer and tells the exact thresholds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.evidence import Evidence
from matching.fragility import TENTH, count_hundredths
from matching.run import CENT
from matching.tables import Ints
from matching.weights import PUBLISHED, Weights


@dataclass(frozen=True)
class Lean:
    """She leaves the first places when this weighs more (or less) by a tenth or sooner."""

    preference: str
    is_more: bool


def judge_steadiness(
    people: Sequence[Sequence[Evidence]], first: int, weights: Weights = PUBLISHED
) -> tuple[tuple[Lean, ...], ...]:
    """Return for each of the first places the weights on which it hangs; none: it is steady.

    ``people`` are all who are listed for a post, best first, each with her evidence. Each weight is
    moved up and down to a tenth, through every value that its hundredths take, the others left as
    they are. Equal points keep the order given. ValueError for no place.
    """
    if first < 1:
        raise ValueError("at least one place")
    head = min(first, len(people))
    leans: list[list[Lean]] = [[] for _ in range(head)]
    for name, points, out_of in _list_preferences(people):
        for is_more in (False, True):
            leaves = _find_leaving(
                _Contest(_sum_points(people), points, out_of, head),
                _list_values(weights.by_preference()[name], points.shape[1], is_more=is_more),
            )
            for place in np.flatnonzero(leaves):
                leans[place].append(Lean(name, is_more))
    return tuple(tuple(one) for one in leans)


@dataclass(frozen=True)
class _Contest:
    """Hundredths of points of everybody: in all, and by wish of the one preference that moves."""

    total: Ints
    points: Ints
    out_of: Ints
    head: int


def _list_preferences(people: Sequence[Sequence[Evidence]]) -> Iterable[tuple[str, Ints, Ints]]:
    """Yield each preference asked with the points and their bounds: a row each, a column per wish."""
    names = dict.fromkeys(one.criterion for each in people[:1] for one in each if one.out_of)
    for name in names:
        of_name = [[one for one in each if one.criterion == name and one.out_of] for each in people]
        yield (
            name,
            np.array([[round(one.points * CENT) for one in each] for each in of_name], np.int64),
            np.array([[round(one.out_of * CENT) for one in each] for each in of_name], np.int64),
        )


def _sum_points(people: Sequence[Sequence[Evidence]]) -> Ints:
    return np.array([sum(round(one.points * CENT) for one in each) for each in people], np.int64)


def _list_values(weight: float, wishes: int, *, is_more: bool) -> range:
    """Return what a wish's hundredths become as its weight moves away from what it is."""
    step = 1 if is_more else -1
    limit = count_hundredths(weight * (1 + step * TENTH), wishes)
    return range(count_hundredths(weight, wishes) + step, limit + step, step)


def _find_leaving(contest: _Contest, values: range) -> NDArray[np.bool_]:
    """Tell of each of the first places whether some value lets her leave them."""
    size, head = len(contest.total), contest.head
    if not len(values) or size <= head:
        return np.zeros(head, np.bool_)
    shares = contest.points / contest.out_of
    scored = np.rint(shares[None, :, :] * np.array(values)[:, None, None]).sum(axis=2)
    totals = contest.total - contest.points.sum(axis=1) + scored.astype(np.int64)
    keys = totals * size - np.arange(size)
    last = np.partition(keys, size - head, axis=1)[:, size - head]
    leaves: NDArray[np.bool_] = (keys[:, :head] < last[:, None]).any(axis=0)
    return leaves
