"""The engine by its public calls: the shortlist as peers give it, and the full answer.

The peers' marks are laid out beforehand; ours are what the engine has kept of each wish. Each time
other dates are asked than those that it remembers: what rests on them is judged within the time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import cycle

from matching import Request, State, answer, preview, relax
from matching.memory import MOST_ASKINGS, Memory
from tests.benchmarks.contenders.asked import BEST, Act, Asked, Found, Ground
from tests.benchmarks.machine import find_version
from tests.matching.builders import NOW

MORE = 5
"""Advice is asked for so many women more than fit."""
DAYS = 3 * MOST_ASKINGS + 1


class Ours:
    name = "ours"
    version = f"numpy {find_version('numpy')}"

    def __init__(self, ground: Ground) -> None:
        self._columns = ground.columns

    def prepare(self, asked: Asked) -> dict[str, Act]:
        requests = list_with_other_dates(asked.request)
        return {"": lambda: self._ask(next(requests))}

    def _ask(self, request: Request) -> Found:
        (found,) = preview(self._columns, request, NOW, limit=BEST)
        return Found(found.fits, tuple((one.mediator_id, one.earned) for one in found.first))

    def prepare_first(self, asked: Asked) -> Act:
        """Answer with nothing kept of anything asked before."""
        return lambda: self._ask_of_nothing_kept(asked.request)

    def _ask_of_nothing_kept(self, request: Request) -> Found:
        self._columns.memory = Memory()
        return self._ask(request)

    def prepare_again(self, asked: Asked) -> Act:
        """Answer with everything kept that was asked before."""
        return lambda: self._ask(asked.request)

    def prepare_fully(self, asked: Asked) -> Callable[[], None]:
        """Answer with every state, the funnel, near misses, and the least changes that help."""
        requests = list_with_other_dates(asked.request)
        return lambda: self._answer_fully(next(requests))

    def _answer_fully(self, request: Request) -> None:
        self._ask(request)
        found = answer(self._columns, request, NOW, limit=0)
        relax(found, found.request.posts[0].code, wanted=found.counts[State.LISTED] + MORE)

    def close(self) -> None:
        """There is nothing to let go of."""


def list_with_other_dates(request: Request) -> Iterator[Request]:
    """Yield the request, then the same a day later each time, round and round.

    There are more days than answers are kept of one wish, so that none is found kept.
    """
    days = [timedelta(days=later) for later in range(DAYS)]
    return cycle(replace(request, start=request.start + one, end=request.end + one) for one in days)
