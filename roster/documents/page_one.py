"""The first page: what it is, what was asked, and the women who fit in one table."""

from __future__ import annotations

from collections.abc import Sequence

from roster.documents.paper import EDGE, INK, INNER, LEAD, SOFT, WHITE, Paper, Style
from roster.documents.signs import draw_heads, draw_row
from roster.documents.words import Line, Shortlist, Sign

TEXT = Style()
SMALL = Style(size=7.5, colour=SOFT)
TITLE = Style(size=15, is_bold=True)
HEADING = Style(size=10.5, is_bold=True)
GAP = 3.0
MARK = 3.2
SHARES = {7: (15, 12, 14, 25, 11, 12, 11), 8: (14, 15, 10, 11, 21, 10, 10, 9)}
"""Widths of the table's columns in percent, without and with posts."""


def draw_first_page(paper: Paper, words: Shortlist) -> float:
    """Draw it; how far down it reaches."""
    y = _draw_head(paper, words, EDGE - 2)
    y = draw_heading(paper, words.asked_heading, y)
    y = _draw_criteria(paper, words.criteria, words.marks, y)
    for title, criteria in words.posts:
        if title:
            y = paper.write(title, EDGE, y + 0.8, INNER, Style(is_bold=True))
        y = _draw_criteria(paper, criteria, words.marks, y)
    y = paper.write(words.marks_key, EDGE, y + 0.5, INNER, SMALL)
    y = draw_heading(paper, words.table_heading, y)
    y = paper.write(words.table_caption, EDGE, y, INNER, SMALL) + 1
    y = _draw_table(paper, words, y)
    if words.reserves:
        y = paper.write(words.reserves, EDGE, y + 1.2, INNER, TEXT)
    return paper.write(words.table_note, EDGE, y + 1, INNER, SMALL)


def draw_heading(paper: Paper, text: str, y: float) -> float:
    """A heading under a dark line; the height below it."""
    y += GAP * paper.scale
    paper.rule(EDGE, y, INNER, INK, 0.4)
    return paper.write(text, EDGE, y + 1, INNER, HEADING) + 0.8


def _draw_head(paper: Paper, words: Shortlist, y: float) -> float:
    low = paper.write(words.service, EDGE, y, INNER / 2, Style(is_bold=True, colour=LEAD))
    paper.write(words.marking, EDGE + INNER / 2, y, INNER / 2, Style(colour=SOFT, side="end"))
    y = paper.write(words.title, EDGE, low + 2, INNER, TITLE)
    y = paper.write(words.lede, EDGE, y + 1, INNER, TEXT) + 1.5
    return _draw_facts(paper, words.facts, y)


def _draw_facts(paper: Paper, facts: Sequence[tuple[str, str]], y: float) -> float:
    shares = (13, 15, 29, 20, 23)
    x, low = EDGE, y
    for (term, value), share in zip(facts, shares, strict=True):
        width = INNER * share / 100
        below = paper.write(term, x, y, width - 2, SMALL)
        low = max(low, paper.write(value, x, below, width - 2, Style(is_bold=True)))
        x += width
    return low


def _draw_criteria(
    paper: Paper, criteria: Sequence[tuple[bool, str]], marks: tuple[str, str], y: float
) -> float:
    """In two columns, the first filled first."""
    half = -(-len(criteria) // 2)
    width = INNER / 2
    ends = [y]
    for column, some in enumerate((criteria[:half], criteria[half:])):
        at = y
        for is_hard, text in some:
            x = EDGE + column * width
            _draw_mark(paper, marks[0 if is_hard else 1], x, at, is_hard=is_hard)
            at = paper.write(text, x + 4.5, at, width - 6.5, TEXT) + 0.4
        ends.append(at)
    return max(ends)


def _draw_mark(paper: Paper, mark: str, x: float, y: float, *, is_hard: bool) -> None:
    size, lead = MARK * paper.scale, paper.lead(TEXT)
    top = y + (lead - size) / 2
    paper.fill(x, top, size, size, INK)
    if not is_hard:
        paper.fill(x + 0.25, top + 0.25, size - 0.5, size - 0.5, WHITE)
    style = Style(size=6, is_bold=True, side="middle", colour=WHITE if is_hard else INK)
    paper.write(mark, x, top + (size - paper.lead(style)) / 2, size, style)


def _draw_table(paper: Paper, words: Shortlist, y: float) -> float:
    widths = [INNER * share / 100 for share in SHARES[len(words.heads)]]
    y = draw_heads(paper, words.heads, widths, y)
    for line in words.lines:
        y = _draw_line(paper, line, widths, y)
    return y


def _draw_line(paper: Paper, line: Line, widths: Sequence[float], y: float) -> float:
    style = Style(size=8)
    first = (Sign("", line.code, line.name),)
    if line.is_gone:
        return draw_row(paper, [first, *line.cells], [widths[0], sum(widths[1:])], y, style)
    return draw_row(paper, [first, *line.cells], widths, y, style)
