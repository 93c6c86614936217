"""What stands around the tables, and what it says of the rows: notes, the order of dates."""

from collections.abc import Sequence

from matching.terms import normalise
from roster.spreadsheets.columns import PlacedColumn
from roster.spreadsheets.dates import find_order, fold
from roster.spreadsheets.sheets import Book, Cell, write_cell
from roster.spreadsheets.tables import Table

_DATE_FIELDS = frozenset(
    {
        "birth_year",
        "member_since",
        "availability",
        "availability.from",
        "availability.to",
        "availability.confirmed_on",
    }
)
_DAY_FIRST = (
    "dd/mm",
    "dd.mm",
    "dd-mm",
    "day/month",
    "jj/mm",
    "jour/mois",
    "gg/mm",
    "dia/mes",
    "يوم/شهر",
)
_MONTH_FIRST = ("mm/dd", "month/day", "mois/jour")


def collect_notes(book: Book, tables: Sequence[Table]) -> list[str]:
    """Texts around and beside the tables: other sheets, titles above the header, lines below."""
    notes = []
    for sheet in book.sheets:
        used = [table for table in tables if table.sheet is sheet]
        first = min((table.header_places[0] for table in used if table.header_places), default=None)
        last = len(sheet.cells) if first is None else first
        notes += [text for row in sheet.cells[:last] if (text := join_texts(row))]
        notes += [
            text
            for table in used
            for place in table.data_places
            if (text := _text_of_lone_cell(table, sheet.cells[place]))
        ]
    return notes


def join_texts(row: Sequence[Cell]) -> str:
    return " ".join(text for cell in row if (text := write_cell(cell).strip()))


def _text_of_lone_cell(table: Table, row: Sequence[Cell]) -> str:
    texts = [text for cell in row if (text := write_cell(cell).strip())]
    return texts[0] if len(texts) == 1 and len(texts[0]) > 20 else ""


def find_order_of(tables: Sequence[Table], notes: Sequence[str]) -> str:
    """Return the order of dates of the whole file: by unmistakable dates, else by what a note says."""
    texts = [
        text
        for table in tables
        for column in table.columns
        if column.field in _DATE_FIELDS
        for text in _column_texts(table, column)
    ]
    order = find_order(texts)
    if order != "unknown":
        return order
    said = fold(" ".join(notes)).replace(" ", "")
    if any(word in said for word in _DAY_FIRST):
        return "day first"
    return "month first" if any(word in said for word in _MONTH_FIRST) else "unknown"


def find_orders(table: Table, whole: str) -> dict[str, str]:
    """The order of each column: its own dates decide before those of the file."""
    orders = {}
    for column in table.columns:
        if column.field in _DATE_FIELDS:
            own = find_order(_column_texts(table, column))
            orders[column.key] = whole if own == "unknown" else own
    return orders


def _column_texts(table: Table, column: PlacedColumn) -> list[str]:
    cells = (table.sheet.cells[place][column.index] for place in table.data_places)
    return [cell for cell in cells if isinstance(cell, str) and cell]


def list_name_orders(name: str) -> list[str]:
    """A normalised name in the orders in which a note may write it; one word is too little to go by."""
    words = normalise(name).split()
    if len(words) < 2:
        return []
    orders = (words, [*words[1:], words[0]], [words[-1], *words[:-1]])
    return [" ".join(order) for order in orders]
