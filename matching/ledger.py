"""What every woman passes of a post, as asked and under each milder asking: the ground of advice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.answers import Workings
from matching.bits import WORD, Bits, list_rows, spread
from matching.changes import SHARED_OUT, Change
from matching.columns import Columns
from matching.criteria import Asking
from matching.facts import Post
from matching.interpreters import find_interpreters, shares_language
from matching.judging import judge
from matching.levers import list_options, lower
from matching.look_alikes import LookAlikes
from matching.run import Step
from matching.sieve import Asked, keep_passing
from matching.tables import Ints, Truths

AS_ASKED = 0
"""Bit of a criterion passed as asked; the bits above it stand for its options, in order."""
EVERY_OPTION = 0xFF
WIDEST_KEY = 62
"""Bits in which the answers to several criteria are put side by side."""


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
        post, asked = _list_asked(workings, post_code)
        options = [list_options(step, asking) for step, asking in asked]
        walls = [one for one, milder in zip(asked, options, strict=True) if not milder]
        relaxable = [one for one, milder in zip(asked, options, strict=True) if milder]
        options = [milder for milder in options if milder]
        bits = keep_passing(columns, (*plan.list_visibility(), *walls), columns.bits())
        rows = list_rows(bits)
        marks = [
            _mark(columns, bits, rows, one, milder)
            for one, milder in zip(relaxable, options, strict=True)
        ]
        masks, group, sizes = _group(marks, len(rows))
        pairs = LookAlikes.among(columns, rows)
        return cls(
            post,
            plan.for_post(post),
            columns,
            [step for step, _ in relaxable],
            options,
            masks,
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


def _list_asked(workings: Workings, post_code: str) -> tuple[Post, list[Asked]]:
    plan = workings.plan
    for number, post in enumerate(plan.asking.request.posts):
        if post.code == post_code:
            return post, [*plan.list_common(), *plan.list_own(number)]
    raise ValueError(f"there is no post {post_code}")


def _mark(
    columns: Columns, bits: Bits, rows: Ints, asked: Asked, options: Sequence[Change]
) -> NDArray[np.uint8]:
    as_asked = _pass(columns, bits, rows, asked)
    marks = as_asked.astype(np.uint8)
    for number, change in enumerate(options, 1):
        passes = _pass_after(columns, bits, rows, asked, as_asked, change)
        marks |= passes.astype(np.uint8) << np.uint8(number)
    return marks


def _pass(columns: Columns, bits: Bits, rows: Ints, asked: Asked) -> Truths:
    fails = judge(columns, *asked, bits).fails
    return ~spread(fails, len(fails) * WORD)[rows]


def _pass_after(
    columns: Columns, bits: Bits, rows: Ints, asked: Asked, as_asked: Truths, change: Change
) -> Truths:
    step, asking = asked
    if change.stand_in:
        helpers = find_interpreters(columns, asking, change)
        return as_asked | shares_language(columns, rows, helpers, step.wish, asking.terms)
    lowered, changed = (None, asking) if change.is_drop else lower(step, asking, change)
    if lowered is None:
        return np.ones(len(rows), np.bool_)
    return _pass(columns, bits, rows, (lowered, changed))


def _group(marks: Sequence[NDArray[np.uint8]], size: int) -> tuple[NDArray[np.uint8], Ints, Ints]:
    """Return the distinct answers, a row per criterion; each woman's; and how many give each."""
    keys, width = np.zeros(size, np.int64), 0
    for one in marks:
        needed = int(one.max(initial=0)).bit_length()
        if width + needed > WIDEST_KEY:
            keys = np.unique(keys, return_inverse=True)[1]
            width = int(keys.max(initial=0)).bit_length()
        keys, width = keys << needed | one, width + needed
    _, first, group, sizes = np.unique(
        keys, return_index=True, return_inverse=True, return_counts=True
    )
    masks = np.zeros((len(marks), len(first)), np.uint8)
    for place, one in enumerate(marks):
        masks[place] = one[first]
    return masks, group, sizes
