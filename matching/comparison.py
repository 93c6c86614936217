"""A against B: where they differ, by how many points, and what decided between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from matching.answers import Answer, Workings
from matching.codecs import NO_INSTANT
from matching.criteria import Asking
from matching.evidence import Evidence, Verdict
from matching.explanation import explain_gates, explain_preferences
from matching.run import CENT, list_shares
from matching.standing import find_standing


class Decision(StrEnum):
    """What put one before the other."""

    STATE = "state"
    """One fits, the other is a near miss."""
    POINTS = "points"
    NEVER_PROPOSED = "never_proposed"
    """Equal points; she was never proposed."""
    LONGER_WAIT = "longer_wait"
    """Equal points; she was proposed longer ago."""
    LOT = "lot"
    """Equal in all that may count; a lot drawn from the request's code."""


@dataclass(frozen=True)
class Difference:
    """One preference: ``points`` of the first less those of the second, with the evidence of both."""

    criterion: str
    wish: int
    points: float
    first: Evidence
    second: Evidence


@dataclass(frozen=True)
class Comparison:
    """Two women for one post. ``gap`` is the sum of the differences, to the hundredth.

    ``ahead`` is the one who stands before the other. ``differences`` hold every preference asked,
    the largest first. ``missing`` is, for each, the gate that a near miss does not pass.
    """

    post: str
    ahead: int
    decided_by: Decision
    gap: float
    differences: tuple[Difference, ...]
    missing: tuple[Evidence | None, Evidence | None]


def compare(answer: Answer, first: int, second: int, post_code: str) -> Comparison:
    """Compare two women who are listed for a post or near misses of it.

    ValueError for one who is neither, for one and the same, and for an unknown post;
    StaleAnswerError once the roster has changed.
    """
    if first == second:
        raise ValueError("a woman is not compared with herself")
    standing = find_standing(answer, post_code)
    places = {one: standing.place(one) for one in (first, second)}
    workings, pair = answer.workings, [first, second]
    differences = _list_differences(workings, pair, standing.asking)
    gap = sum(round(one.points * CENT) for one in differences)
    ahead = min(pair, key=lambda one: places[one])
    return Comparison(
        post_code,
        ahead,
        _decide(workings, pair, [standing.is_listed(one) for one in pair], gap),
        gap / CENT,
        differences,
        _find_missing(answer, standing.asking, pair),
    )


def _list_differences(
    workings: Workings, pair: list[int], asking: Asking
) -> tuple[Difference, ...]:
    columns = workings.columns
    rows = np.array([columns.row(one) for one in pair])
    shares = list_shares(asking, workings.weights)
    women = [columns.mediator(one) for one in pair]
    first, second = explain_preferences(columns, rows, women, asking, shares)
    columns.forget_found()
    differences = [
        Difference(one.criterion, one.wish, _subtract(one, two), one, two)
        for one, two in zip(first, second, strict=True)
    ]
    return tuple(sorted(differences, key=lambda one: -abs(one.points)))


def _subtract(one: Evidence, two: Evidence) -> float:
    return (round(one.points * CENT) - round(two.points * CENT)) / CENT


def _decide(workings: Workings, pair: list[int], are_listed: list[bool], gap: int) -> Decision:
    if are_listed[0] != are_listed[1]:
        return Decision.STATE
    if gap:
        return Decision.POINTS
    rows = [workings.columns.row(one) for one in pair]
    waited = workings.columns.scalars["last_proposed_at"][rows]
    if waited[0] == waited[1]:
        return Decision.LOT
    return Decision.NEVER_PROPOSED if NO_INSTANT in waited else Decision.LONGER_WAIT


def _find_missing(
    answer: Answer, asking: Asking, pair: list[int]
) -> tuple[Evidence | None, Evidence | None]:
    workings = answer.workings
    columns = workings.columns
    number = answer.request.posts.index(asking.one_post)
    steps = [step for _, step in (*workings.plan.of_request, *workings.plan.of_posts[number])]
    rows = np.array([columns.row(one) for one in pair])
    women = [columns.mediator(one) for one in pair]
    one, two = (
        next((each for each in gates if each.verdict < Verdict.PASS), None)
        for gates in explain_gates(columns, rows, women, replace(asking), steps)
    )
    columns.forget_found()
    return one, two
