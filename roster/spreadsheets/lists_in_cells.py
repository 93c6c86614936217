"""A cell that holds several words: cut at whatever separator it uses, without cutting known terms."""

import re
from collections.abc import Callable

#: From strong to weak; a weaker one is tried only on what a stronger one left and nobody knows.
_SEPARATORS = (
    re.compile(r"\s*[\n\r\v\f]+\s*"),
    re.compile(r"\s*[;؛|•·●▪]\s*"),
    re.compile(r"\s*[,،、]\s*"),
    re.compile(r"\s+/\s+|\s+[-–—]\s+"),
    re.compile(r"\s*/\s*"),
    re.compile(r"\s*[&+]\s*|\s+(?:and|et|und|y|e|ed|o|or|ou|و)\s+|\s+و(?=ال)", re.IGNORECASE),
)
_BULLET = re.compile(r"^(?:[-–—•*·▪●]\s*|\(?\d{1,2}[.)]\s+)")


def split_list(text: str, is_known: Callable[[str], bool]) -> list[str]:
    """Return the items of a cell. `is_known` tells whether a text is one term ("P/CVE")."""
    return _split(_strip(text), is_known, 0)


def _strip(text: str) -> str:
    return _BULLET.sub("", text.strip(" \t\n\r,;/،؛|•·"), count=1).strip()


def _split(text: str, is_known: Callable[[str], bool], level: int) -> list[str]:
    if not text:
        return []
    if level == len(_SEPARATORS) or is_known(text):
        return [text]
    pieces = _cut_outside_brackets(text, _SEPARATORS[level])
    if len(pieces) < 3:
        return _split(text, is_known, level + 1)
    items: list[str] = []
    for piece in _join_known(pieces, is_known):
        items += _split(_strip(piece), is_known, level + 1)
    if level == len(_SEPARATORS) - 1 and not any(is_known(item) for item in items):
        return [text]  # "truth and dignity": a conjunction inside an unknown term cuts nothing
    return items


def _cut_outside_brackets(text: str, separator: re.Pattern[str]) -> list[str]:
    """Return pieces and separators in turn; what stands in brackets is not cut."""
    pieces, begun = [], 0
    for match in separator.finditer(text):
        if match.end() == match.start() or _is_inside_brackets(text, match.start()):
            continue
        pieces += [text[begun : match.start()], match.group()]
        begun = match.end()
    return [*pieces, text[begun:]]


def _is_inside_brackets(text: str, place: int) -> bool:
    before = text[:place]
    opened = before.count("(") + before.count("[")
    closed = before.count(")") + before.count("]")
    return opened > closed and any(bracket in text[place:] for bracket in ")]")


def _join_known(pieces: list[str], is_known: Callable[[str], bool]) -> list[str]:
    """Join neighbours that are one known term together: "P", "/", "CVE"."""
    joined, place = [], 0
    while place < len(pieces):
        end = place + 1
        if not is_known(_strip(pieces[place])):
            for size in (5, 3):
                if is_known("".join(pieces[place : place + size]).strip()):
                    end = min(place + size, len(pieces))
                    break
        joined.append("".join(pieces[place:end]))
        place = end + 1
    return joined
