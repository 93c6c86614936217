"""A request's own weights: within the published bounds, or the published ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from matching import PUBLISHED, Preview, WeightError, Weights
from roster.errors import Refused, StaleVersion
from roster.models import MatchRequest
from roster.permissions import Actor
from roster.services.asked_again import open_ground
from roster.services.opened_requests import open_request
from roster.services.trail import add_audit

DIGITS = 8
"""Signs of the mark by which two sets of weights are told apart."""


def get_weights(request: MatchRequest) -> Weights:
    """The weights that the next run of this request uses."""
    return PUBLISHED if request.weights is None else make_weights(request.weights)


def make_weights(points: Mapping[str, float]) -> Weights:
    """Weights of a request's own; ``Refused`` where they break a published bound.

    Their version is the published one with a mark made from the points, so that the same points
    bear the same version. The published points are the published weights.
    """
    if dict(points) == PUBLISHED.by_preference():
        return PUBLISHED
    written = json.dumps(dict(points), sort_keys=True)
    mark = hashlib.blake2b(written.encode(), digest_size=DIGITS // 2).hexdigest()
    try:
        return Weights(version=f"{PUBLISHED.version}+{mark}", **points)
    except (WeightError, TypeError) as error:
        raise Refused("weights_out_of_bounds") from error


@dataclass(frozen=True)
class Move:
    """One woman of the newest answer, for one post: her rank and points under two sets of weights."""

    handle: str
    post: str
    before: int
    after: int
    points_before: float
    points_after: float


def preview_weights(
    session: Session, *, actor: Actor, request_id: int, points: Mapping[str, float]
) -> tuple[Move, ...]:
    """Where each woman of the newest answer would stand, by post and present rank.

    Both ranks are of today, among those whose card may be shown. ``Refused`` for weights out of
    bounds and before the first run.
    """
    request = open_request(session, actor, request_id)
    weights = make_weights(points)
    ground = open_ground(session, request)
    handles = {number: handle for handle, number in ground.ids.items()}
    before, after = (dict(_rank(ground.preview(one))) for one in (get_weights(request), weights))
    return tuple(
        Move(handles[woman], post, rank, after[post, woman][0], points, after[post, woman][1])
        for (post, woman), (rank, points) in before.items()
    )


def _rank(posts: Sequence[Preview]) -> Iterator[tuple[tuple[str, int], tuple[int, float]]]:
    """Post and woman -> her rank on the list of that post, and her points."""
    for post in posts:
        for rank, one in enumerate(post.first, 1):
            yield (post.post, one.mediator_id), (rank, one.points)


def change_weights(
    session: Session,
    *,
    actor: Actor,
    request_id: int,
    expected_version: int,
    points: Mapping[str, float] | None,
) -> MatchRequest:
    """Let the next runs use these weights; None for the published ones. Earlier runs keep theirs."""
    request = open_request(session, actor, request_id)
    weights = PUBLISHED if points is None else make_weights(points)
    if request.version != expected_version:
        raise StaleVersion(request.weights or PUBLISHED.by_preference(), weights.by_preference())
    request.weights = None if weights == PUBLISHED else weights.by_preference()
    session.flush()
    add_audit(
        session,
        actor=actor,
        action="request.weighed",
        subject_kind="request",
        subject_id=request.id,
        detail={"version": weights.version},
    )
    return request
