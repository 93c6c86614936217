"""Who fits and who stands first, with the points of each wish: what moves while a request is edited."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from matching.bits import Bits, list_rows, union
from matching.columns import Columns
from matching.earning import add_up, earn
from matching.facts import Request
from matching.look_alikes import part_look_alikes
from matching.ranking import list_best
from matching.run import CENT, Plan, list_shares, make_plan, refuse_unfit
from matching.sieve import Asked, keep_passing
from matching.weights import PUBLISHED, Weights

MOST_SHOWN = 20


@dataclass(frozen=True)
class Wished:
    """A wish that gives points; ``wish`` counts those of its preference from 0."""

    preference: str
    wish: int


@dataclass(frozen=True)
class Placed:
    """One woman among the first, and the hundredths of points that each wish gave her, in order."""

    mediator_id: int
    earned: tuple[int, ...]

    @property
    def points(self) -> float:
        """Return her score, as an answer tells it."""
        return sum(self.earned) / CENT


@dataclass(frozen=True, eq=False)
class Preview:
    """Who fits one post, in no order of merit, and the first of them."""

    post: str
    fits: NDArray[np.int64]
    wishes: tuple[Wished, ...]
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
    lasting, passing = _part([*plan.list_visibility(), *plan.list_common()])
    everybody, numbers = keep_passing(columns, lasting, columns.bits()), range(len(plan.of_posts))
    own = [_part(plan.list_own(number)) for number in numbers]
    likely = [keep_passing(columns, one, everybody) for one, _ in own]
    now = keep_passing(columns, passing, union(likely))
    posts = [
        keep_passing(columns, one, now & of_post)
        for (_, one), of_post in zip(own, likely, strict=True)
    ]
    fits = union(posts)
    parted = part_look_alikes(columns, fits, np.zeros_like(fits), plan.asking)
    return tuple(
        _place_first(columns, plan, number, of_post & ~parted, likely[number], weights, limit)
        for number, of_post in enumerate(posts)
    )


def _part(asked: Iterable[Asked]) -> tuple[list[Asked], list[Asked]]:
    """Return what lasts while dates and terms of work are changed, and what changes with them."""
    parted: tuple[list[Asked], list[Asked]] = ([], [])
    for one in asked:
        parted[one[0].criterion.ground is not None].append(one)
    return parted


def _place_first(
    columns: Columns,
    plan: Plan,
    number: int,
    fits: Bits,
    likely: Bits,
    weights: Weights,
    limit: int | None,
) -> Preview:
    post = plan.asking.request.posts[number]
    asking, rows = plan.for_post(post), list_rows(fits)
    shares = list_shares(asking, weights)
    earned = earn(columns, shares, asking, fits, rows, likely)
    points = add_up(earned, rows)
    best = rows[list_best(columns, rows, points, plan.asking.request.code, limit)]
    by_wish = [one.of(best).tolist() for one in earned]
    first = zip(columns.ids(best).tolist(), *by_wish, strict=True)
    return Preview(
        post.code,
        columns.ids(rows),
        tuple(Wished(share.preference.name, share.number) for share in shares),
        tuple(Placed(mediator_id, tuple(points)) for mediator_id, *points in first),
    )
