"""The little Markdown that the engine's description of itself is written in, as plain blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import groupby

from markupsafe import Markup, escape

_BOLD = re.compile(r"\*\*(.+?)\*\*")
_EMPHASIS = re.compile(r"\*(.+?)\*")
_CODE = re.compile(r"`(.+?)`")


@dataclass(frozen=True)
class Block:
    """``kind``: h1, h2, h3, text, list or table. ``rows`` hold items or, in a table, cells."""

    kind: str
    text: Markup = Markup()
    rows: list[list[Markup]] = field(default_factory=list)


def read_markdown(source: str) -> list[Block]:
    """Headings, paragraphs, lists and tables in their order; anything else is text."""
    blocks = []
    for kind, lines in groupby(source.splitlines(), key=_kind_of):
        held = [line.strip() for line in lines]
        if kind in ("h1", "h2", "h3"):
            blocks += [Block(kind, _inline(line.lstrip("# "))) for line in held]
        elif kind == "list":
            blocks.append(Block(kind, rows=[[_inline(line[2:])] for line in held]))
        elif kind == "table":
            rows = [line.strip("|").split("|") for line in held if set(line) - set("|- ")]
            blocks.append(Block(kind, rows=[[_inline(cell) for cell in row] for row in rows]))
        elif kind == "text":
            blocks.append(Block(kind, _inline(" ".join(held))))
    return blocks


def _kind_of(line: str) -> str:
    for start, kind in (
        ("### ", "h3"),
        ("## ", "h2"),
        ("# ", "h1"),
        ("- ", "list"),
        ("|", "table"),
    ):
        if line.startswith(start):
            return kind
    return "text" if line.strip() else "empty"


def _inline(text: str) -> Markup:
    safe = str(escape(text.strip()))
    for pattern, tag in ((_CODE, "code"), (_BOLD, "b"), (_EMPHASIS, "em")):
        safe = pattern.sub(rf"<{tag}>\1</{tag}>", safe)
    return Markup(safe)  # noqa: S704 - escaped above; only these three tags are added
