"""The engine by its public calls: the shortlist as peers give it, and the full answer.

The peers' marks are laid out beforehand; ours are what the engine has kept of each wish. Dates are
asked anew each time: what rests on them is forgotten first, and judged again within the time.
"""

from __future__ import annotations

from matching import Columns, Placed, State, answer, preview, relax
from matching.memory import Memory
from tests.benchmarks.contenders.asked import BEST, Act, Asked, Found, Ground
from tests.benchmarks.machine import find_version
from tests.matching.builders import NOW

MORE = 5
"""Advice is asked for so many women more than fit."""


class Ours:
    name = "ours"
    version = f"numpy {find_version('numpy')}"

    def __init__(self, ground: Ground) -> None:
        self._columns = ground.columns

    def prepare(self, asked: Asked) -> dict[str, Act]:
        return {"": lambda: self._ask_for_other_dates(asked)}

    def _ask_for_other_dates(self, asked: Asked) -> Found:
        forget_dates(self._columns)
        return self.ask_again(asked)

    def ask_first(self, asked: Asked) -> Found:
        """Answer with nothing kept of anything asked before."""
        self._columns.memory = Memory()
        return self.ask_again(asked)

    def ask_again(self, asked: Asked) -> Found:
        """Answer with everything kept that was asked before."""
        (found,) = preview(self._columns, asked.request, NOW, limit=BEST)
        best = tuple((one.mediator_id, _list_points(one)) for one in found.first)
        return Found(found.fits, best)

    def answer_fully(self, asked: Asked) -> None:
        """Answer with every state, the funnel, near misses, and the least changes that help."""
        self._ask_for_other_dates(asked)
        found = answer(self._columns, asked.request, NOW, limit=0)
        relax(found, found.request.posts[0].code, wanted=found.counts[State.LISTED] + MORE)

    def close(self) -> None:
        """There is nothing to let go of."""


def forget_dates(columns: Columns) -> None:
    """Let go of all that was judged by the first or the last day of a request."""
    for shelf in (columns.memory.verdicts, columns.memory.shares):
        rested = [
            wish
            for wish, kept in shelf._kept.items()
            if any(("request", day) in one.reads for one in kept for day in ("start", "end"))
        ]
        for wish in rested:
            shelf.drop(wish)


def _list_points(placed: Placed) -> tuple[int, ...]:
    return tuple(one.points for one in placed.earned)
