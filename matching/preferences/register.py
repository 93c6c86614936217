"""What a preference is, and the list of all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching import outcomes as o
from matching.columns import Columns
from matching.criteria import Asking, Asks, Explain, pick_best
from matching.tables import Ints, Table

HALF = 0.5


@dataclass(frozen=True)
class Scored:
    """A share from 0 to 1 per row, and the entry that earned it (-1: none)."""

    shares: NDArray[np.float64]
    entries: Ints | None = None


Score = Callable[[Columns, Ints, Any, Asking], Scored]


@dataclass(frozen=True)
class Preference:
    """One registered preference. Its weight is shared evenly by its wishes."""

    name: str
    score: Score
    asks: Asks
    explain: Explain
    table: str | None
    documentation: str


@dataclass
class PreferenceRegister:
    """Preferences in the order of print. Refuses doubles and functions without docstring."""

    preferences: list[Preference] = field(default_factory=list)

    def add(
        self, name: str, *, asks: Asks, explain: Explain, table: str | None = None
    ) -> Callable[[Score], Score]:
        """Register the decorated function under the name of its weight."""

        def register(score: Score) -> Score:
            documentation = (score.__doc__ or "").strip()
            if not documentation:
                raise ValueError(f"preference {name} has no docstring")
            if any(one.name == name for one in self.preferences):
                raise ValueError(f"preference {name} is registered twice")
            self.preferences.append(Preference(name, score, asks, explain, table, documentation))
            return score

        return register

    def arrange(self, order: Sequence[str]) -> None:
        """Put the preferences in this order; ValueError unless it names each of them once."""
        if sorted(order) != sorted(one.name for one in self.preferences):
            raise ValueError("not every preference has its one weight")
        self.preferences.sort(key=lambda one: order.index(one.name))


PREFERENCES = PreferenceRegister()


def pick_highest(rows: Ints, table: Table, entries: Ints, shares: NDArray[np.float64]) -> Scored:
    """Return per row the highest share among its entries, the earlier entry first; 0 without."""
    parts = np.rint(shares * 2**20).astype(np.int64)
    found = pick_best(rows, table.owner[entries], entries, o.PASS, o.MOOT, parts)
    by_entry = np.zeros(int(entries.max()) + 1 if len(entries) else 1)
    by_entry[entries] = shares
    chosen = found.entries if found.entries is not None else np.full(len(rows), -1)
    return Scored(np.where(chosen >= 0, by_entry[chosen], 0.0), chosen)


def share_outcomes(outcomes: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Give all for a pass, half for what is nearly met or not confirmed, nothing for the rest."""
    return np.where(o.PASSES[outcomes], 1.0, np.where(o.CURABLE[outcomes], HALF, 0.0))
