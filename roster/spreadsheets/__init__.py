"""Spreadsheets of networks: bytes -> rows, values and problems. No database, no web, no clock."""

from collections.abc import Mapping
from datetime import date

from roster.spreadsheets.columns import check_mapping
from roster.spreadsheets.headers import FIELDS, IGNORED, LEFT_OUT
from roster.spreadsheets.opening import open_book
from roster.spreadsheets.reading import read_book
from roster.spreadsheets.refusals import SpreadsheetRefused
from roster.spreadsheets.results import (
    SEVERITIES,
    Column,
    Problem,
    ReadResult,
    ReadRow,
    Skipped,
    result_as_json,
)
from roster.vocabulary import load_vocabulary

__all__ = [
    "FIELDS",
    "IGNORED",
    "LEFT_OUT",
    "SEVERITIES",
    "Column",
    "Problem",
    "ReadResult",
    "ReadRow",
    "Skipped",
    "SpreadsheetRefused",
    "read_spreadsheet",
    "result_as_json",
]


def read_spreadsheet(
    content: bytes,
    *,
    file_name: str,
    network: str,
    reference_day: date,
    mapping: Mapping[str, str] | None = None,
) -> ReadResult:
    """Read a network's list. `mapping` (column key -> field of FIELDS, IGNORED or LEFT_OUT) wins over
    what was recognised. `reference_day` is the day on which availability is judged.

    The format is told by the content; `file_name` serves only to tell a text from no spreadsheet.
    Nothing is stored and nothing guessed silently: every doubt is a problem of its row. Raises
    SpreadsheetRefused where the file as a whole cannot be read; never anything else, whatever the
    bytes.
    """
    check_mapping(mapping or {})
    book = open_book(content, file_name=file_name)
    return read_book(
        book,
        network=network,
        reference_day=reference_day,
        terms=load_vocabulary(),
        mapping=mapping,
    )
