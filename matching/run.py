"""One run over the columns: which criteria are asked, who falls where, who stands how high."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

import matching.gates  # noqa: F401  -- registers the gates
from matching.columns import Columns
from matching.criteria import GATES, Asking, Criterion, Judged, Scope
from matching.facts import Post, Request
from matching.preferences import PREFERENCES, Preference, Scored
from matching.tables import Ints
from matching.weights import Weights

CENT = 100
"""Points are added as whole hundredths, so that they sum to the score exactly."""
NOWHERE = -1
FEW = 4
"""With fewer than one in so many left, copying them is cheaper than passing over the rest."""


@dataclass(frozen=True)
class Step:
    """A criterion as asked: ``wish`` is the ``number``-th of its kind in the post."""

    criterion: Criterion
    wish: Any
    number: int

    @property
    def ground(self) -> Step | None:
        """Return what must be known for this to be judged at all, as asked."""
        ground = self.criterion.ground
        return None if ground is None else _ask_ground(ground)

    def judge(self, columns: Columns, rows: Ints, asking: Asking) -> Judged:
        """Return the outcome for each row."""
        return self.criterion.judge(columns, rows, self.wish, asking)

    def judge_alone(self, columns: Columns, rows: Ints, asking: Asking) -> Judged:
        """Return the outcome for each row as if the ground were known."""
        return self.criterion.says(columns, rows, self.wish, asking)


@cache
def _ask_ground(criterion: Criterion) -> Step:
    return Step(criterion, None, 0)


@dataclass(frozen=True)
class Share:
    """A preference as asked, with the hundredths of a point that this wish can earn."""

    preference: Preference
    wish: Any
    number: int
    out_of: int

    def score(self, columns: Columns, rows: Ints, asking: Asking) -> tuple[Ints, Scored]:
        """Return hundredths of points for each row, and what earned them."""
        scored = self.preference.score(columns, rows, self.wish, asking)
        return np.rint(scored.shares * self.out_of).astype(np.int64), scored


def list_steps(asking: Asking, scopes: Iterable[Scope]) -> list[Step]:
    """Return the criteria asked, in the order of decision."""
    wanted = set(scopes)
    return [
        Step(criterion, wish, number)
        for criterion in GATES.criteria
        if criterion.scope in wanted
        for number, wish in enumerate(criterion.asks(asking))
    ]


def list_shares(asking: Asking, weights: Weights) -> list[Share]:
    """Return the preferences asked; a weight is divided evenly among the wishes of its kind."""
    by_name = weights.by_preference()
    shares = []
    for preference in PREFERENCES.preferences:
        wishes = preference.asks(asking)
        for number, wish in enumerate(wishes):
            out_of = round(by_name[preference.name] * CENT / len(wishes))
            shares.append(Share(preference, wish, number, out_of))
    return shares


@dataclass(frozen=True)
class Plan:
    """All steps of a request in one order of decision, and which of them each post asks."""

    asking: Asking
    visibility: tuple[Step, ...]
    steps: tuple[Step, ...]
    of_request: tuple[tuple[int, Step], ...]
    of_posts: tuple[tuple[tuple[int, Step], ...], ...]

    def for_post(self, post: Post) -> Asking:
        """Return what is asked for one post."""
        return replace(self.asking, post=post)

    def list_visibility(self) -> list[tuple[Step, Asking]]:
        """Return what decides who is part of the run, each with the asking it is judged by."""
        return [(step, self.asking) for step in self.visibility]

    def list_common(self) -> list[tuple[Step, Asking]]:
        """Return what is asked whatever the post, likewise."""
        return [(step, self.asking) for _, step in self.of_request]

    def list_own(self, number: int) -> list[tuple[Step, Asking]]:
        """Return what a post asks by itself, likewise."""
        asking = self.for_post(self.asking.request.posts[number])
        return [(step, asking) for _, step in self.of_posts[number]]


def refuse_unfit(request: Request, now: datetime) -> None:
    """Raise ValueError unless ``now`` is an aware instant and the request has a post."""
    if now.tzinfo is None:
        raise ValueError("now must be an aware instant")
    if not request.posts:
        raise ValueError("a request has at least one post")


def make_plan(columns: Columns, request: Request, now: datetime) -> Plan:
    """Return the plan of a run. Equal wishes of several posts are one step of the funnel."""
    asking = Asking(request, now, columns.terms)
    of_request = list_steps(asking, (Scope.REQUEST,))
    of_posts = [list_steps(replace(asking, post=post), (Scope.POST,)) for post in request.posts]
    order = {one.name: place for place, one in enumerate(GATES.criteria)}
    keys: dict[tuple[str, Any], Step] = {}
    for step in (*of_request, *(step for steps in of_posts for step in steps)):
        keys.setdefault((step.criterion.name, step.wish), step)
    ordered = sorted(keys, key=lambda key: order[key[0]])
    place = {key: number for number, key in enumerate(ordered)}

    def number(steps: Sequence[Step]) -> tuple[tuple[int, Step], ...]:
        numbered = [(place[(step.criterion.name, step.wish)], step) for step in steps]
        return tuple(sorted(numbered, key=lambda pair: (pair[0], pair[1].number)))

    return Plan(
        asking,
        tuple(list_steps(asking, (Scope.VISIBILITY,))),
        tuple(keys[key] for key in ordered),
        number(of_request),
        tuple(number(steps) for steps in of_posts),
    )


def rank(columns: Columns, rows: Ints, points: NDArray[Any], request_code: str) -> Ints:
    """Return the places of ``rows`` in order: points, longest not proposed, then by lot.

    Who was never proposed comes first among equals. The lot is drawn by the request's code, so it
    is the same whenever asked, another for each request, and follows neither names nor numbers.
    """
    waited = columns.scalars["last_proposed_at"][rows]
    lot = draw_lots(columns.ids(rows), request_code)
    return np.lexsort((lot, waited, -points))


def draw_lots(ids: NDArray[np.int64], request_code: str) -> NDArray[np.uint64]:
    """Return a number per id that mixes the id with the request's code (SplitMix64)."""
    seed = hashlib.blake2b(request_code.encode(), digest_size=8).digest()
    mixed = ids.astype(np.uint64) + np.uint64(int.from_bytes(seed, "big"))
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return mixed ^ (mixed >> np.uint64(31))
