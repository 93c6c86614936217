"""With too few fits: all smallest sets of criteria to ask less, and how many would then fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from matching.answers import Answer
from matching.changes import SPLIT, Change, make_interpreter_post, split_post
from matching.facts import Post
from matching.interpreters import find_interpreters
from matching.ledger import Choice, Ledger, Reach

MOST_CHANGED = 3
"""Criteria changed at once unless the caller asks for more: nobody reads longer advice."""
MOST_SHARED_OUT = 2
"""Criteria that the second of two women takes over at most."""
MOST_BESIDE_SPLIT = 1
"""Criteria changed beside a post's being held by two."""


@dataclass(frozen=True)
class Addition:
    """A post that a change adds to the request, and how many women of the roster fit it."""

    post: Post
    fits: int


@dataclass(frozen=True)
class Relaxation:
    """One smallest set of changes to a post. ``fits`` women fit after it, ``freed`` more than now.

    Where two hold the post together, a pair counts as one, and nobody is counted twice.
    """

    post: str
    changes: tuple[Change, ...]
    fits: int
    freed: int
    added: tuple[Addition, ...] = ()
    """What is added to the request: an interpreter, or the second woman's half of the post."""


def relax(
    answer: Answer, post_code: str, *, wanted: int, most_changed: int = MOST_CHANGED
) -> tuple[Relaxation, ...]:
    """Return all smallest sets of changes after which at least ``wanted`` women fit the post.

    A set is smallest if neither fewer changes nor milder ones do. Each criterion is changed in at
    most one way: one step lower, met by an interpreter, or left out; all others are judged as they
    were asked. A spoken language is met by an interpreter who fits a post of her own, and with whom
    she shares another language; one who asks for a person more is no milder than what asks for
    none, nor the other way round. A post is split over two women who share out its regions, themes
    and languages, at most ``MOST_SHARED_OUT`` to the second; all else is asked of both. Conflicts
    of interest, consent, safety class, suspension, integrity, a pause, an availability that does
    not count and a missing declaration are never relaxed. Empty where enough fit already, or where
    no set of at most ``most_changed`` changes is enough. Sorted by the number of changes, then by
    how many fit. ValueError for an unknown post, StaleAnswerError once the roster has changed.
    """
    workings = answer.workings
    try:
        reach = Reach(most_changed, MOST_SHARED_OUT, MOST_BESIDE_SPLIT)
        return _find_smallest(Ledger.open(workings, post_code, reach), wanted, most_changed)
    finally:
        workings.columns.forget_found()


def count_fits(answer: Answer, post_code: str) -> int:
    """Return how many women fit the post as asked, look-alikes of one another counted once."""
    try:
        return Ledger.open(answer.workings, post_code, Reach(0, 0, 0)).count(Choice())
    finally:
        answer.workings.columns.forget_found()


def _find_smallest(ledger: Ledger, wanted: int, most_changed: int) -> tuple[Relaxation, ...]:
    now = ledger.count(Choice())
    if now >= wanted:
        return ()
    found: list[tuple[Choice, int]] = []
    milder = _Milder.than_all_of(ledger)
    for choice in _list_choices(ledger, wanted, most_changed, milder):
        fits = ledger.count(choice)
        if fits >= wanted:
            found.append((choice, fits))
            milder.add(choice)
    relaxations = [_name(ledger, choice, fits, now) for choice, fits in found]
    return tuple(sorted(relaxations, key=lambda one: (len(one.changes), -one.fits)))


def _list_choices(
    ledger: Ledger, wanted: int, most_changed: int, milder: _Milder
) -> Iterator[Choice]:
    """Yield choices that may be enough and ask no less than one that is known to be enough.

    Fewer criteria come first, and milder options before stronger ones.
    """
    everything = range(len(ledger.options))
    for size in range(1, most_changed + 1):
        sets = list(combinations(everything, size))
        yield from _list_enough(ledger, wanted, sets, (), milder)
        if size > MOST_BESIDE_SPLIT + 1:
            continue
        for second in _list_splits(ledger.list_shared_out()):
            others = [place for place in everything if place not in second]
            sets = list(combinations(others, size - 1))
            yield from _list_enough(ledger, wanted, sets, second, milder)


def _list_enough(
    ledger: Ledger,
    wanted: int,
    changed: Sequence[tuple[int, ...]],
    second: tuple[int, ...],
    milder: _Milder,
) -> Iterator[Choice]:
    may_be = ledger.may_be_enough(wanted, changed, second)
    for places, is_it in zip(changed, may_be, strict=True):
        if is_it:
            ranges = [range(1, len(ledger.options[place]) + 1) for place in places]
            for taken in sorted(product(*ranges), key=sum):
                options = tuple(zip(places, taken, strict=True))
                if not milder.is_known(options, second):
                    yield Choice(options, second)


def _list_splits(shared_out: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield each way to part the criteria once: the second woman has no more of them."""
    for size in range(1, MOST_SHARED_OUT + 1):
        for second in combinations(shared_out, size):
            is_smaller = 2 * size < len(shared_out)
            if is_smaller or (2 * size == len(shared_out) and shared_out[0] not in second):
                yield second


@dataclass
class _Milder:
    """Tells whether a choice asks less than one that is enough already: a bit for every option.

    Asked some thousand times for one piece of advice.
    """

    bits: dict[tuple[int, int], int]
    """The bit of each option taken at a place."""
    covered: dict[tuple[int, int], int]
    """The bits of those options at its place that are no stronger than it."""
    known: list[tuple[int, tuple[int, ...]]]

    @classmethod
    def than_all_of(cls, ledger: Ledger) -> _Milder:
        """Return one that knows the options of a ledger and no choice yet."""
        taken = [
            (place, option)
            for place, options in enumerate(ledger.options)
            for option in range(1, len(options) + 1)
        ]
        bits = {one: 1 << number for number, one in enumerate(taken)}
        covered = {
            (place, option): sum(
                bits[place, other]
                for other in range(1, len(ledger.options[place]) + 1)
                if _is_no_stronger(ledger.options[place], other, option)
            )
            for place, option in taken
        }
        return cls(bits, covered, [])

    def add(self, choice: Choice) -> None:
        """Know a choice that is enough."""
        self.known.append((sum(self.bits[one] for one in choice.options), choice.second))

    def is_known(self, options: tuple[tuple[int, int], ...], second: tuple[int, ...]) -> bool:
        """Tell whether every change of one that is known is in these too, as it is or stronger."""
        open_to = ~sum(map(self.covered.__getitem__, options))
        for bits, split in self.known:
            if not bits & open_to and (not split or split == second):
                return True
        return False


def _is_no_stronger(options: Sequence[Change], one: int, other: int) -> bool:
    is_alone = options[one - 1].stand_in is None
    return one == other or (is_alone and options[other - 1].is_drop)


def _name(ledger: Ledger, choice: Choice, fits: int, now: int) -> Relaxation:
    changes = tuple(ledger.options[place][option - 1] for place, option in choice.options)
    added = [_add_interpreter(ledger, one) for one in changes if one.stand_in]
    if choice.second:
        steps = [ledger.steps[place][0] for place in choice.second]
        taken = tuple((step.criterion.name, step.number) for step in steps)
        split = Change(SPLIT, post=ledger.post.code, second=taken)
        half = ledger.count_women(ledger.find_halves(choice)[1])
        added.append(Addition(split_post(ledger.post, split)[1], half))
        changes = (split, *changes)
    return Relaxation(ledger.post.code, changes, fits, fits - now, tuple(added))


def _add_interpreter(ledger: Ledger, change: Change) -> Addition:
    helpers = find_interpreters(ledger.whole, ledger.asking, change)
    return Addition(make_interpreter_post(ledger.post, change), len(helpers))
