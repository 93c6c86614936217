"""Sets of women while criteria are asked: who passes all so far, and who all but one."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from typing import TypeVar

import numpy as np

from matching.bits import Bits
from matching.columns import Columns
from matching.criteria import Asking
from matching.judging import find_known, judge
from matching.memory import Said
from matching.run import Step

Asked = tuple[Step, Asking]
Left = TypeVar("Left")


@dataclass(frozen=True)
class Sieve:
    """``fits`` passed everything asked so far, ``near`` all but one that can be cured."""

    fits: Bits
    near: Bits

    @classmethod
    def begin(cls, rows: Bits) -> Sieve:
        """Return a sieve in which nothing has been asked of these rows."""
        return cls(rows, np.zeros_like(rows))

    @property
    def stands(self) -> Bits:
        """Who may still be listed or a near miss."""
        return self.fits | self.near

    def add(self, found: Said) -> Sieve:
        """Return who is left after one criterion more, judged of all who stand."""
        passes = ~found.fails
        return Sieve(
            self.fits & passes, (self.near & passes) | (self.fits & found.fails & ~found.hard)
        )

    def ask(self, columns: Columns, asked: Iterable[Asked]) -> Sieve:
        """Return who is left after these criteria; the order in which they are asked is no matter."""
        return _ask(columns, asked, self, lambda left: left.stands, Sieve.add)


def keep_passing(columns: Columns, asked: Iterable[Asked], rows: Bits) -> Bits:
    """Return those of the rows who pass all of these criteria."""
    return _ask(columns, asked, rows, lambda left: left, lambda left, found: left & ~found.fails)


def _ask(
    columns: Columns,
    asked: Iterable[Asked],
    left: Left,
    list_left: Callable[[Left], Bits],
    add: Callable[[Left, Said], Left],
) -> Left:
    """Add what each criterion says of those who are left.

    What has been judged comes first, and what was never asked last: so that it is judged of those
    alone whom all else leaves; what stands on a ground last of all, for dates and terms are what
    changes most, and whoever other dates let in is known by then. Who is not known to one of the
    first is taken to pass it; only if such are left by all of them is it asked of those.
    """
    first: list[Asked] = []
    known: list[Said] = []
    never: list[Asked] = []
    for step, asking in asked:
        found = find_known(columns, step, asking)
        if found is None:
            never.append((step, asking))
        else:
            first.append((step, asking))
            known.append(found)
    sifted = reduce(add, known, left)
    stand = list_left(sifted)
    known_to_all = reduce(np.bitwise_and, (found.known for found in known), stand)
    if (stand & ~known_to_all).any():
        known = [judge(columns, step, asking, stand) for step, asking in first]
        sifted = reduce(add, known, left)
    for step, asking in sorted(never, key=lambda one: one[0].criterion.ground is not None):
        sifted = add(sifted, judge(columns, step, asking, list_left(sifted)))
    return sifted
