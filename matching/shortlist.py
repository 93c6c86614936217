"""A request's answer: gates, conflicts of interest, preferences; a state for every woman."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from matching.answers import LOOK_ALIKE, Answer, Candidate, FunnelStep, State
from matching.bits import WORD, Bits, count, is_in, list_rows, spread, union
from matching.columns import Columns
from matching.criteria import Asking
from matching.evidence import Evidence, Verdict
from matching.explanation import explain_gates, explain_preferences, find_end
from matching.facts import Post, Request
from matching.judging import judge
from matching.look_alikes import part_look_alikes
from matching.ranking import list_best, score
from matching.run import CENT, NOWHERE, Step, list_shares, make_plan, refuse_unfit
from matching.sieve import Sieve, keep_passing
from matching.tables import Ints
from matching.weights import PUBLISHED, Weights

MOST_EXPLAINED = 50
"""Candidates explained per post and list unless the caller asks for more; the counts are whole."""


def answer(
    columns: Columns,
    request: Request,
    now: datetime,
    weights: Weights = PUBLISHED,
    limit: int | None = MOST_EXPLAINED,
) -> Answer:
    """Answer a request from the whole roster as it stands at ``now``, an aware instant.

    The same columns, request, instant and weights give the same answer. ``limit`` bounds how many
    candidates per post and list are explained; None explains all.
    """
    try:
        return _Run(columns, request, now, weights, limit).answer()
    finally:
        columns.forget_found()


class _Run:
    """The working state of one answer."""

    def __init__(
        self, columns: Columns, request: Request, now: datetime, weights: Weights, limit: int | None
    ) -> None:
        refuse_unfit(request, now)
        self.columns, self.request, self.weights, self.limit = columns, request, weights, limit
        self.now = now
        self.plan = make_plan(columns, request, now)

    def answer(self) -> Answer:
        columns, plan = self.columns, self.plan
        visible = keep_passing(columns, plan.list_visibility(), columns.bits())
        common = Sieve.begin(visible).ask(columns, plan.list_common())
        posts = [common.ask(columns, plan.list_own(one)) for one in range(len(plan.of_posts))]
        fits = union(post.fits for post in posts)
        near = union(post.near for post in posts) & ~fits
        parted = part_look_alikes(columns, fits, near, plan.asking)
        listed, near = fits & ~parted, near & ~parted
        considered, whole = count(visible), len(columns)
        counts = {State.LISTED: count(listed), State.NEAR_MISS: count(near)}
        counts[State.EXCLUDED] = considered - sum(counts.values())
        counts[State.NOT_VISIBLE] = whole - considered
        rows = columns.rows()
        return Answer(
            request=self.request,
            now=self.now,
            weights_version=self.weights.version,
            considered=considered,
            not_visible=whole - considered,
            funnel=self._count_funnel(visible, fits, count(fits & parted), count(parted)),
            listed=self._list_candidates([post.fits & listed for post in posts], State.LISTED),
            near_misses=self._list_candidates(
                [post.near & near for post in posts], State.NEAR_MISS
            ),
            counts={state: counts[state] for state in State},
            _columns=columns,
            _version=columns.version,
            _plan=plan,
            _ids=columns.ids(rows),
            _states=_list_states(visible, near, listed, columns.words * WORD)[rows],
            _is_look_alike=is_in(parted, rows),
            _weights=self.weights,
        )

    def _count_funnel(
        self, visible: Bits, fits: Bits, parted_fits: int, parted: int
    ) -> tuple[FunnelStep, ...]:
        """Count at which step each woman fell; with several posts where she came furthest."""
        plan, fell = self.plan, np.zeros(len(self.plan.steps), np.int64)
        left = self._fall(visible, plan.of_request, plan.asking, fell)
        if len(plan.of_posts) == 1:
            self._fall(left, plan.of_posts[0], plan.for_post(self.request.posts[0]), fell)
        else:
            fell += self._count_furthest(left & ~fits)
        goes_on = count(visible) - np.cumsum(fell)
        funnel = [
            FunnelStep(step.criterion.name, int(fell[i]), int(goes_on[i]), _list_asked(step))
            for i, step in enumerate(plan.steps)
        ]
        if parted:
            funnel.append(FunnelStep(LOOK_ALIKE, parted_fits, count(fits) - parted_fits))
        return tuple(funnel)

    def _fall(
        self, left: Bits, steps: Sequence[tuple[int, Step]], asking: Asking, fell: Ints
    ) -> Bits:
        """Add to ``fell`` who falls at each step, and return who is left."""
        for number, step in steps:
            fails = left & judge(self.columns, step, asking, left).fails
            fell[number] += count(fails)
            left = left & ~fails
        return left

    def _count_furthest(self, rows: Bits) -> Ints:
        furthest = np.full(len(rows) * WORD, NOWHERE, np.int64)
        for post, steps in zip(self.request.posts, self.plan.of_posts, strict=True):
            left, asking = rows, self.plan.for_post(post)
            for number, step in steps:
                fails = left & judge(self.columns, step, asking, left).fails
                here = list_rows(fails)
                furthest[here] = np.maximum(furthest[here], number)
                left = left & ~fails
        return np.bincount(furthest[furthest >= 0], minlength=len(self.plan.steps))

    def _list_candidates(self, of_posts: list[Bits], state: State) -> tuple[Candidate, ...]:
        candidates: list[Candidate] = []
        for number, (post, bits) in enumerate(zip(self.request.posts, of_posts, strict=True)):
            candidates += self._explain(post, number, bits, state)
        return tuple(candidates)

    def _explain(self, post: Post, number: int, bits: Bits, state: State) -> list[Candidate]:
        asking, rows = self.plan.for_post(post), list_rows(bits)
        if not len(rows) or self.limit == 0:
            return []
        points = score(self.columns, rows, bits, asking, self.weights)
        best = list_best(self.columns, rows, points, self.request.code, self.limit)
        columns, points = self.columns.take(rows[best]), points[best]
        rows = columns.rows()
        mediators = [columns.read(int(row)) for row in rows]
        steps = [*self.plan.visibility, *(step for _, step in self.plan.of_request)]
        steps += [step for _, step in self.plan.of_posts[number]]
        shares = list_shares(asking, self.weights)
        gates = explain_gates(columns, rows, mediators, asking, steps)
        preferences = explain_preferences(columns, rows, mediators, asking, shares)
        out_of = sum(share.out_of for share in shares) / CENT
        return [
            Candidate(
                mediator.id,
                post.code,
                int(points[place]) / CENT,
                out_of,
                (*gates[place], *preferences[place]),
                _find_missing(gates[place]) if state == State.NEAR_MISS else None,
                find_end(gates[place]),
            )
            for place, mediator in enumerate(mediators)
        ]


def _list_states(visible: Bits, near: Bits, listed: Bits, size: int) -> NDArray[np.uint8]:
    """Return the state of each row: each of the sets in turn lifts those in it by one."""
    states = spread(visible, size).view(np.uint8) + spread(near | listed, size).view(np.uint8)
    return np.add(states, spread(listed, size).view(np.uint8))


def _find_missing(evidence: list[Evidence]) -> Evidence:
    return next(one for one in evidence if one.verdict < Verdict.PASS)


def _list_asked(step: Step) -> tuple[str, ...]:
    wish = getattr(step.wish, "any_of", step.wish)
    if isinstance(wish, str):
        return (wish,)
    return wish if isinstance(wish, tuple) else ()
