"""A sheet of A4 on which words are set from the side where their script begins.

Lengths are millimetres from the starting edge, the left one or in Arabic the right one; sizes of
type are points times ``scale``. Fonts are embedded with the signs that occur only.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import fontpkg_amiri
import fontpkg_fira_sans
from fpdf import FPDF
from fpdf.fonts import TTFFont

WIDTH, HEIGHT, EDGE = 210.0, 297.0, 12.0
INNER = WIDTH - 2 * EDGE
BOTTOM = HEIGHT - 16.0
"""Where the matter of a page ends; the foot stands below."""
POINT = 0.3528
LEADING = 1.32
FONTS = {
    "latin": Path(fontpkg_fira_sans.ROOT) / "files" / "FiraSans-{}.ttf",
    "arabic": Path(fontpkg_amiri.ROOT) / "files" / "Amiri-{}.ttf",
}
"""Fira Sans has the hooked letters of West African names; of Arabic set in Amiri the same letters
are read back from the file."""
ARABIC_SIZE = 1.16
"""Amiri is smaller to the eye than Fira Sans at the same size."""

Colour = tuple[int, int, int]
INK: Colour = (20, 32, 30)
SOFT: Colour = (72, 86, 79)
LEAD: Colour = (11, 74, 79)
LINE: Colour = (211, 219, 216)
PALE: Colour = (238, 240, 240)
WHITE: Colour = (255, 255, 255)
GOOD: Colour = (26, 96, 54)
DUE: Colour = (119, 76, 0)
STOP: Colour = (140, 28, 43)
NONE: Colour = (79, 89, 99)


@dataclass(frozen=True)
class Style:
    """How a text is set. ``side``: start, end or middle."""

    size: float = 8.5
    is_bold: bool = False
    colour: Colour = INK
    side: str = "start"


class Paper:
    """The sheets of one file."""

    def __init__(self, *, language: str, direction: str, title: str, scale: float) -> None:
        self.is_mirrored = direction == "rtl"
        self.scale = scale
        self.pdf = FPDF(format="A4", unit="mm")
        self.pdf.set_auto_page_break(auto=False)
        self.pdf.set_margin(0)
        self.pdf.c_margin = 0
        self.pdf.set_title(title)
        self.pdf.set_lang(language)
        self._own, self._other = ("arabic", "latin") if self.is_mirrored else ("latin", "arabic")
        self._add_fonts()
        if self.is_mirrored:
            self.pdf.set_text_shaping(direction="rtl", script="arab", language="ara")
        else:
            self.pdf.set_text_shaping()

    def _add_fonts(self) -> None:
        wanted = (
            (self._own, "", "Regular"),
            (self._own, "B", "Bold"),
            (self._other, "", "Regular"),
        )
        for family, style, weight in wanted:
            self.pdf.add_font(family, style, str(FONTS[family]).format(weight))
        self.pdf.set_fallback_fonts([self._other], exact_match=False)

    def add_page(self) -> None:
        self.pdf.add_page()

    def write(self, text: str, x: float, y: float, width: float, style: Style) -> float:
        """Set a text, broken at spaces; the height below it."""
        self._choose(style)
        self.pdf.set_xy(self._left(x, width), y)
        align = self._align(style)
        self.pdf.multi_cell(width, self.lead(style), _plain(text), align=align, new_y="NEXT")
        return float(self.pdf.get_y())

    def measure(self, text: str, width: float, style: Style) -> float:
        """How high the text is in this width."""
        self._choose(style)
        lines = self.pdf.multi_cell(
            width, self.lead(style), _plain(text), dry_run=True, output="LINES"
        )
        return len(cast("list[str]", lines)) * self.lead(style)

    def lead(self, style: Style) -> float:
        """From one line to the next."""
        return style.size * self.scale * POINT * LEADING * (ARABIC_SIZE if self.is_mirrored else 1)

    def rule(
        self, x: float, y: float, width: float, colour: Colour = LINE, thick: float = 0.2
    ) -> None:
        """A line from one side to the other."""
        self.pdf.set_draw_color(*colour)
        self.pdf.set_line_width(thick)
        left = self._left(x, width)
        self.pdf.line(left, y, left + width, y)

    def fill(self, x: float, y: float, width: float, height: float, colour: Colour) -> None:
        """A tinted surface."""
        self.pdf.set_fill_color(*colour)
        self.pdf.rect(self._left(x, width), y, width, height, style="F")

    def dot(self, x: float, y: float, radius: float, fill: Colour, edge: Colour) -> None:
        """A seat: its middle stands at ``x``, ``y``."""
        self.pdf.set_fill_color(*fill)
        self.pdf.set_draw_color(*edge)
        self.pdf.set_line_width(0.4)
        self.pdf.circle(self._left(x, 0), y, radius, style="DF")

    def strokes(self, points: Sequence[tuple[float, float]], colour: Colour) -> None:
        """A drawing of lines that does not mirror."""
        self.pdf.set_draw_color(*colour)
        self.pdf.set_line_width(0.35)
        self.pdf.polyline(list(points))

    def ring(self, x: float, y: float, radius: float, colour: Colour) -> None:
        """A dashed circle round a point of the page, which does not mirror."""
        self.pdf.set_draw_color(*colour)
        self.pdf.set_line_width(0.3)
        with self.dashed():
            self.pdf.circle(x, y, radius, style="D")

    @contextmanager
    def dashed(self) -> Iterator[None]:
        self.pdf.set_dash_pattern(dash=0.6, gap=0.4)
        yield
        self.pdf.set_dash_pattern()

    def left_of(self, x: float, width: float) -> float:
        """Where something of this width begins, from the left edge of the page."""
        return self._left(x, width)

    def slant(self, text: str, y: float) -> None:
        """A pale line across the page, turned by thirty degrees."""
        self._choose(Style(size=13 / self.scale, colour=PALE))
        with self.pdf.rotation(30, WIDTH / 2, y):
            self.pdf.set_xy(0, y)
            self.pdf.cell(WIDTH, 6, text, align="C")

    def finish(self) -> bytes:
        return bytes(self.pdf.output())

    def close(self) -> None:
        """Let go of the font files, which stay open while something is set in them."""
        for font in self.pdf.fonts.values():
            cast(TTFFont, font).close()

    def _choose(self, style: Style) -> None:
        size = style.size * self.scale * (ARABIC_SIZE if self.is_mirrored else 1)
        self.pdf.set_font(self._own, "B" if style.is_bold else "", size)
        self.pdf.set_text_color(*style.colour)

    def _left(self, x: float, width: float) -> float:
        return WIDTH - x - width if self.is_mirrored else x

    def _align(self, style: Style) -> str:
        if style.side == "middle":
            return "C"
        return "R" if (style.side == "end") != self.is_mirrored else "L"


def _plain(text: str) -> str:
    """Without the narrow space that keeps words together, which no font here has."""
    return text.replace("\u202f", "\u00a0")
