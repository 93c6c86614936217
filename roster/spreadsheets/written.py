"""Lists written out as text files that no spreadsheet program runs."""

import csv
import io
from collections.abc import Iterable, Sequence

from roster.spreadsheets.contacts import looks_like_phone

_BEGINS_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
_GUARD = "'"


def write_csv(lines: Iterable[Sequence[str]]) -> bytes:
    """Return the lines as a text file with a byte order mark, so that every program reads UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    for line in lines:
        writer.writerow([guard(cell) for cell in line])
    return text.getvalue().encode("utf-8-sig")


def guard(text: str) -> str:
    """Put an apostrophe before what a program would run; numbers stay as they are."""
    inner = text.lstrip(" ;,\"'")
    is_formula = inner[:1] in _BEGINS_FORMULA and inner != "" and not looks_like_phone(inner)
    return f"{_GUARD}{text}" if is_formula else text


def unguard(text: str) -> str:
    """Take the apostrophe off again that was put before a text on its way out."""
    return text[1:] if text[:1] == _GUARD and guard(text[1:]) == text else text
