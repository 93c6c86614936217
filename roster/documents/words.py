"""The words of a shortlist document: one list of them serves the page, its print and the file."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Sign:
    """A verdict: shape and word. ``kind``: yes, no, unk, flag, due or off; "" is the word alone."""

    kind: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Line:
    """One row of the table; each cell has lines of its own."""

    code: str
    name: str
    is_gone: bool
    cells: tuple[tuple[Sign, ...], ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """One woman: why she fits, and what is missing or unknown."""

    code: str
    name: str
    post: str
    fits: tuple[str, ...]
    lacks: Sign


@dataclass(frozen=True)
class MatrixCell:
    """What one woman covers of one wish; ``step`` 0 none to 3; no text where it was not asked."""

    text: str
    step: int


@dataclass(frozen=True)
class Matrix:
    """Wishes for themes and languages against women."""

    caption: str
    heads: tuple[str, ...]
    """"Asked", then the codes, then "Held by"."""
    lines: tuple[tuple[str, tuple[MatrixCell, ...], str], ...]
    left_off: str = ""


@dataclass(frozen=True)
class ShareWords:
    """The women's share. ``seats``: men, women, new places held by women; None for a large team."""

    heading: str
    sum: str
    sign: Sign | None
    seats: tuple[int, int, int] | None
    seats_label: str = ""


@dataclass(frozen=True)
class Shortlist:
    """All that stands in the document, in reading order; nothing else may stand in it."""

    language: str
    direction: str
    document_title: str
    """For the head of the page and the file's own title: the code of the request, nothing else."""
    service: str
    marking: str
    watermark: str
    title: str
    lede: str
    facts: tuple[tuple[str, str], ...]
    asked_heading: str
    marks: tuple[str, str]
    """The marks of a hard criterion and of a preference."""
    marks_key: str
    criteria: tuple[tuple[bool, str], ...]
    posts: tuple[tuple[str, tuple[tuple[bool, str], ...]], ...]
    table_heading: str
    table_caption: str
    heads: tuple[str, ...]
    lines: tuple[Line, ...]
    reserves: str
    table_note: str
    people_heading: str
    people: tuple[Paragraph, ...]
    matrix: Matrix | None
    share: ShareWords | None
    found_heading: str
    funnel: tuple[tuple[str, str], ...]
    near_heading: str
    near_misses: tuple[tuple[str, str], ...] = field(default=())
    fixed: str = ""
    contact: str = ""
    request_code: str = ""
    pages: tuple[str, str] = ("", "")
    """``page 1 / 2``."""
