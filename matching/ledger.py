"""What every woman passes of a post, as asked and under each milder asking: the ground of advice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.answers import Workings
from matching.changes import SHARED_OUT, Change
from matching.columns import Columns
from matching.criteria import Asking
from matching.facts import Post
from matching.interpreters import find_interpreters, shares_language
from matching.levers import list_options, lower
from matching.look_alikes import LookAlikes
from matching.outcomes import PASSES
from matching.run import Step
from matching.tables import Ints

AS_ASKED = 0
"""Bit of a criterion passed as asked; the bits above it stand for its options, in order."""
EVERY_OPTION = 0xFF

Truths = NDArray[np.bool_]


@dataclass(frozen=True)
class Choice:
    """Which options are taken: pairs of a criterion's place in the ledger and an option, from 1.

    ``second`` holds the places of those criteria that a second woman meets instead of the first.
    """

    options: tuple[tuple[int, int], ...] = ()
    second: tuple[int, ...] = ()

    @property
    def size(self) -> int:
        """How many changes it is; a post held by two is one."""
        return len(self.options) + bool(self.second)


@dataclass(frozen=True)
class Ledger:
    """What each woman passes, as asked and under every option, grouped by equal answers."""

    post: Post
    asking: Asking
    columns: Columns
    steps: list[Step]
    """The criteria that may be relaxed."""
    options: list[list[Change]]
    """Per such criterion."""
    masks: NDArray[np.uint8]
    """One row per criterion, one column per distinct answer: a bit per option passed."""
    sizes: Ints
    """Women per distinct answer."""
    look_alikes: LookAlikes
    paired: Ints
    """The answer of each of the look-alikes."""

    @classmethod
    def open(cls, workings: Workings, post_code: str) -> Ledger:
        """Judge everybody who passes all that may not be relaxed."""
        columns, plan = workings.columns, workings.plan
        post, steps = _list_steps(workings, post_code)
        asking = plan.for_post(post)
        rows = columns.rows()
        relaxable, options = [], []
        for step in (*plan.visibility, *steps):
            milder = list_options(step, asking)
            if milder:
                relaxable.append(step)
                options.append(milder)
            else:
                rows = rows[PASSES[step.judge(columns, rows, asking).outcomes]]
        marks = [
            _mark(columns, rows, asking, *both) for both in zip(relaxable, options, strict=True)
        ]
        table = np.stack(marks, axis=1) if marks else np.zeros((len(rows), 0), np.uint8)
        masks, group, sizes = _group(table)
        pairs = LookAlikes.among(columns, rows)
        return cls(
            post,
            asking,
            columns,
            relaxable,
            options,
            np.ascontiguousarray(masks.T),
            sizes,
            pairs,
            group[pairs.places],
        )

    def list_shared_out(self) -> list[int]:
        """Return the places of the criteria that two women may meet together."""
        return [place for place, step in enumerate(self.steps) if step.criterion.name in SHARED_OUT]

    def count(self, choice: Choice) -> int:
        """Return how many answers to the post there are with these options taken.

        A woman who fits is one answer, and so are two, each used once, who fit it together.
        """
        if not choice.second:
            whole = self._fit(choice, ())
            return self._count_each([whole], whole)[0]
        halves = self.find_halves(choice)
        whole = halves[0] & halves[1]
        alone, first, second = self._count_each([whole, *halves], halves[0] | halves[1], whole)
        return alone + min(first - alone, second - alone)

    def find_halves(self, choice: Choice) -> tuple[Truths, Truths]:
        """Return which groups fit the first and the second half of the post."""
        others = [place for place in self.list_shared_out() if place not in choice.second]
        return self._fit(choice, choice.second), self._fit(choice, others)

    def count_groups(self, fits: Truths) -> int:
        """Return how many women are in these groups, look-alikes counted once."""
        return self._count_each([fits], fits)[0]

    def may_be_enough(self, places: tuple[int, ...], wanted: int) -> bool:
        """Tell whether enough fit, look-alikes counted twice, if each takes what helps her most."""
        return int(self.sizes[self._fit(Choice(), places)].sum()) >= wanted

    def _fit(self, choice: Choice, left_out: Sequence[int]) -> Truths:
        """Tell which answers fit; of what is ``left_out`` any option will do, or being left out."""
        needed = np.full(len(self.masks), 1 << AS_ASKED, np.uint8)
        for place, option in choice.options:
            needed[place] = 1 << option
        needed[list(left_out)] = EVERY_OPTION
        fits: Truths = ((self.masks & needed[:, None]) != 0).all(axis=0)
        return fits

    def _count_each(
        self, parts: list[Truths], held: Truths, first: Truths | None = None
    ) -> list[int]:
        """Return the women in each part, without those who give way to another who is held."""
        counts = [int(self.sizes[part].sum()) for part in parts]
        if not self.paired.size:
            return counts
        preferred = None if first is None else first[self.paired]
        gone = self.look_alikes.find_parted(self.columns, held[self.paired], self.asking, preferred)
        return [
            count - int(part[self.paired[gone]].sum())
            for count, part in zip(counts, parts, strict=True)
        ]


def _list_steps(workings: Workings, post_code: str) -> tuple[Post, list[Step]]:
    plan = workings.plan
    for post, steps in zip(plan.asking.request.posts, plan.of_posts, strict=True):
        if post.code == post_code:
            return post, [step for _, step in (*plan.of_request, *steps)]
    raise ValueError(f"there is no post {post_code}")


def _mark(
    columns: Columns, rows: Ints, asking: Asking, step: Step, options: Sequence[Change]
) -> NDArray[np.uint8]:
    marks = PASSES[step.judge(columns, rows, asking).outcomes].astype(np.uint8)
    for number, change in enumerate(options, 1):
        passes = _pass_after(columns, rows, asking, step, change)
        marks |= passes.astype(np.uint8) << np.uint8(number)
    return marks


def _pass_after(columns: Columns, rows: Ints, asking: Asking, step: Step, change: Change) -> Truths:
    if change.is_drop:
        return np.ones(len(rows), np.bool_)
    if change.stand_in:
        as_asked: Truths = PASSES[step.judge(columns, rows, asking).outcomes]
        helpers = find_interpreters(columns, asking, change)
        return as_asked | shares_language(columns, rows, helpers, step.wish, asking.terms)
    lowered, changed = lower(step, asking, change)
    if lowered is None:
        return np.ones(len(rows), np.bool_)
    passes: Truths = PASSES[lowered.judge(columns, rows, changed).outcomes]
    return passes


def _group(table: NDArray[np.uint8]) -> tuple[NDArray[np.uint8], Ints, Ints]:
    """Return the distinct rows of the table, each row's group, and the size of each group."""
    if not table.size:
        return table[:1], np.zeros(len(table), np.int64), np.array([len(table)])[: len(table[:1])]
    packed = np.ascontiguousarray(table).view(np.dtype((np.void, table.shape[1])))[:, 0]
    _, first, group, sizes = np.unique(
        packed, return_index=True, return_inverse=True, return_counts=True
    )
    return table[first], group, sizes
