"""How surely a stored answer's first places are held, among the women who may be shown today."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from matching import PUBLISHED, Lean, Weights, judge_steadiness
from roster.errors import Refused
from roster.models import Run, RunRow
from roster.services.request_weights import get_weights
from roster.services.stored_evidence import read_evidence

SHORTLIST = (5, 3)
"""A shortlist has three to five: held to are the first five, else the first three, of more."""


@dataclass(frozen=True)
class FirstPlace:
    """One of the first ``places``; the weights on which she hangs, none where she is steady."""

    places: int
    leans: tuple[Lean, ...]


def judge_first_places(run: Run, showable: Collection[int]) -> dict[int, FirstPlace]:
    """Return by row, for each post, those who hold a first place and what they owe it to.

    Empty for a post with no more women than places, for one that asks no preference, and for a run
    whose weights are kept nowhere any more. Whoever is gone is left out of the reckoning, so that
    nobody's mark tells anything of her.
    """
    weights = find_weights(run)
    if weights is None:
        return {}
    listed = [row for row in run.rows if row.state == "listed" and row.mediator_id in showable]
    posts = dict.fromkeys(row.post for row in listed)
    marks: dict[int, FirstPlace] = {}
    for post in posts:
        marks |= _judge_post([row for row in listed if row.post == post], weights)
    return marks


def find_weights(run: Run) -> Weights | None:
    """The weights under which a run was made: the published ones, or those the request has today.

    None where it has changed them since, or where other weights were published then: a run keeps
    their version only.
    """
    if run.weights_version == PUBLISHED.version:
        return PUBLISHED
    try:
        own = get_weights(run.match_request)
    except Refused:  # the published bounds have become narrower since
        return None
    return own if own.version == run.weights_version else None


def _judge_post(rows: list[RunRow], weights: Weights) -> dict[int, FirstPlace]:
    places = next((size for size in SHORTLIST if size < len(rows)), None)
    if places is None or not _asks_preferences(rows):
        return {}
    people = [[read_evidence(one) for one in row.evidence] for row in rows]
    leans = judge_steadiness(people, places, weights)
    return {
        row.id: FirstPlace(places, each) for row, each in zip(rows[:places], leans, strict=True)
    }


def _asks_preferences(rows: Iterable[RunRow]) -> bool:
    return any(row.out_of for row in rows)
