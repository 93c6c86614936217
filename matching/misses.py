"""How many women miss which criteria: what no advice can exceed, found without asking anybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.tables import Ints, Truths

AT_ONCE = 256
"""Sets of criteria that are looked at together; more would take memory and no less time."""


@dataclass(frozen=True)
class Misses:
    """For each set of criteria that somebody misses, a bit for each, how many women miss it."""

    sets: NDArray[np.int64]
    women: Ints

    @classmethod
    def count(cls, passes: Sequence[Truths], size: int) -> Misses:
        """Count so many women, of whom it is said for each criterion who passes it.

        ValueError for more criteria than a whole number has bits.
        """
        if len(passes) >= np.iinfo(np.int64).bits:
            raise ValueError("there are more criteria than a whole number has bits")
        missed = np.zeros(size, np.int64)
        for place, passed in enumerate(passes):
            missed |= np.left_shift((~passed).astype(np.int64), place)
        return cls(*np.unique(missed, return_counts=True))

    def count_within(self, allowed: Sequence[tuple[int, ...]]) -> Ints:
        """Return for each set of criteria, by their places, how many women miss no others."""
        masks = np.array([sum(1 << place for place in {*one}) for one in allowed], np.int64)
        parts = [masks[begin : begin + AT_ONCE] for begin in range(0, len(masks), AT_ONCE)]
        found = [((self.sets & ~part[:, None]) == 0) @ self.women for part in parts]
        return np.concatenate(found) if found else np.zeros(0, np.int64)
