"""Which lines are read for what was typed, and what any other line can still reach.

The words that meet a typed one are read from the best on, the rarest first. A line that was not
read yet has none of the words read: it reaches no more than what is still unread.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from matching.names.index_tables import Postings
from matching.names.typed import Met


class Step(NamedTuple):
    """Words that meet a typed one equally well: how well, the first of them, and how many lines."""

    score: float
    start: int
    lines: int


class Read(NamedTuple):
    """Words read that meet a typed one, and unread; the most that a line has of it, and one not read."""

    met: Met
    unread: Met
    best: float
    beyond: float


class Reading:
    """How far the words that meet each typed word were read."""

    def __init__(self, met: Sequence[Met], of_word: Postings) -> None:
        self._met, self._of_word = met, of_word
        self._steps = [_list_steps(one, of_word) for one in met]
        self._done = [0] * len(met)
        self._read = 0

    def go_on(self, most: int, least: float) -> float:
        """Read up to about so many lines in all; returns what a line not read can reach, 0..1.

        No further than until it is under `least`.
        """
        while (beyond := self._find_beyond()) >= least and self._read < most:
            number = min(range(len(self._met)), key=self._find_price)
            self._read += self._steps[number][self._done[number]].lines
            self._done[number] += 1
        return beyond

    def list_reads(self) -> list["Read"]:
        """What was read for each typed word, the one with the most lines first."""
        counts = [sum(step.lines for step in steps[:done]) for steps, done in self._each]
        order = sorted(range(len(counts)), key=lambda number: -counts[number])
        return [self._tell(number) for number in order]

    def _tell(self, number: int) -> "Read":
        met, end = self._met[number], self._next[number]
        read, unread = met.part(0, end.start), met.part(end.start, len(met.places))
        return Read(read, unread, self._steps[number][0].score, end.score)

    @property
    def _next(self) -> list[Step]:
        return [steps[done] for steps, done in self._each]

    @property
    def _each(self) -> Iterator[tuple[list[Step], int]]:
        return zip(self._steps, self._done, strict=True)

    def _find_beyond(self) -> float:
        left = [step.score for step in self._next]
        if sum(one > 0 for one in left) < count_needed(len(left)):
            return 0.0
        return sum(left) / len(left)

    def _find_price(self, number: int) -> float:
        steps = self._steps[number][self._done[number] :][:2]
        return _find_price(*steps) if len(steps) > 1 else float("inf")


def count_needed(words: int) -> int:
    """All typed words are to be met; of three or more one may be missed."""
    return words if words < 3 else words - 1


def _list_steps(met: Met, of_word: Postings) -> list[Step]:
    """The best first; the last is that of no word."""
    starts = np.flatnonzero(np.diff(met.scores, prepend=2.0))
    counts = of_word.starts.take(met.places + 1) - of_word.starts.take(met.places)
    lines = np.add.reduceat(counts, starts) if len(starts) else counts
    steps = zip(met.scores[starts].tolist(), starts.tolist(), lines.tolist(), strict=True)
    return _join_steps([*(Step(*one) for one in steps), Step(0.0, len(met.places), 0)])


def _join_steps(steps: Sequence[Step]) -> list[Step]:
    """Steps that cost less and less for what they rule out are made in one."""
    joined: list[Step] = []
    for step in steps:
        while len(joined) > 1 and _find_price(joined[-1], step) < _find_price(*joined[-2:]):
            last = joined.pop()
            joined[-1] = joined[-1]._replace(lines=joined[-1].lines + last.lines)
        joined.append(step)
    return joined


def _find_price(step: Step, later: Step) -> float:
    """How many lines are to be read for what an unread line can then reach less."""
    return (step.lines + 1) / (step.score - later.score)
