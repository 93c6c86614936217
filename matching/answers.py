"""The answer to a request as the caller gets it."""

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
from matching.explanation import explain_gates
from matching.facts import Request
from matching.outcomes import CATALOGUE
from matching.run import Plan, Step
from matching.weights import Weights

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


@dataclass(frozen=True)
class Workings:
    """What an answer was made from, for those who explain it further."""

    columns: Columns
    plan: Plan
    weights: Weights


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
    _weights: Weights = field(repr=False)

    @property
    def workings(self) -> Workings:
        """Return what it was made from; StaleAnswerError if the roster has changed since."""
        self._refuse_if_stale()
        return Workings(self._columns, self._plan, self._weights)

    def is_look_alike(self, mediator_id: int) -> bool:
        """Tell whether she gave way to one who may be herself (X2); KeyError if not here."""
        return bool(self._is_look_alike[self._place(mediator_id)])

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
        self._refuse_if_stale()
        if self._states[place] == State.LISTED:
            return ()
        reasons = self._list_reasons(mediator_id)
        if self._is_look_alike[place]:
            facts = {"why": "fresher_elsewhere"}
            what = CATALOGUE[o.X2]
            reasons = (*reasons, Evidence(LOOK_ALIKE, what.verdict, what.code, facts=facts))
        return reasons

    def _refuse_if_stale(self) -> None:
        if self._version != self._columns.version:
            raise StaleAnswerError("the roster has changed since this answer")

    @property
    def columns(self) -> Columns:
        """Return the roster that the answer is about; StaleAnswerError if it has changed since."""
        if self._version != self._columns.version:
            raise StaleAnswerError("the roster has changed since this answer")
        return self._columns

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
