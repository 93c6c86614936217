"""Rows whose values stand in the wrong columns."""

from collections import Counter
from collections.abc import Sequence

from matching.terms import Terms
from roster.spreadsheets.columns import PlacedColumn
from roster.spreadsheets.evidence import has_clear_form, looks_like
from roster.spreadsheets.sheets import Cell, write_cell
from roster.spreadsheets.tables import Table
from roster.spreadsheets.word_lists import is_blank

#: A text file in which so many records are short drops empty fields at the end on purpose.
_SHORT_IS_USUAL = 0.2
_LEAST_WRONG = 3


def find_wrong_counts(table: Table) -> set[int]:
    """Return the places of records of a text file with too few fields, or with filled ones too many.

    Empty fields behind the last column are no fault, and a file in which many records are short
    drops empty fields at the end.
    """
    counts = table.sheet.field_counts
    if counts is None or not table.header_places:
        return set()
    width = counts[table.header_places[-1]]
    counted = [place for place in table.data_places if counts[place] > 1 or width == 1]
    short = {place for place in counted if counts[place] < width}
    wrong = {place for place in counted if _count_filled(table.sheet.cells[place]) > width}
    is_usual = len(short) > max(1, _SHORT_IS_USUAL * len(counted))
    return wrong if is_usual else wrong | short


def _count_filled(row: Sequence[Cell]) -> int:
    return max((place for place, cell in enumerate(row, start=1) if write_cell(cell)), default=0)


def is_shifted(terms: Terms, columns: Sequence[PlacedColumn], row: Sequence[Cell]) -> bool:
    """Tell whether most values of clear form stand some columns away from where they belong."""
    wrong = [column for column in columns if _is_wrong(terms, column, row)]
    if len(wrong) < _LEAST_WRONG:
        return False
    fits: Counter[int] = Counter()
    for column in wrong:
        for step in (-2, -1, 1, 2):
            place = column.index + step
            if 0 <= place < len(row) and _fits(terms, column.field, row[place]):
                fits[step] += 1
    return bool(fits) and max(fits.values()) >= max(_LEAST_WRONG, 0.5 * len(wrong))


def _is_wrong(terms: Terms, column: PlacedColumn, row: Sequence[Cell]) -> bool:
    text = write_cell(row[column.index]).strip()
    if not has_clear_form(column.field) or not text or is_blank(text):
        return False
    return not looks_like(terms, column.field, row[column.index])


def _fits(terms: Terms, field: str, cell: Cell) -> bool:
    text = write_cell(cell).strip()
    return bool(text) and not is_blank(text) and looks_like(terms, field, cell)
