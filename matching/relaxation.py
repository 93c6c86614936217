"""With too few fits: all smallest sets of criteria to ask less, and how many would then fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from matching.answers import Answer, Workings
from matching.changes import Change
from matching.columns import Columns
from matching.criteria import Asking
from matching.facts import Post
from matching.levers import list_options, lower
from matching.look_alikes import LookAlikes
from matching.outcomes import PASSES
from matching.run import Step
from matching.tables import Ints

MOST_CHANGED = 3
"""Criteria changed at once unless the caller asks for more: nobody reads longer advice."""
AS_ASKED = 0
"""Bit of a criterion passed as asked; the bits above it stand for its options, in order."""


@dataclass(frozen=True)
class Relaxation:
    """One smallest set of changes to a post. ``fits`` women fit after it, ``freed`` more than now."""

    post: str
    changes: tuple[Change, ...]
    fits: int
    freed: int


def relax(
    answer: Answer, post_code: str, *, wanted: int, most_changed: int = MOST_CHANGED
) -> tuple[Relaxation, ...]:
    """Return all smallest sets of changes after which at least ``wanted`` women fit the post.

    A set is smallest if neither fewer changes nor milder ones do. Each criterion is changed in at
    most one way: one step lower, or left out; all others are judged as they were asked. Conflicts
    of interest, consent, safety class, suspension, integrity, a pause, an availability that does
    not count and a missing declaration are never relaxed. Empty where enough fit already, or where
    no set of at most ``most_changed`` changes is enough. Sorted by the number of changes, then by
    how many fit. ValueError for an unknown post, StaleAnswerError once the roster has changed.
    """
    workings = answer.workings
    try:
        return _find_smallest(_Ledger.open(workings, post_code), wanted, most_changed)
    finally:
        workings.columns.forget_found()


def count_fits(answer: Answer, post_code: str) -> int:
    """Return how many women fit the post as asked, look-alikes of one another counted once."""
    try:
        return _Ledger.open(answer.workings, post_code).count(())
    finally:
        answer.workings.columns.forget_found()


Choice = tuple[tuple[int, int], ...]
"""Pairs of a criterion's place in the ledger and the number of the option taken (from 1)."""


@dataclass(frozen=True)
class _Ledger:
    """What each woman passes, as asked and under every option, grouped by equal answers."""

    post: str
    asking: Asking
    columns: Columns
    options: list[list[Change]]
    """Per criterion that may be relaxed."""
    rows: Ints
    masks: NDArray[np.uint8]
    """One row per distinct answer, one column per criterion: a bit per option passed."""
    group: Ints
    """Per row, which of the masks is hers."""
    sizes: Ints
    look_alikes: LookAlikes

    @classmethod
    def open(cls, workings: Workings, post_code: str) -> _Ledger:
        """Judge everybody who passes all that may not be relaxed."""
        columns, plan = workings.columns, workings.plan
        post, steps = _list_steps(workings, post_code)
        asking = plan.for_post(post)
        rows = columns.rows()
        relaxable = []
        for step in (*plan.visibility, *steps):
            options = list_options(step, asking)
            if options:
                relaxable.append((step, options))
            else:
                rows = rows[PASSES[step.judge(columns, rows, asking).outcomes]]
        marks = [_mark(columns, rows, asking, step, options) for step, options in relaxable]
        table = np.stack(marks, axis=1) if marks else np.zeros((len(rows), 0), np.uint8)
        masks, group, sizes = _group(table)
        return cls(
            post_code,
            asking,
            columns,
            [options for _, options in relaxable],
            rows,
            masks,
            group,
            sizes,
            LookAlikes.among(columns, rows),
        )

    def count(self, choice: Choice) -> int:
        """Return how many fit with these options taken."""
        fits = self._fits(choice)
        count = int(self.sizes[fits].sum())
        if not self.look_alikes.rows.size:
            return count
        return count - self.look_alikes.count_parted(self.columns, fits[self.group], self.asking)

    def _fits(self, choice: Choice) -> NDArray[np.bool_]:
        needed = np.full(self.masks.shape[1], 1 << AS_ASKED, np.uint8)
        for place, option in choice:
            needed[place] = 1 << option
        fits: NDArray[np.bool_] = ((self.masks & needed) != 0).all(axis=1)
        return fits


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


def _pass_after(
    columns: Columns, rows: Ints, asking: Asking, step: Step, change: Change
) -> NDArray[np.bool_]:
    if change.is_drop:
        return np.ones(len(rows), np.bool_)
    lowered, changed = lower(step, asking, change)
    if lowered is None:
        return np.ones(len(rows), np.bool_)
    passes: NDArray[np.bool_] = PASSES[lowered.judge(columns, rows, changed).outcomes]
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


def _find_smallest(ledger: _Ledger, wanted: int, most_changed: int) -> tuple[Relaxation, ...]:
    now = ledger.count(())
    if now >= wanted:
        return ()
    found: list[tuple[Choice, int]] = []
    for choice in _list_choices(ledger, wanted, most_changed):
        if any(_is_milder(ledger, known, choice) for known, _ in found):
            continue
        fits = ledger.count(choice)
        if fits >= wanted:
            found.append((choice, fits))
    relaxations = [_name(ledger, choice, fits, now) for choice, fits in found]
    return tuple(sorted(relaxations, key=lambda one: (len(one.changes), -one.fits)))


def _list_choices(ledger: _Ledger, wanted: int, most_changed: int) -> Iterator[Choice]:
    """Yield choices that may be enough: fewer criteria first, milder options before stronger."""
    counts = [len(options) for options in ledger.options]
    for size in range(1, min(most_changed, len(counts)) + 1):
        for places in combinations(range(len(counts)), size):
            if not _may_be_enough(ledger, places, wanted):
                continue
            ranges = [range(1, counts[place] + 1) for place in places]
            for taken in sorted(product(*ranges), key=sum):
                yield tuple(zip(places, taken, strict=True))


def _may_be_enough(ledger: _Ledger, places: tuple[int, ...], wanted: int) -> bool:
    """Tell whether enough fit, look-alikes counted twice, if each takes whatever option helps."""
    kept = np.delete(ledger.masks, places, axis=1) & (1 << AS_ASKED)
    some = (ledger.masks[:, places] != 0).all(axis=1)
    return int(ledger.sizes[(kept != 0).all(axis=1) & some].sum()) >= wanted


def _is_milder(ledger: _Ledger, one: Choice, other: Choice) -> bool:
    """Tell whether every change of one is in the other too, as it is or stronger."""
    taken = dict(other)
    return all(
        place in taken and _is_no_stronger(ledger.options[place], option, taken[place])
        for place, option in one
    )


def _is_no_stronger(options: Sequence[Change], one: int, other: int) -> bool:
    return one == other or options[other - 1].is_drop


def _name(ledger: _Ledger, choice: Choice, fits: int, now: int) -> Relaxation:
    changes = tuple(ledger.options[place][option - 1] for place, option in choice)
    return Relaxation(ledger.post, changes, fits, fits - now)
