"""A plan of the world's regions: where each stands roughly, and how many women are in it.

A plan and not a map of borders: a region of five small states is as easy to read as a large one,
and no border is drawn on which somebody could disagree. The table beside it has the same figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from textwrap import wrap

from roster.queries.coverage import CoverageLine
from roster.wording import Wording

WIDTH, HEIGHT = 720, 320
BOXES: Mapping[str, tuple[int, int, int, int]] = {
    "021": (1, 20, 128, 84),
    "013": (1, 108, 98, 58),
    "029": (103, 108, 88, 58),
    "005": (51, 170, 128, 126),
    "154": (237, 0, 170, 44),
    "155": (237, 48, 82, 44),
    "039": (325, 48, 82, 44),
    "151": (413, 10, 98, 82),
    "015": (237, 96, 170, 48),
    "011": (217, 148, 90, 64),
    "017": (313, 148, 82, 64),
    "014": (401, 148, 82, 84),
    "018": (301, 216, 94, 60),
    "145": (413, 96, 82, 48),
    "143": (517, 28, 88, 64),
    "034": (501, 96, 104, 72),
    "030": (611, 20, 108, 96),
    "035": (611, 120, 108, 60),
    "057": (501, 200, 106, 52),
    "061": (611, 184, 108, 68),
    "054": (501, 256, 106, 60),
    "053": (611, 256, 108, 60),
}
"""UN M49 sub-region: left, top, width, height in units of the drawing."""
LETTER = 4.8
"""Width of a letter of a name, on the average."""
LINE = 11
"""Height of a line of a name."""
MOST_LINES = 3
DARK = 4
"""The shade on which words are light."""


@dataclass(frozen=True)
class PlanBox:
    """A region as drawn: its frame, its shade, and lines of text with the height each stands at."""

    x: int
    y: int
    width: int
    height: int
    shade: int
    number: str
    number_at: float
    name: tuple[tuple[str, float], ...]

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def is_dark(self) -> bool:
        return self.shade == DARK


def draw_plan(
    lines: Iterable[CoverageLine], wording: Wording, shade_of: Callable[[int], int]
) -> list[PlanBox]:
    """The regions in their places; a region that the plan has no place for is in the table only."""
    by_code = {line.code: line for line in lines}
    return [
        _draw_box(by_code[code], box, wording, shade_of)
        for code, box in BOXES.items()
        if code in by_code
    ]


def _draw_box(
    line: CoverageLine,
    box: tuple[int, int, int, int],
    wording: Wording,
    shade_of: Callable[[int], int],
) -> PlanBox:
    x, y, width, height = box
    fresh = line.whole.fresh
    words = wrap(wording.term("region", line.code), int(width / LETTER))[:MOST_LINES]
    middle = y + height / 2
    top = middle - LINE * (len(words) - 1) / 2
    return PlanBox(
        x,
        y,
        width,
        height,
        shade_of(fresh),
        wording.number(fresh) if fresh else wording.gettext("none"),
        top - 2,
        tuple((text, top + LINE * number) for number, text in enumerate(words, 1)),
    )
