"""The engine by its public call: it also sorts everybody else into states, which no peer does."""

from __future__ import annotations

from matching import Answer, Candidate, State, answer, relax
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
        return {"": lambda: read_answer(self._answer(asked))}

    def answer_fully(self, asked: Asked) -> None:
        """Answer with every state, the funnel, near misses, and the least changes that help."""
        found = self._answer(asked)
        relax(found, found.request.posts[0].code, wanted=found.counts[State.LISTED] + MORE)

    def _answer(self, asked: Asked) -> Answer:
        return answer(self._columns, asked.request, NOW, limit=BEST)

    def close(self) -> None:
        """There is nothing to let go of."""


def read_answer(found: Answer) -> Found:
    """Return what the peers return: the points are those of the evidence."""
    best = tuple((one.mediator_id, _list_points(one)) for one in found.listed)
    return Found(found.list_ids(State.LISTED), best)


def _list_points(candidate: Candidate) -> tuple[int, ...]:
    return tuple(round(one.points * 100) for one in candidate.evidence if not one.is_hard)
