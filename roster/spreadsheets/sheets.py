"""The common form of all formats: sheets of cells, with what is hidden, merged or calculated."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from roster.spreadsheets.results import Skipped

Cell = str | int | float | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True)
class Sheet:
    """One sheet: `cells[i][j]`; `numbers[i]` is the number a person sees for row i.

    `lines[i]` is the first physical line of a text record. `field_counts` is given for text files,
    where a record can have more or fewer fields than the header.
    """

    name: str | None
    cells: Sequence[Sequence[Cell]]
    numbers: Sequence[int]
    lines: Sequence[int] | None = None
    hidden_columns: frozenset[int] = frozenset()
    field_counts: Sequence[int] | None = None


@dataclass(frozen=True)
class Book:
    """A whole file: visible sheets only; what was left out stands in `skipped`."""

    format: str
    sheets: Sequence[Sheet]
    encoding: str | None = None
    delimiter: str | None = None
    skipped: tuple[Skipped, ...] = field(default=())


def name_column(index: int) -> str:
    """Return the letters of a column counted from 0: A, B, … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_column_name(key: str) -> int:
    """Return the place from 0 of a column named by letters, or in a text file by its number."""
    if key.isdecimal():
        return int(key) - 1
    place = 0
    for letter in key:
        place = place * 26 + ord(letter) - 64
    return place - 1


def write_cell(cell: Cell) -> str:
    """Return a cell as text, as a person would read it: whole numbers without ".0", ISO dates."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime):
        midnight = cell.time() == time()
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ")
    return str(cell)
