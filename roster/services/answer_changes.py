"""What changed between two answers to one request, woman by woman, and the ground of each."""

from __future__ import annotations

from dataclasses import dataclass

from matching import Answer, Evidence, State


@dataclass(frozen=True)
class Movement:
    """A woman whose state changed. ``grounds`` are the criteria not passed on the lower side."""

    mediator_id: int
    before: State
    after: State
    grounds: tuple[Evidence, ...]

    @property
    def is_gain(self) -> bool:
        """She is nearer to the request than before."""
        return self.after > self.before


def compare_answers(before: Answer, after: Answer) -> list[Movement]:
    """Women who were or are listed or a near miss and whose state changed, by their number.

    Each answer must still stand on unchanged columns, so give each its own where the clock is
    moved between them (``StaleAnswerError`` otherwise).
    """
    then, now = before.states, after.states
    moved = sorted(
        woman
        for woman in then.keys() | now.keys()
        if _get(then, woman) != _get(now, woman)
        and max(_get(then, woman), _get(now, woman)) >= State.NEAR_MISS
    )
    return [_describe(woman, before, after, _get(then, woman), _get(now, woman)) for woman in moved]


def _get(states: dict[int, State], woman: int) -> State:
    return states.get(woman, State.NOT_VISIBLE)


def _describe(woman: int, before: Answer, after: Answer, then: State, now: State) -> Movement:
    lower, states = (after, after.states) if now < then else (before, before.states)
    grounds = lower.reasons(woman) if woman in states else ()
    return Movement(woman, then, now, grounds)
