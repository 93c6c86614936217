"""Rows whose values stand in the wrong columns."""

from collections import Counter
from collections.abc import Sequence

from matching.terms import Terms
from roster.spreadsheets.columns import PlacedColumn
from roster.spreadsheets.evidence import has_clear_form, looks_like
from roster.spreadsheets.sheets import Cell, write_cell
from roster.spreadsheets.word_lists import is_blank

#: A text file in which so many records are short drops empty fields at the end on purpose.
_SHORT_IS_USUAL = 0.2
_LEAST_WRONG = 3


def find_wrong_counts(field_counts: Sequence[int], places: Sequence[int], width: int) -> set[int]:
    """Return the places of records with fewer or (filled) more fields than the header has.

    `field_counts` counts up to the last field that is not empty where a record is too long.
    """
    counted = [place for place in places if field_counts[place] > 1 or width == 1]
    short = [place for place in counted if field_counts[place] < width]
    wrong = {place for place in counted if field_counts[place] > width}
    if short and len(short) <= max(1, _SHORT_IS_USUAL * len(counted)):
        wrong |= set(short)
    return wrong


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
