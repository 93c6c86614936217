"""Signs and tables on paper: a shape and a word for every verdict, as on the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from roster.documents.paper import (
    DUE,
    EDGE,
    GOOD,
    INK,
    LINE,
    NONE,
    SOFT,
    STOP,
    Colour,
    Paper,
    Style,
)
from roster.documents.words import Sign

COLOURS: dict[str, Colour] = {
    "yes": GOOD, "no": STOP, "unk": NONE, "off": NONE, "flag": DUE, "due": DUE, "part": DUE,
}  # fmt: skip
SHAPE = 3.0
PAD = 0.9


def draw_sign(paper: Paper, sign: Sign, x: float, y: float, width: float, style: Style) -> float:
    """Shape, word and the note beneath it; the height below them."""
    shift = SHAPE * paper.scale if sign.kind else 0.0
    coloured = replace(style, colour=COLOURS[sign.kind]) if sign.kind else style
    if sign.kind:
        _draw_shape(paper, sign.kind, x, y, paper.lead(style))
    y = paper.write(sign.text, x + shift, y, width - shift, coloured)
    if sign.note:
        y = paper.write(sign.note, x + shift, y, width - shift, note_style(style))
    return y


def measure_sign(paper: Paper, sign: Sign, width: float, style: Style) -> float:
    """How high ``draw_sign`` will be."""
    inner = width - (SHAPE * paper.scale if sign.kind else 0.0)
    height = paper.measure(sign.text, inner, style)
    return height + (paper.measure(sign.note, inner, note_style(style)) if sign.note else 0.0)


def note_style(style: Style) -> Style:
    """Second line of a pair."""
    return replace(style, size=style.size * 0.88, is_bold=False, colour=SOFT)


def _draw_shape(paper: Paper, kind: str, x: float, y: float, lead: float) -> None:
    """A tick, a cross, a dashed ring or a flag; the drawings do not mirror."""
    size = 2.1 * paper.scale
    left, top = paper.left_of(x, size), y + (lead - size) / 2
    right, bottom, colour = left + size, top + size, COLOURS[kind]
    if kind == "yes":
        turn = (left + size * 0.35, bottom)
        paper.strokes([(left, top + size * 0.55), turn, (right, top)], colour)
    elif kind in ("no", "off"):
        paper.strokes([(left, top), (right, bottom)], colour)
        paper.strokes([(left, bottom), (right, top)], colour)
    elif kind == "unk":
        paper.ring(left + size / 2, top + size / 2, size / 2, colour)
    else:
        low = top + size * 0.6
        flag = [(left, bottom), (left, top), (right, top), (right - size * 0.3, top + size * 0.3)]
        paper.strokes([*flag, (right, low), (left, low)], colour)


Cell = Sequence[Sign]


def draw_row(
    paper: Paper, cells: Sequence[Cell], widths: Sequence[float], y: float, style: Style
) -> float:
    """One row of a table from the starting edge, with a hairline under it; the height below."""
    x, low = EDGE, y
    for cell, width in zip(cells, widths, strict=True):
        at = y + PAD * paper.scale
        for sign in cell:
            at = draw_sign(paper, sign, x, at, width - 1.5, style)
        x, low = x + width, max(low, at)
    low += PAD * paper.scale
    paper.rule(EDGE, low, sum(widths), LINE)
    return low


def draw_heads(paper: Paper, heads: Sequence[str], widths: Sequence[float], y: float) -> float:
    """The heads of a table over a dark line; the height below."""
    style = Style(size=7.5, is_bold=True)
    x, low = EDGE, y
    for head, width in zip(heads, widths, strict=True):
        low = max(low, paper.write(head, x, y, width - 1.5, style))
        x += width
    paper.rule(EDGE, low + 0.6, sum(widths), INK, 0.4)
    return low + 0.6
