"""Would another weight have given another list? The first places under every weight ±10 %."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.answers import Answer, Workings
from matching.criteria import Asking
from matching.run import CENT, list_shares
from matching.standing import find_standing, rank_ties
from matching.tables import Ints

TENTH = 0.10
"""How far each weight is moved, up and down, the others left as they are."""


@dataclass(frozen=True)
class Shift:
    """The smallest relative change of a weight (−0.042 is 4.2 % less) that changes the first places.

    ``first`` are the women in the first places just beyond it.
    """

    by: float
    first: tuple[int, ...]


@dataclass(frozen=True)
class WeightFragility:
    """One weight. None: no change of it up to 10 % changes the first places."""

    preference: str
    down: Shift | None
    up: Shift | None


@dataclass(frozen=True)
class Fragility:
    """The first places of a post, and what a small change of the weights would do to them.

    ``moved`` are the women of the first places who would stand elsewhere after one of the shifts,
    ``entering`` those who would come in. Both empty: the first places are robust.
    """

    post: str
    first: tuple[int, ...]
    weights: tuple[WeightFragility, ...]
    moved: frozenset[int]
    entering: frozenset[int]

    @property
    def fragile(self) -> tuple[str, ...]:
        """The weights on which the first places hang."""
        return tuple(one.preference for one in self.weights if one.down or one.up)


def find_fragility(answer: Answer, post_code: str, first: int = 5) -> Fragility:
    """Return whether ±10 % on any one weight changes who stands in the first places, or in which.

    Exact: points are whole hundredths, so every value that a weight's hundredths take within the
    span is tried, nearest first. ValueError for an unknown post or no place, StaleAnswerError once
    the roster has changed.
    """
    if first < 1:
        raise ValueError("at least one place")
    standing, workings = find_standing(answer, post_code), answer.workings
    race = _Race.start(workings, standing.asking, standing.listed, first)
    workings.columns.forget_found()
    weights = tuple(_try_weight(race, name) for name in race.shares)
    shifts = [shift for one in weights for shift in (one.down, one.up) if shift]
    before = race.list_first(race.base)
    return Fragility(
        post_code,
        before,
        weights,
        frozenset(
            woman
            for shift in shifts
            for place, woman in enumerate(before)
            if shift.first[place] != woman
        ),
        frozenset(woman for shift in shifts for woman in shift.first) - frozenset(before),
    )


@dataclass(frozen=True)
class _Race:
    """Those listed, best first, with the shares that each preference gives them."""

    ids: Ints
    base: Ints
    """Hundredths of points under the weights of the answer."""
    ties: Ints
    """Order among equals, the same under all weights."""
    first: int
    shares: dict[str, NDArray[np.float64]]
    """Per preference asked, one column per wish."""
    weights: dict[str, float]

    @classmethod
    def start(cls, workings: Workings, asking: Asking, rows: Ints, first: int) -> _Race:
        """Score everybody once; who cannot reach the first places is left out by ``_try_weight``."""
        columns = workings.columns
        base = np.zeros(len(rows), np.int64)
        shares: dict[str, list[NDArray[np.float64]]] = {}
        for share in list_shares(asking, workings.weights):
            points, scored = share.score(columns, rows, asking)
            base += points
            shares.setdefault(share.preference.name, []).append(scored.shares)
        return cls(
            columns.ids(rows),
            base,
            rank_ties(workings, rows),
            first,
            {name: np.stack(columns, axis=1) for name, columns in shares.items()},
            workings.weights.by_preference(),
        )

    def list_first(self, points: Ints, among: Ints | None = None) -> tuple[int, ...]:
        """Return the ids in the first places with these points."""
        ties, ids = (self.ties, self.ids) if among is None else (self.ties[among], self.ids[among])
        order = np.lexsort((ties, -points))[: self.first]
        return tuple(int(one) for one in ids[order])


def _try_weight(race: _Race, name: str) -> WeightFragility:
    shares, weight = race.shares[name], race.weights[name]
    wishes = shares.shape[1]
    now = count_hundredths(weight, wishes)
    reach = round(weight * CENT * TENTH) + 2 * wishes
    among = _list_within_reach(race, reach)
    others = race.base[among] - _score(shares[among], now)
    before = race.list_first(race.base)
    found: list[Shift | None] = []
    for direction in (-1, 1):
        limit = count_hundredths(weight * (1 + direction * TENTH), wishes)
        values = range(now + direction, limit + direction, direction)
        found.append(next(_list_shifts(race, among, shares, others, values, weight, before), None))
    return WeightFragility(name, *found)


def _list_within_reach(race: _Race, reach: int) -> Ints:
    """Return the places of those whose points could come up to the last of the first places."""
    if len(race.base) <= race.first:
        return np.arange(len(race.base))
    last = int(race.base[race.first - 1])
    return np.flatnonzero(race.base >= last - reach)


def _list_shifts(
    race: _Race,
    among: Ints,
    shares: NDArray[np.float64],
    others: Ints,
    values: Iterable[int],
    weight: float,
    before: tuple[int, ...],
) -> Iterator[Shift]:
    """Yield every value of a weight's hundredths under which the first places differ."""
    shares = shares[among]
    order = _Order.of(race, among)
    for value in values:
        points = others + _score(shares, value)
        if not order.is_kept(points):
            first = race.list_first(points, among)
            if first != before:
                yield Shift(find_threshold(weight, shares.shape[1], value), first)


@dataclass(frozen=True)
class _Order:
    """Tells without sorting whether the first places are as they were."""

    head: int
    ties: Ints

    @classmethod
    def of(cls, race: _Race, among: Ints) -> _Order:
        """Those within reach stand in order, the first places first."""
        return cls(min(race.first, len(among)), race.ties[among])

    def is_kept(self, points: Ints) -> bool:
        """Whether each of the first places still stands before the next, the last before the rest."""
        keys = points * (len(self.ties) and int(self.ties.max()) + 1) - self.ties
        head, rest = keys[: self.head], keys[self.head :]
        in_order = bool((head[:-1] > head[1:]).all())
        return in_order and (not len(rest) or bool(head[-1] > rest.max()))


def _score(shares: NDArray[np.float64], hundredths: int) -> Ints:
    points: Ints = np.rint(shares * hundredths).astype(np.int64).sum(axis=1)
    return points


def count_hundredths(weight: float, wishes: int) -> int:
    """Return the hundredths of a point that one of so many wishes can earn under a weight."""
    return round(weight * CENT / wishes)


def find_threshold(weight: float, wishes: int, hundredths: int) -> float:
    """Return the relative change of a weight from which on it gives a wish these hundredths."""
    now = count_hundredths(weight, wishes)
    edge = hundredths - 0.5 if hundredths > now else hundredths + 0.5
    return edge * wishes / (weight * CENT) - 1
