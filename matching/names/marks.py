"""What lines were read for a typed word, marked beside all of them: asked of many lines at once."""

from collections import deque
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from matching.names.spellings import Floats, Numbers

#: A mark is a byte: scores are marked in two hundred steps, rounded up.
STEPS = 200
_ROUNDED = 1e-9
_BY_STEP = np.arange(STEPS + 1) / STEPS


@dataclass(frozen=True)
class Mark:
    """A byte for each line, how well it meets a typed word, and which lines have one."""

    steps: NDArray[np.uint8]
    marked: Numbers

    def read(self, lines: Numbers) -> Floats:
        """How well lines meet the word at most; 0 of one that was not read."""
        return _BY_STEP.take(self.steps.take(lines))


@dataclass(frozen=True)
class Marks:
    """Bytes for so many lines, used again and again: fresh memory costs more than what is done with it.

    Safe in several threads. As many are kept as typed words were marked at the same time.
    """

    count: int
    _free: deque[NDArray[np.uint8]] = field(default_factory=deque)

    def mark(self, lines: Numbers, scores: Floats) -> Mark:
        """Mark lines, the best first, one of them perhaps several times."""
        try:
            steps = self._free.pop()
        except IndexError:
            steps = np.zeros(self.count, np.uint8)
        steps[lines[::-1]] = np.ceil(STEPS * scores[::-1] - _ROUNDED).astype(np.uint8)
        return Mark(steps, lines)

    def wipe(self, mark: Mark) -> None:
        """Take the marks away; the mark is not to be read again."""
        mark.steps[mark.marked] = 0
        self._free.append(mark.steps)
