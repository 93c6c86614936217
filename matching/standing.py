"""Who stands where for one post: all of them, ranked, whatever the answer has explained."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.answers import Answer, State, Workings
from matching.bits import gather, list_rows
from matching.criteria import Asking
from matching.ranking import score
from matching.run import draw_lots, rank
from matching.sieve import Sieve
from matching.tables import Ints


@dataclass(frozen=True)
class Standing:
    """The women listed for a post, then the near misses of it, each in order of rank."""

    asking: Asking
    listed: Ints
    """Rows, best first."""
    near_misses: Ints
    ids: NDArray[np.int64]
    """Of both, in order."""

    def place(self, mediator_id: int) -> int:
        """Return her place, from 0; ValueError if she is neither listed nor a near miss."""
        found = np.flatnonzero(self.ids == mediator_id)
        if not len(found):
            raise ValueError("she is neither listed for this post nor a near miss of it")
        return int(found[0])

    def is_listed(self, mediator_id: int) -> bool:
        """Tell whether she is listed, not a near miss; ValueError if neither."""
        return self.place(mediator_id) < len(self.listed)


def find_standing(answer: Answer, post_code: str) -> Standing:
    """Return all who stand for a post; ValueError if there is no such post."""
    workings = answer.workings
    asking = find_post(workings, post_code)
    misses = {state: _find_rows(answer, asking, state) for state in (State.LISTED, State.NEAR_MISS)}
    listed, near = (_rank(workings, rows, asking) for rows in misses.values())
    workings.columns.forget_found()
    ids = workings.columns.ids(np.concatenate([listed, near]))
    return Standing(asking, listed, near, ids)


def find_post(workings: Workings, post_code: str) -> Asking:
    """Return what is asked for the post of this code; ValueError if there is none."""
    for post in workings.plan.asking.request.posts:
        if post.code == post_code:
            return workings.plan.for_post(post)
    raise ValueError(f"there is no post {post_code}")


def _find_rows(answer: Answer, asking: Asking, state: State) -> Ints:
    """Return who has this state in the answer, and has it for this very post."""
    columns, plan = answer.workings.columns, answer.workings.plan
    rows = np.array([columns.row(one) for one in answer.list_ids(state)], np.int64)
    number = answer.request.posts.index(asking.one_post)
    sieve = Sieve.begin(gather(rows, columns.words))
    left = sieve.ask(columns, (*plan.list_common(), *plan.list_own(number)))
    return list_rows(left.fits if state == State.LISTED else left.near)


def _rank(workings: Workings, rows: Ints, asking: Asking) -> Ints:
    columns = workings.columns
    points = score(columns, rows, gather(rows, columns.words), asking, workings.weights)
    ranked: Ints = rows[rank(columns, rows, points, asking.request.code)]
    return ranked


def rank_ties(workings: Workings, rows: Ints) -> Ints:
    """Return for each row its place among all of them if all had equal points."""
    columns = workings.columns
    waited = columns.scalars["last_proposed_at"][rows]
    lot = draw_lots(columns.ids(rows), workings.plan.asking.request.code)
    places = np.empty(len(rows), np.int64)
    places[np.lexsort((lot, waited))] = np.arange(len(rows))
    return places
