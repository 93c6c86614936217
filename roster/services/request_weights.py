"""A request's own weights: within the published bounds, or the published ones."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

from matching import PUBLISHED, WeightError, Weights
from roster.errors import Refused
from roster.models import MatchRequest

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
