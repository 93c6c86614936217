"""Text files: encoding, separator and records, counted as a reader of CSV counts them."""

import csv
import io
from collections import Counter
from collections.abc import Iterator

from roster.spreadsheets.encodings import decode_text
from roster.spreadsheets.headers import count_header_words
from roster.spreadsheets.refusals import (
    MAX_AREA,
    MAX_CELL_CHARACTERS,
    MAX_COLUMNS,
    MAX_ROWS,
    SpreadsheetRefused,
)
from roster.spreadsheets.sheets import Book, Sheet

DELIMITERS = (",", ";", "\t", "|", ":", "^")
_SAMPLE_RECORDS = 60
_SAMPLE_CHARACTERS = 200_000
#: On one line; a long quoted text may hold many commas, a list has at most MAX_COLUMNS columns.
_MAX_SEPARATORS = 20 * MAX_COLUMNS


def read_text_file(content: bytes) -> Book:
    """Read a text file with any separator and encoding as a book of one sheet without a name."""
    text, encoding = decode_text(content)
    if not text.strip():
        raise SpreadsheetRefused("empty")
    if sum(char < " " and char not in "\t\r\n\v\f" for char in text[:2000]) > 20:
        raise SpreadsheetRefused("not_a_spreadsheet")
    text, hinted = _take_separator_line(text)
    delimiter = hinted or find_delimiter(text)
    _check_lines(text, delimiter)
    records = list(_read_records(text, delimiter, first_line=2 if hinted else 1))
    width = max((len(cells) for _, cells in records), default=0)
    if width > MAX_COLUMNS or width * len(records) > MAX_AREA:
        raise SpreadsheetRefused("too_many_columns", found=width, limit=MAX_COLUMNS)
    first_number = 2 if hinted else 1
    sheet = Sheet(
        name=None,
        cells=[cells + [""] * (width - len(cells)) for _, cells in records],
        numbers=range(first_number, first_number + len(records)),
        lines=[line for line, _ in records],
        field_counts=[len(cells) for _, cells in records],
    )
    return Book("csv", (sheet,), encoding, delimiter)


def _check_lines(text: str, delimiter: str) -> None:
    """Refuse lines of nothing but separators before they become a million empty fields."""
    if text.count(delimiter) > _MAX_SEPARATORS and any(
        line.count(delimiter) > _MAX_SEPARATORS for line in text.splitlines()
    ):
        raise SpreadsheetRefused("too_many_columns", limit=MAX_COLUMNS)


def _take_separator_line(text: str) -> tuple[str, str | None]:
    """Spreadsheet programs write "sep=;" as a first line that is no record of the list."""
    first, _, rest = text.partition("\n")
    first = first.strip().strip('"')
    if first.lower().startswith("sep=") and len(first) == 5:
        return rest, first[4]
    return text, None


def find_delimiter(text: str) -> str:
    """Return the separator with which the first records look most like a table of members."""
    sample = text[:_SAMPLE_CHARACTERS]
    return max(DELIMITERS, key=lambda delimiter: _score_delimiter(sample, delimiter))


def _score_delimiter(sample: str, delimiter: str) -> float:
    counts: Counter[int] = Counter()
    words = 0
    try:
        for number, (_, cells) in enumerate(_read_records(sample, delimiter, first_line=1)):
            if number >= _SAMPLE_RECORDS:
                break
            counts[len(cells)] += 1
            if number < 10:
                words = max(words, count_header_words(cells))
    except SpreadsheetRefused:
        return 0.0
    if not counts:
        return 0.0
    width, records = max(counts.items(), key=lambda item: (item[1], item[0]))
    return 0.0 if width < 2 else 10 * words + records / counts.total() * min(width, 20)


def _read_records(text: str, delimiter: str, *, first_line: int) -> Iterator[tuple[int, list[str]]]:
    """Yield (first physical line, fields) of each record that is not an empty line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = first_line
    count = fields = 0
    try:
        for cells in reader:
            begun, line = line, first_line + reader.line_num
            count += 1
            fields += len(cells)
            if fields > 2 * MAX_AREA:
                raise SpreadsheetRefused("too_many_columns", limit=MAX_COLUMNS)
            if count > MAX_ROWS:
                raise SpreadsheetRefused("too_many_rows", limit=MAX_ROWS)
            if any(len(cell) > MAX_CELL_CHARACTERS for cell in cells):
                raise SpreadsheetRefused("cell_too_long", row=count, limit=MAX_CELL_CHARACTERS)
            yield begun, cells
    except csv.Error as error:
        raise SpreadsheetRefused("unreadable", line=line) from error
