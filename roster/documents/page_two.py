"""The second page: why each fits, the team, how they were found, and where contact goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from roster.documents.page_one import HEADING, SMALL, TEXT, draw_heading
from roster.documents.paper import EDGE, INK, INNER, LEAD, LINE, SOFT, WHITE, Colour, Paper, Style
from roster.documents.signs import draw_sign
from roster.documents.words import Matrix, Paragraph, ShareWords, Shortlist

BOLD = Style(is_bold=True)
COLUMN = INNER / 2 - 3
SECOND = EDGE + INNER / 2 + 3
WIDER = 38.0
"""By how much the matrix is wider than a column."""
TINTS: dict[int, Colour] = {
    0: (236, 239, 241), 1: (233, 239, 239), 2: (201, 215, 216), 3: (157, 183, 185),
}  # fmt: skip
"""Steps of the matrix: none, less than asked, as asked, much."""
RING: Colour = (194, 80, 10)
NOTE: Colour = (222, 235, 233)


def draw_second_page(paper: Paper, words: Shortlist) -> float:
    """Draw it; how far down it reaches."""
    y = draw_heading(paper, words.people_heading, EDGE - 5)
    y = _draw_people(paper, words.people, y)
    y = _draw_team(paper, words, y)
    y = draw_heading(paper, words.found_heading, y)
    y = max(_draw_funnel(paper, words.funnel, y), _draw_near(paper, words, y))
    y += 2 * paper.scale
    height = paper.measure(words.contact, INNER - 6, TEXT) + 2.4
    paper.fill(EDGE, y, INNER, height, NOTE)
    paper.fill(EDGE, y, 1.2, height, LEAD)
    paper.write(words.contact, EDGE + 3, y + 1.2, INNER - 6, TEXT)
    return y + height


def _draw_people(paper: Paper, people: Sequence[Paragraph], y: float) -> float:
    """In two columns, one row after the other."""
    for start in range(0, len(people), 2):
        ends = [
            _draw_person(paper, person, x, y)
            for person, x in zip(people[start : start + 2], (EDGE, SECOND), strict=False)
        ]
        y = max(ends) + 1.8 * paper.scale
    return y


def _draw_person(paper: Paper, person: Paragraph, x: float, y: float) -> float:
    y = paper.write(person.code, x, y, COLUMN, replace(HEADING, size=9.5))
    for detail in filter(None, (person.name, person.post)):
        y = paper.write(detail, x, y, COLUMN, SMALL)
    for fact in person.fits:
        y = paper.write(fact, x, y, COLUMN, TEXT)
    return draw_sign(paper, person.lacks, x, y, COLUMN, TEXT)


def _draw_team(paper: Paper, words: Shortlist, y: float) -> float:
    ends = [y]
    if words.share is not None:
        ends.append(_draw_share(paper, words.share, y))
    if words.matrix is not None:
        x, width = (SECOND - WIDER, COLUMN + WIDER) if words.share else (EDGE, INNER)
        ends.append(_draw_matrix(paper, words.matrix, x, width, y))
    return max(ends)


def _draw_share(paper: Paper, share: ShareWords, y: float) -> float:
    width = COLUMN - WIDER - 2
    y += 3 * paper.scale
    paper.rule(EDGE, y, width, INK, 0.4)
    y = paper.write(share.heading, EDGE, y + 1, width, HEADING) + 1
    if share.seats is not None:
        y = _draw_seats(paper, share.seats, width, y)
    y = paper.write(share.sum, EDGE, y + 0.6, width, BOLD)
    return draw_sign(paper, share.sign, EDGE, y, width, TEXT) if share.sign else y


def _draw_seats(paper: Paper, seats: tuple[int, int, int], width: float, y: float) -> float:
    men, women, new = seats
    radius, step = 1.8 * paper.scale, 4.6 * paper.scale
    row = max(1, int(width // step))
    for seat in range(men + women + new):
        x, at = EDGE + step * (seat % row) + radius + 0.4, y + step * (seat // row) + radius
        fill = WHITE if seat < men else LEAD
        edge = SOFT if seat < men else LEAD if seat < men + women else RING
        paper.dot(x, at, radius, fill, edge)
    return y + step * -(-(men + women + new) // row)


def _draw_matrix(paper: Paper, matrix: Matrix, x: float, width: float, y: float) -> float:
    y += 3 * paper.scale
    paper.rule(x, y, width, INK, 0.4)
    y = paper.write(matrix.caption, x, y + 1, width, SMALL) + 0.6
    first = width * 0.32
    rest = (width - first) / (len(matrix.heads) - 1)
    head = Style(size=7, is_bold=True, side="middle")
    below = paper.write(matrix.heads[0], x, y, first - 1, replace(head, side="start"))
    for place, text in enumerate(matrix.heads[1:]):
        below = max(below, paper.write(text, x + first + place * rest, y, rest - 0.6, head))
    y = below + 0.4
    for label, cells, held in matrix.lines:
        texts = [*((cell.text, TINTS[cell.step] if cell.text else WHITE) for cell in cells)]
        y = _draw_wish(paper, label, [*texts, (held, WHITE)], x, (first, rest), y)
    return paper.write(matrix.left_off, x, y + 0.4, width, SMALL) if matrix.left_off else y


def _draw_wish(
    paper: Paper,
    label: str,
    cells: Sequence[tuple[str, Colour]],
    x: float,
    widths: tuple[float, float],
    y: float,
) -> float:
    first, rest = widths
    style = Style(size=7, side="middle")
    texts = [paper.measure(text, rest - 1, style) for text, _ in cells if text]
    beside = replace(style, side="start")
    height = max(paper.measure(label, first - 1.5, beside), *texts, 0.0) + 0.8
    paper.write(label, x, y + 0.4, first - 1.5, beside)
    for place, (text, tint) in enumerate(cells):
        at = x + first + place * rest
        if text:
            paper.fill(at, y, rest - 0.6, height, tint)
            paper.write(text, at + 0.2, y + 0.4, rest - 1, style)
    return y + height + 0.4


def _draw_funnel(paper: Paper, funnel: Sequence[tuple[str, str]], y: float) -> float:
    for label, count in funnel:
        below = paper.write(label, EDGE, y + 0.3, COLUMN - 22, TEXT)
        count_style = Style(side="end")
        low = paper.write(count, EDGE + COLUMN - 21, y + 0.3, 21, count_style)
        y = max(below, low) + 0.3
        paper.rule(EDGE, y, COLUMN, LINE)
    return y


def _draw_near(paper: Paper, words: Shortlist, y: float) -> float:
    if words.near_misses:
        y = paper.write(words.near_heading, SECOND, y, COLUMN, BOLD)
    for code, cure in words.near_misses:
        y = paper.write(f"{code}: {cure}", SECOND, y + 0.4, COLUMN, TEXT)
    return paper.write(words.fixed, SECOND, y + 1, COLUMN, SMALL)
