"""Spreadsheets of networks: bytes -> rows, values and problems. No database, no web, no clock."""

from collections.abc import Mapping
from datetime import date

from roster.spreadsheets.choices import NO_CHOICES, Choices
from roster.spreadsheets.columns import check_mapping
from roster.spreadsheets.hand_layouts import Layout
from roster.spreadsheets.headers import FIELDS, IGNORED, LEFT_OUT
from roster.spreadsheets.opening import open_book
from roster.spreadsheets.reading import Plan, plan_reading, read_book
from roster.spreadsheets.refusals import SpreadsheetRefused
from roster.spreadsheets.results import (
    SEVERITIES,
    Column,
    Problem,
    ReadResult,
    ReadRow,
    Skipped,
    problems_as_json,
    result_as_json,
)
from roster.vocabulary import load_vocabulary

__all__ = [
    "FIELDS",
    "IGNORED",
    "LEFT_OUT",
    "SEVERITIES",
    "Choices",
    "Column",
    "Layout",
    "Plan",
    "Problem",
    "ReadResult",
    "ReadRow",
    "Skipped",
    "SpreadsheetRefused",
    "plan_spreadsheet",
    "problems_as_json",
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
    choices: Choices = NO_CHOICES,
) -> ReadResult:
    """Read a network's list. `mapping` (column key -> field of FIELDS, IGNORED or LEFT_OUT) wins over
    what was recognised, and over `choices`, what the office has decided about its files before.
    `reference_day` is the day on which availability is judged.

    The format is told by the content; `file_name` serves only to tell a text from no spreadsheet.
    Nothing is stored and nothing guessed silently: every doubt is a problem of its row. Raises
    SpreadsheetRefused where the file as a whole cannot be read; never anything else, whatever the
    bytes.
    """
    plan = plan_spreadsheet(
        content,
        file_name=file_name,
        network=network,
        reference_day=reference_day,
        mapping=mapping,
        choices=choices,
    )
    return read_book(plan)


def plan_spreadsheet(
    content: bytes,
    *,
    file_name: str,
    network: str,
    reference_day: date,
    mapping: Mapping[str, str] | None = None,
    choices: Choices = NO_CHOICES,
    layout: Layout | None = None,
) -> Plan:
    """The same reading up to the rows, which the caller takes one by one: for long files.

    ``layout``: where a person says that the headings stand, and what is below them.
    """
    check_mapping(mapping or {})
    return plan_reading(
        open_book(content, file_name=file_name),
        network=network,
        reference_day=reference_day,
        terms=load_vocabulary(),
        mapping=mapping,
        choices=choices,
        layout=layout,
    )
