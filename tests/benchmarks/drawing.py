"""A picture of bars as SVG, in a few lines of our own: no script, no style sheet, any width."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape

from tests.benchmarks.report import Bar, Plot

COLOURS = ("#0b5d5b", "#c4572b", "#5b6fb5", "#8a7a2e", "#8c4a86", "#4f7d3b", "#777777")
WIDTH, LEFT, RIGHT = 760, 190, 80
ROW, GAP, HEAD, FOOT = 18, 12, 58, 30
FONT = 'font-family="sans-serif" font-size="12"'


def draw(plot: Plot) -> str:
    """Return the picture: groups one below the other, each contender in its own colour."""
    low, high = _find_decades([bar.value for bar in plot.bars])
    groups = list(dict.fromkeys(bar.group for bar in plot.bars))
    labels = list(dict.fromkeys(bar.label for bar in plot.bars))
    height = HEAD + len(plot.bars) * ROW + len(groups) * (GAP + ROW) + FOOT
    title = escape(f"{plot.title} ({plot.unit}, logarithmic)")
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        f"<title>{title}</title>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<g {FONT} fill="#222222">',
        f'<text x="12" y="24" font-size="15" font-weight="bold">{title}</text>',
        *_draw_axis(low, high, height, plot.unit),
        *_draw_groups(plot.bars, groups, labels, low, high),
        "</g>",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _find_decades(values: list[float]) -> tuple[int, int]:
    """Return the powers of ten between which all values lie."""
    low = math.floor(math.log10(min(values)))
    return low, max(math.ceil(math.log10(max(values))), low + 1)


def _place(value: float, low: int, high: int) -> float:
    share = (math.log10(value) - low) / (high - low)
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _draw_axis(low: int, high: int, height: int, unit: str) -> Iterator[str]:
    for power in range(low, high + 1):
        x = _place(10.0**power, low, high)
        yield (
            f'<line x1="{x:.1f}" y1="{HEAD - 16}" x2="{x:.1f}" y2="{height - FOOT + 6}"'
            ' stroke="#dddddd"/>'
        )
        yield f'<text x="{x:.1f}" y="{height - 8}" text-anchor="middle">{10.0**power:g} {unit}</text>'


def _draw_groups(
    bars: tuple[Bar, ...], groups: list[str], labels: list[str], low: int, high: int
) -> Iterator[str]:
    y = float(HEAD)
    for group in groups:
        yield f'<text x="12" y="{y + 4:.0f}" font-weight="bold">{escape(group)}</text>'
        y += ROW
        for bar in (one for one in bars if one.group == group):
            yield from _draw_bar(bar, COLOURS[labels.index(bar.label) % len(COLOURS)], y, low, high)
            y += ROW
        y += GAP


def _draw_bar(bar: Bar, colour: str, y: float, low: int, high: int) -> Iterator[str]:
    end = _place(bar.value, low, high)
    yield f'<text x="{LEFT - 8}" y="{y + 2:.0f}" text-anchor="end">{escape(bar.label)}</text>'
    yield (
        f'<rect x="{LEFT}" y="{y - 9:.0f}" width="{max(end - LEFT, 1):.1f}" height="{ROW - 5}"'
        f' fill="{colour}"/>'
    )
    yield f'<text x="{end + 5:.1f}" y="{y + 2:.0f}">{bar.value:.3g}</text>'
