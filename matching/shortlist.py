"""A request's answer: gates, conflicts of interest, preferences; a state for every woman."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from matching import outcomes as o
from matching.columns import Columns
from matching.criteria import Asking
from matching.evidence import Evidence, Verdict
from matching.explanation import explain_gates, explain_preferences, find_end
from matching.facts import Post, Request
from matching.look_alikes import judge_look_alikes
from matching.outcomes import CATALOGUE, PASSES
from matching.run import CENT, NOWHERE, Plan, Step, Tally, list_shares, make_plan, rank, score
from matching.tables import Ints
from matching.weights import PUBLISHED, Weights

MOST_EXPLAINED = 50
"""Candidates explained per post and list unless the caller asks for more; the counts are whole."""
LOOK_ALIKE = "look_alike"


class State(IntEnum):
    """What a woman is in a run: her best state over the posts."""

    NOT_VISIBLE = 0
    EXCLUDED = 1
    NEAR_MISS = 2
    LISTED = 3


class StaleAnswerError(RuntimeError):
    """The roster has changed since the answer was given; ask again."""


@dataclass(frozen=True)
class FunnelStep:
    """``fell`` women passed all before and not this one; ``left`` go on.

    ``gate`` is the criterion's name, ``asked`` the codes asked where it has some.
    """

    gate: str
    fell: int
    left: int
    asked: tuple[str, ...] = ()


@dataclass(frozen=True)
class Candidate:
    """One woman for one post. ``points`` is the sum of the points of her evidence."""

    mediator_id: int
    post: str
    points: float
    out_of: float
    evidence: tuple[Evidence, ...]
    """All gates judged in order of decision, then the preferences."""
    missing: Evidence | None = None
    """The one criterion a near miss does not pass."""
    holds_until: datetime | None = None
    """Earliest instant at which a gate that she passes stops being passed."""

    @property
    def flags(self) -> tuple[Evidence, ...]:
        """Return what passes and must be said."""
        return tuple(one for one in self.evidence if one.verdict == Verdict.FLAG)


@dataclass(frozen=True, eq=False)
class Answer:
    """The answer to one request at one instant.

    ``considered`` women entered the funnel and ``not_visible`` did not; together they are the whole
    roster. ``listed`` and ``near_misses`` are explained and ranked per post, at most ``limit`` of
    each per post, a woman once per post that she fits; ``counts`` tells how many women are in each
    state. A near miss is listed for no post.
    """

    request: Request
    now: datetime
    weights_version: str
    considered: int
    not_visible: int
    funnel: tuple[FunnelStep, ...]
    listed: tuple[Candidate, ...]
    near_misses: tuple[Candidate, ...]
    counts: dict[State, int]
    _columns: Columns = field(repr=False)
    _version: int = field(repr=False)
    _plan: Plan = field(repr=False)
    _ids: NDArray[np.int64] = field(repr=False)
    _states: NDArray[np.uint8] = field(repr=False)
    _is_look_alike: NDArray[np.bool_] = field(repr=False)

    @property
    def states(self) -> dict[int, State]:
        """Return the one state of every woman by id; built anew at each call."""
        return {int(one): State(state) for one, state in zip(self._ids, self._states, strict=True)}

    def state(self, mediator_id: int) -> State:
        """Return the state of one woman; KeyError if she is not in the roster."""
        return State(int(self._states[self._place(mediator_id)]))

    def list_ids(self, state: State) -> list[int]:
        """Return the ids of all women in a state, in no order of merit."""
        return [int(one) for one in self._ids[self._states == state]]

    def reasons(self, mediator_id: int) -> tuple[Evidence, ...]:
        """Return the criteria she does not pass, in order of decision; none if she is listed.

        For the post she comes nearest to: a near miss, else fewest reasons, else the first post. KeyError if she is
        not in the roster, StaleAnswerError if the roster has changed since.
        """
        place = self._place(mediator_id)
        if self._version != self._columns.version:
            raise StaleAnswerError("the roster has changed since this answer")
        if self._states[place] == State.LISTED:
            return ()
        reasons = self._list_reasons(mediator_id)
        if self._is_look_alike[place]:
            facts = {"why": "fresher_elsewhere"}
            what = CATALOGUE[o.X2]
            reasons = (*reasons, Evidence(LOOK_ALIKE, what.verdict, what.code, facts=facts))
        return reasons

    def _place(self, mediator_id: int) -> int:
        found = np.flatnonzero(self._ids == mediator_id)
        if not len(found):
            raise KeyError(mediator_id)
        return int(found[0])

    def _list_reasons(self, mediator_id: int) -> tuple[Evidence, ...]:
        columns, plan = self._columns, self._plan
        unseen = _list_failures(columns, mediator_id, plan.asking, plan.visibility)
        if unseen:
            return unseen
        of_request = tuple(step for _, step in plan.of_request)
        common = _list_failures(columns, mediator_id, plan.asking, of_request)
        by_post = [
            _list_failures(columns, mediator_id, plan.for_post(post), [step for _, step in steps])
            for post, steps in zip(self.request.posts, plan.of_posts, strict=True)
        ]
        return min((common + own for own in by_post), key=_count_distance)


def _count_distance(reasons: tuple[Evidence, ...]) -> tuple[bool, int]:
    """Order posts by how near she comes: a near miss first, then by the number of reasons."""
    is_near = len(reasons) == 1 and reasons[0].is_curable
    return not is_near, len(reasons)


def _list_failures(
    columns: Columns, mediator_id: int, asking: Asking, steps: list[Step] | tuple[Step, ...]
) -> tuple[Evidence, ...]:
    rows = np.array([columns.row(mediator_id)])
    evidence = explain_gates(columns, rows, [columns.mediator(mediator_id)], asking, steps)[0]
    return tuple(one for one in evidence if one.verdict < Verdict.PASS)


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
        columns, asking = self.columns, self.plan.for_post(post)
        if not len(rows) or self.limit == 0:
            return []
        points = score(columns, rows, asking, self.weights)
        ranked = rank(columns, rows, points, self.request.code)[: self.limit]
        rows, points = rows[ranked], points[ranked]
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
