"""A request's answer: gates, conflicts of interest, preferences; a state for every woman."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from matching import outcomes as o
from matching.answers import LOOK_ALIKE, Answer, Candidate, FunnelStep, State
from matching.columns import Columns
from matching.evidence import Evidence, Verdict
from matching.explanation import explain_gates, explain_preferences, find_end
from matching.facts import Post, Request
from matching.look_alikes import judge_look_alikes
from matching.outcomes import PASSES
from matching.run import CENT, NOWHERE, Step, Tally, list_shares, make_plan, rank, score
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
        if now.tzinfo is None:
            raise ValueError("now must be an aware instant")
        if not request.posts:
            raise ValueError("a request has at least one post")
        self.columns, self.request, self.weights, self.limit = columns, request, weights, limit
        self.now = now
        self.plan = make_plan(columns, request, now)

    def answer(self) -> Answer:
        all_rows = self.columns.rows()
        rows = self._keep_visible(all_rows)
        common = Tally.begin(rows)
        common.judge(self.columns, self.plan.asking, self.plan.of_request)
        tallies = self._judge_posts(common)
        states, first = self._sum_up(common, tallies)
        x2 = self._part_look_alikes(rows, states)
        first[x2 & (states == State.LISTED)] = len(self.plan.steps)
        states[x2] = State.EXCLUDED
        whole = np.full(len(all_rows), State.NOT_VISIBLE, np.uint8)
        places = np.searchsorted(all_rows, rows)
        whole[places] = states
        is_look_alike = np.zeros(len(all_rows), np.bool_)
        is_look_alike[places] = x2
        return Answer(
            request=self.request,
            now=self.now,
            weights_version=self.weights.version,
            considered=len(rows),
            not_visible=len(all_rows) - len(rows),
            funnel=self._count_funnel(first, len(rows), bool(x2.any())),
            listed=self._list_candidates(tallies, rows, states, State.LISTED),
            near_misses=self._list_candidates(tallies, rows, states, State.NEAR_MISS),
            counts={state: int((whole == state).sum()) for state in State},
            _columns=self.columns,
            _version=self.columns.version,
            _plan=self.plan,
            _ids=self.columns.ids(all_rows),
            _states=whole,
            _is_look_alike=is_look_alike,
            _weights=self.weights,
        )

    def _keep_visible(self, rows: Ints) -> Ints:
        for step in self.plan.visibility:
            outcomes = step.judge(self.columns, rows, self.plan.asking).outcomes
            rows = rows[PASSES[outcomes]]
        return rows

    def _judge_posts(self, common: Tally) -> list[Tally]:
        stands = common.may_stand
        tallies = []
        for post, steps in zip(self.request.posts, self.plan.of_posts, strict=True):
            tally = common.take(stands)
            tally.judge(self.columns, self.plan.for_post(post), steps)
            tallies.append(tally)
        return tallies

    def _sum_up(
        self, common: Tally, tallies: list[Tally]
    ) -> tuple[NDArray[np.uint8], NDArray[np.int32]]:
        """Return each woman's best state over the posts, and the step at which she fell.

        With several posts she fell where she came furthest; NOWHERE if she is listed.
        """
        states = np.full(len(common.rows), State.EXCLUDED, np.uint8)
        first = common.first.copy()
        stands = np.flatnonzero(common.may_stand)
        best = np.full(len(stands), State.EXCLUDED, np.uint8)
        furthest = np.full(len(stands), NOWHERE, np.int32)
        for tally in tallies:
            best = np.maximum(best, _list_states(tally))
            furthest = np.maximum(furthest, tally.first)
        states[stands] = best
        first[stands] = np.where(best == State.LISTED, NOWHERE, furthest)
        return states, first

    def _part_look_alikes(self, rows: Ints, states: NDArray[np.uint8]) -> NDArray[np.bool_]:
        stands = np.flatnonzero(states >= State.NEAR_MISS)
        outcomes = judge_look_alikes(
            self.columns, rows[stands], states[stands] == State.LISTED, self.plan.asking
        )
        x2 = np.zeros(len(rows), np.bool_)
        x2[stands[outcomes == o.X2]] = True
        return x2

    def _count_funnel(
        self, first: NDArray[np.int32], considered: int, has_look_alikes: bool
    ) -> tuple[FunnelStep, ...]:
        fell = np.bincount(first[first >= 0], minlength=len(self.plan.steps) + 1)
        left = considered - np.cumsum(fell)
        funnel = [
            FunnelStep(step.criterion.name, int(fell[i]), int(left[i]), _list_asked(step))
            for i, step in enumerate(self.plan.steps)
        ]
        if has_look_alikes:
            funnel.append(FunnelStep(LOOK_ALIKE, int(fell[-1]), int(left[-1])))
        return tuple(funnel)

    def _list_candidates(
        self, tallies: list[Tally], rows: Ints, states: NDArray[np.uint8], state: State
    ) -> tuple[Candidate, ...]:
        candidates: list[Candidate] = []
        chosen = rows[states == state]
        for number, (post, tally) in enumerate(zip(self.request.posts, tallies, strict=True)):
            fits = (_list_states(tally) == state) & np.isin(tally.rows, chosen)
            candidates += self._explain(post, number, tally.rows[fits], state)
        return tuple(candidates)

    def _explain(self, post: Post, number: int, rows: Ints, state: State) -> list[Candidate]:
        asking = self.plan.for_post(post)
        if not len(rows) or self.limit == 0:
            return []
        fitting = self.columns.take(rows)
        points = score(fitting, fitting.rows(), asking, self.weights)
        ranked = rank(fitting, fitting.rows(), points, self.request.code)[: self.limit]
        columns, points = fitting.take(ranked), points[ranked]
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


def _list_states(tally: Tally) -> NDArray[np.uint8]:
    stands = np.where(tally.may_stand, State.NEAR_MISS, State.EXCLUDED)
    return np.where(tally.misses == 0, State.LISTED, stands).astype(np.uint8)


def _find_missing(evidence: list[Evidence]) -> Evidence:
    return next(one for one in evidence if one.verdict < Verdict.PASS)


def _list_asked(step: Step) -> tuple[str, ...]:
    wish = getattr(step.wish, "any_of", step.wish)
    if isinstance(wish, str):
        return (wish,)
    return wish if isinstance(wish, tuple) else ()
