"""A list whose headings nobody recognised, read as a person says: this line, these columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matching.terms import Terms
from roster.spreadsheets.choices import Choices
from roster.spreadsheets.headers import is_never_collected, is_private
from roster.spreadsheets.opening import open_book
from roster.spreadsheets.refusals import SpreadsheetRefused
from roster.spreadsheets.sheets import Book, Sheet, name_column, write_cell
from roster.spreadsheets.tables import Table, make_table

MOST_LINES, MOST_COLUMNS, LONGEST_TEXT = 20, 30, 60
"""How much of a file is shown, and kept for it, while a person says how it is to be read."""


@dataclass(frozen=True)
class Layout:
    """Where the headings stand on one sheet (0: nowhere), and the fields of the columns named."""

    sheet: str | None
    heading_row: int
    columns: Mapping[str, str]


def sketch_file(content: bytes, *, file_name: str) -> dict[str, Any] | None:
    """The first lines of the fullest sheet, as JSON; None where there is none to be read.

    ``lines`` are pairs of the number of a line and its texts, ``keys`` name the columns; columns
    that are hidden are not among them.
    """
    try:
        sheet = max(open_book(content, file_name=file_name).sheets, key=lambda one: len(one.cells))
    except (SpreadsheetRefused, ValueError):
        return None
    width = min(max((len(row) for row in sheet.cells), default=0), MOST_COLUMNS)
    shown = [place for place in range(width) if place not in sheet.hidden_columns]
    texts = (
        [
            write_cell(row[place]).strip()[:LONGEST_TEXT] if place < len(row) else ""
            for place in shown
        ]
        for row in sheet.cells
    )
    numbered = zip(sheet.numbers, texts, strict=True)
    lines = [[number, line] for number, line in numbered if any(line)]
    keys = [_name(sheet, place) for place in shown]
    return {"sheet": sheet.name, "keys": keys, "lines": lines[:MOST_LINES]}


def _name(sheet: Sheet, place: int) -> str:
    return name_column(place) if sheet.name is not None else str(place + 1)


def lay_out(book: Book, layout: Layout, terms: Terms, choices: Choices) -> list[Table]:
    """The table as it was said; what is private or never collected stays left out.

    Raises SpreadsheetRefused("no_table") where the line is not there, or nobody is named.
    """
    sheet = next((one for one in book.sheets if one.name == layout.sheet), None)
    if sheet is None or (layout.heading_row and layout.heading_row not in sheet.numbers):
        raise SpreadsheetRefused("no_table")
    place = sheet.numbers.index(layout.heading_row) if layout.heading_row else -1
    places = (place,) if layout.heading_row else ()
    mapping = _drop_private(sheet, place, layout.columns)
    data = range(place + 1, len(sheet.cells))
    table = make_table(sheet, places, data, terms, mapping, choices, by_content=True)
    if not table.names_people or not table.data_places:
        raise SpreadsheetRefused("no_table")
    return [table]


def _drop_private(sheet: Sheet, place: int, columns: Mapping[str, str]) -> dict[str, str]:
    headings = [write_cell(cell).strip() for cell in sheet.cells[place]] if place >= 0 else []
    left_out = {
        _name(sheet, number) for number, text in enumerate(headings) if _is_left_out(text)
    } | {_name(sheet, number) for number in sheet.hidden_columns}
    return {key: field for key, field in columns.items() if key not in left_out}


def _is_left_out(heading: str) -> bool:
    return bool(heading) and (is_private(heading) or is_never_collected(heading))


def list_headings(sketch: Mapping[str, Any], heading_row: int) -> dict[str, str]:
    """By column what stands in the line of the headings; {} where there is none."""
    lines: Sequence[Any] = sketch["lines"]
    texts = next((line for number, line in lines if number == heading_row), ())
    return {key: text for key, text in zip(sketch["keys"], texts, strict=False) if text}
