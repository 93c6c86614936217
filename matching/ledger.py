"""What every woman passes of a post, as asked and under each milder asking: the ground of advice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from matching.answers import Workings
from matching.bits import (
    Bits,
    count,
    count_words,
    find_at_most,
    gather_if,
    is_in,
    list_rows,
    pack,
    union,
)
from matching.changes import SHARED_OUT, Change
from matching.columns import Columns
from matching.criteria import Asking
from matching.facts import Post
from matching.interpreters import find_interpreters, shares_language
from matching.judging import judge
from matching.levers import list_options, lower
from matching.look_alikes import LookAlikes
from matching.misses import Misses
from matching.sieve import Asked, keep_passing
from matching.tables import Ints, Truths

AS_ASKED = 0
"""Place of a criterion's answer as asked; those after it stand for its options, in order."""


@dataclass(frozen=True)
class Reach:
    """How far advice goes: who does not pass more than this can be admitted by none."""

    changed: int
    """Criteria changed at once."""
    shared_out: int
    """Criteria that the second of two women takes over."""
    beside_split: int
    """Criteria changed beside a post's being held by two."""


@dataclass(frozen=True)
class Choice:
    """Which options are taken: pairs of a criterion's place in the ledger and an option, from 1.

    ``second`` holds the places of those criteria that a second woman meets instead of the first.
    """

    options: tuple[tuple[int, int], ...] = ()
    second: tuple[int, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """What each woman whom some advice could admit passes, as asked and under every option."""

    post: Post
    asking: Asking
    whole: Columns
    columns: Columns
    """Of these women alone, numbered from 0."""
    steps: list[Asked]
    """The criteria that may be relaxed."""
    options: list[list[Change]]
    """Per such criterion."""
    passes: list[list[Bits]]
    """Per such criterion who passes it as asked, then under each option."""
    look_alikes: LookAlikes
    everybody: Bits
    misses: Misses
    _others: dict[tuple[int, ...], Bits] = field(default_factory=dict)

    @classmethod
    def open(cls, workings: Workings, post_code: str, reach: Reach) -> Ledger:
        """Judge everybody who passes all that may not be relaxed, and little enough not."""
        whole, plan = workings.columns, workings.plan
        post, asked = _list_asked(workings, post_code)
        options = [list_options(step, asking) for step, asking in asked]
        walls = [one for one, milder in zip(asked, options, strict=True) if not milder]
        relaxable = [one for one, milder in zip(asked, options, strict=True) if milder]
        options = [milder for milder in options if milder]
        inside = keep_passing(whole, (*plan.list_visibility(), *walls), whole.bits())
        fails = [inside & judge(whole, *one, inside).fails for one in relaxable]
        within = _find_within(reach, relaxable, fails, inside)
        rows = list_rows(within)
        columns = whole.take(rows)
        passes = [
            _list_passes(whole, rows, within, one, failed, milder)
            for one, failed, milder in zip(relaxable, fails, options, strict=True)
        ]
        return cls(
            post,
            plan.for_post(post),
            whole,
            columns,
            relaxable,
            options,
            passes,
            LookAlikes.among(columns, columns.rows()),
            columns.bits(),
            Misses.count([~is_in(failed, rows) for failed in fails], len(rows)),
        )

    def list_shared_out(self) -> list[int]:
        """Return the places of the criteria that two women may meet together."""
        return _list_shared_out(self.steps)

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

    def find_halves(self, choice: Choice) -> tuple[Bits, Bits]:
        """Return who fits the first and the second half of the post."""
        others = tuple(place for place in self.list_shared_out() if place not in choice.second)
        return self._fit(choice, choice.second), self._fit(choice, others)

    def count_women(self, fits: Bits) -> int:
        """Return how many women are in a set, look-alikes counted once."""
        return self._count_each([fits], fits)[0]

    def may_be_enough(
        self, wanted: int, changed: Sequence[tuple[int, ...]], second: tuple[int, ...] = ()
    ) -> list[bool]:
        """Tell of sets of criteria whether changing them may let so many answer: no more can.

        Whatever is changed counts as passed, and look-alikes count twice.
        """
        alone = self.misses.count_within(changed)
        if not second:
            return list(alone >= wanted)
        others = tuple(place for place in self.list_shared_out() if place not in second)
        halves = (
            self.misses.count_within([(*one, *left) for one in changed]) - alone
            for left in (second, others)
        )
        return list(alone + np.minimum(*halves) >= wanted)

    def _fit(self, choice: Choice, left_out: tuple[int, ...]) -> Bits:
        """Return who fits; of what is ``left_out`` any option will do."""
        taken = tuple(place for place, _ in choice.options if place not in left_out)
        fits = self._pass_others(tuple(sorted((*taken, *left_out))))
        for place, option in choice.options:
            if place in taken:
                fits = fits & self.passes[place][option]
        for place in left_out:
            fits = fits & union(self.passes[place])
        return fits

    def _pass_others(self, places: tuple[int, ...]) -> Bits:
        """Return who passes all but these criteria as asked; kept, since options share it."""
        if places not in self._others:
            left = self.everybody.copy()
            for place, passes in enumerate(self.passes):
                if place not in places:
                    left &= passes[AS_ASKED]
            self._others[places] = left
        return self._others[places]

    def _count_each(self, parts: list[Bits], held: Bits, first: Bits | None = None) -> list[int]:
        """Return the women in each part, without those who give way to another who is held."""
        counts = [count(part) for part in parts]
        if not self.look_alikes.places.size:
            return counts
        preferred = None if first is None else self._among_pairs(first)
        gone = self.look_alikes.find_parted(
            self.columns, self._among_pairs(held), self.asking, preferred
        )
        return [
            number - int(self._among_pairs(part)[gone].sum())
            for number, part in zip(counts, parts, strict=True)
        ]

    def _among_pairs(self, women: Bits) -> Truths:
        """Tell of each of the look-alikes whether she is in a set."""
        return is_in(women, self.look_alikes.places)


def _list_shared_out(asked: Sequence[Asked]) -> list[int]:
    return [place for place, (step, _) in enumerate(asked) if step.criterion.name in SHARED_OUT]


def _list_asked(workings: Workings, post_code: str) -> tuple[Post, list[Asked]]:
    plan = workings.plan
    for number, post in enumerate(plan.asking.request.posts):
        if post.code == post_code:
            return post, [*plan.list_common(), *plan.list_own(number)]
    raise ValueError(f"there is no post {post_code}")


def _find_within(reach: Reach, asked: Sequence[Asked], fails: Sequence[Bits], among: Bits) -> Bits:
    """Return who does not pass so few criteria that some advice may admit her."""
    shared = _list_shared_out(asked)
    unshared = [failed for place, failed in enumerate(fails) if place not in shared]
    alone = max(reach.changed, reach.shared_out + reach.beside_split)
    few = find_at_most(fails, alone, among)
    return few | find_at_most(unshared, reach.beside_split, among)


def _list_passes(
    whole: Columns,
    rows: Ints,
    within: Bits,
    asked: Asked,
    failed: Bits,
    options: Sequence[Change],
) -> list[Bits]:
    """Return who of these rows, given both ways, passes as asked and under each option."""
    words = count_words(len(rows))
    after = (_fail_after(whole, failed, within, asked, change) for change in options)
    return [pack(~is_in(fails, rows), words) for fails in (failed, *after)]


def _fail_after(whole: Columns, failed: Bits, within: Bits, asked: Asked, change: Change) -> Bits:
    """Return who of those who fail a criterion as asked fails it after a change too.

    A milder wish is asked of all who fail, so that it stays known when other wishes change.
    """
    step, asking = asked
    if change.stand_in:
        rows, helpers = list_rows(failed & within), find_interpreters(whole, asking, change)
        helped = shares_language(whole.take(rows), whole.take(helpers), step.wish, asking.terms)
        return failed & ~gather_if(helped, rows, len(failed))
    lowered, changed = (None, asking) if change.is_drop else lower(step, asking, change)
    if lowered is None:
        return np.zeros_like(failed)
    return failed & judge(whole, lowered, changed, failed).fails
