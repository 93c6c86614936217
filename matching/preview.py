"""Who fits and who stands first, with the points of each wish: what moves while a request is edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from matching.bits import Bits, list_rows, union
from matching.columns import Columns
from matching.facts import Request
from matching.judging import earn
from matching.look_alikes import part_look_alikes
from matching.ranking import list_best
from matching.run import CENT, Plan, Share, list_shares, make_plan, refuse_unfit
from matching.sieve import keep_passing
from matching.weights import PUBLISHED, Weights

MOST_SHOWN = 20


@dataclass(frozen=True)
class Earned:
    """Hundredths of points that one wish gave; ``wish`` counts those of its preference from 0."""

    preference: str
    wish: int
    points: int


@dataclass(frozen=True)
class Placed:
    """One woman among the first, with what each wish gave her."""

    mediator_id: int
    earned: tuple[Earned, ...]

    @property
    def points(self) -> float:
        """Return her score, as an answer tells it."""
        return sum(one.points for one in self.earned) / CENT


@dataclass(frozen=True, eq=False)
class Preview:
    """Who fits one post, in no order of merit, and the first of them."""

    post: str
    fits: NDArray[np.int64]
    first: tuple[Placed, ...]


def preview(
    columns: Columns,
    request: Request,
    now: datetime,
    weights: Weights = PUBLISHED,
    limit: int | None = MOST_SHOWN,
) -> tuple[Preview, ...]:
    """Return for each post who would be listed, and the first ``limit`` (None: all) with their points.

    The same women in the same order as ``answer`` lists, without what it says of the others and
    without its evidence. ValueError for a naive ``now`` and for a request without a post.
    """
    refuse_unfit(request, now)
    plan = make_plan(columns, request, now)
    try:
        return _preview(columns, plan, weights, limit)
    finally:
        columns.forget_found()


def _preview(
    columns: Columns, plan: Plan, weights: Weights, limit: int | None
) -> tuple[Preview, ...]:
    common = [*plan.list_visibility(), *plan.list_common()]
    everybody, numbers = columns.bits(), range(len(plan.of_posts))
    if len(plan.of_posts) > 1:
        everybody, common = keep_passing(columns, common, everybody), []
    posts = [keep_passing(columns, [*common, *plan.list_own(one)], everybody) for one in numbers]
    fits = union(posts)
    parted = part_look_alikes(columns, fits, np.zeros_like(fits), plan.asking)
    return tuple(
        _place_first(columns, plan, number, of_post & ~parted, weights, limit)
        for number, of_post in enumerate(posts)
    )


def _place_first(
    columns: Columns, plan: Plan, number: int, fits: Bits, weights: Weights, limit: int | None
) -> Preview:
    post = plan.asking.request.posts[number]
    asking, rows = plan.for_post(post), list_rows(fits)
    shares = list_shares(asking, weights)
    earned = [earn(columns, share, asking, fits, rows) for share in shares]
    total = np.sum(earned, axis=0) if earned else np.zeros(len(rows), np.int64)
    best = list_best(columns, rows, total, plan.asking.request.code, limit)
    ids = columns.ids(rows)
    points = [one[best].tolist() for one in earned]
    first = (
        Placed(mediator_id, _name(shares, by_wish))
        for mediator_id, *by_wish in zip(ids[best].tolist(), *points, strict=True)
    )
    return Preview(post.code, ids, tuple(first))


def _name(shares: list[Share], points: list[int]) -> tuple[Earned, ...]:
    return tuple(
        Earned(share.preference.name, share.number, of_wish)
        for share, of_wish in zip(shares, points, strict=True)
    )
