"""The words of a shortlist document drawn on two pages.

Where they do not fit at the usual size they are set smaller, step by step; nothing is cut off.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime

from roster.documents.page_one import draw_first_page
from roster.documents.page_two import draw_second_page
from roster.documents.paper import BOTTOM, EDGE, HEIGHT, INNER, LEAD, SOFT, Paper, Style
from roster.documents.words import Shortlist
from roster.errors import Refused

SCALES = (1.0, 0.93, 0.86, 0.8, 0.74, 0.68)
"""Of 8.5 points; the smallest still reads on paper."""
SMALL = Style(size=7.5, colour=SOFT)
WATERMARKS = (70.0, 150.0, 230.0)


def write_pdf(words: Shortlist, *, made_at: datetime, scales: Sequence[float] = SCALES) -> bytes:
    """Two pages of A4. The same words and instant give the same bytes.

    Refused if they do not fit at the smallest of ``scales``. The file's own title is the request's
    code; it names no author and no program.
    """
    for scale in scales:
        paper = Paper(
            language=words.language,
            direction=words.direction,
            title=words.document_title,
            scale=scale,
        )
        with closing(paper):
            if _draw_pages(paper, words):
                paper.pdf.creation_date = made_at
                return paper.finish()
    raise Refused("document_does_not_fit")


def _draw_pages(paper: Paper, words: Shortlist) -> bool:
    """Whether each page held what belongs on it."""
    for draw, page in zip((draw_first_page, draw_second_page), words.pages, strict=True):
        paper.add_page()
        _draw_watermark(paper, words)
        if draw(paper, words) > BOTTOM:
            return False
        _draw_foot(paper, words, page)
    return True


def _draw_watermark(paper: Paper, words: Shortlist) -> None:
    for y in WATERMARKS:
        paper.slant(words.watermark, y)


def _draw_foot(paper: Paper, words: Shortlist, page: str) -> None:
    y = HEIGHT - 13
    paper.rule(EDGE, y, INNER, LEAD, 0.3)
    paper.rule(EDGE, y + 0.7, INNER, LEAD, 0.3)
    comma = "،" if words.direction == "rtl" else ","
    here = f"{words.request_code}{comma} {page}"
    paper.write(words.marking, EDGE, y + 1.6, INNER / 2, SMALL)
    end = Style(size=SMALL.size, colour=SOFT, side="end")
    paper.write(here, EDGE + INNER / 2, y + 1.6, INNER / 2, end)
