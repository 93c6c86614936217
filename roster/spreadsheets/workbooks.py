"""Workbooks (XLSX, XLS, ODS): values by calamine, only after the raw parts passed the limits."""

import io
from collections.abc import Sequence

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from roster.spreadsheets.archives import Archive
from roster.spreadsheets.extents import Extent
from roster.spreadsheets.parts_ods import list_ods_sheets
from roster.spreadsheets.parts_xls import list_xls_sheets
from roster.spreadsheets.parts_xlsx import list_xlsx_sheets
from roster.spreadsheets.refusals import (
    MAX_CELL_CHARACTERS,
    SpreadsheetRefused,
)
from roster.spreadsheets.results import Skipped
from roster.spreadsheets.sheets import Book, Cell, Sheet


def read_zipped_workbook(content: bytes) -> Book:
    """Read an XLSX or ODS file; raises SpreadsheetRefused for everything that may not be parsed."""
    archive = Archive(content)
    extents = list_ods_sheets(archive) if archive.format == "ods" else list_xlsx_sheets(archive)
    links = sum(name.startswith("xl/externalLinks/externalLink") for name in archive.names())
    skipped = [Skipped("external_links", links)] if links else []
    return _read_values(content, archive.format, extents, skipped)


def read_binary_workbook(content: bytes) -> Book:
    """Read an XLS file."""
    return _read_values(content, "xls", list_xls_sheets(content), [])


def _read_values(
    content: bytes, format_name: str, extents: Sequence[Extent], skipped: list[Skipped]
) -> Book:
    by_name = {extent.name: extent for extent in extents}
    workbook = _open(content)
    sheets = []
    for about in workbook.sheets_metadata:
        extent = by_name.get(about.name, Extent(about.name))
        if about.visible != SheetVisibleEnum.Visible or extent.is_hidden:
            skipped.append(Skipped("hidden_sheet", 1, about.name))
        elif about.typ == SheetTypeEnum.WorkSheet:
            sheets.append(_read_sheet(workbook, extent))
            skipped += _list_hidden(extent, sheets[-1])
    if not sheets:
        raise SpreadsheetRefused("no_table")
    return Book(format_name, sheets, skipped=tuple(skipped))


def _open(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, OSError, ValueError) as error:
        raise SpreadsheetRefused("unreadable") from error
    except BaseException as error:
        raise _refuse_panic(error) from error


def _refuse_panic(error: BaseException) -> BaseException:
    """The Rust reader panics on some broken files, with an exception outside of Exception."""
    if type(error).__name__ == "PanicException":
        return SpreadsheetRefused("unreadable")
    return error


def _read_sheet(workbook: CalamineWorkbook, extent: Extent) -> Sheet:
    try:
        cells = _read_cells(workbook.get_sheet_by_name(extent.name))
    except (CalamineError, OSError, ValueError) as error:
        raise SpreadsheetRefused("unreadable", sheet=extent.name) from error
    except BaseException as error:
        raise _refuse_panic(error) from error
    first, rows = cells
    kept = [place for place in range(len(rows)) if place + first not in extent.hidden_rows]
    return Sheet(
        name=extent.name,
        cells=[rows[place] for place in kept],
        numbers=[place + first + 1 for place in kept],
        hidden_columns=frozenset(extent.hidden_columns),
    )


def _read_cells(sheet: CalamineSheet) -> tuple[int, list[list[Cell]]]:
    """Return (row number of the first row from 0, rows from column A on)."""
    if sheet.start is None:
        return 0, []
    first_row, first_column = sheet.start
    rows: list[list[Cell]] = []
    for values in sheet.to_python(skip_empty_area=True):
        if any(isinstance(value, str) and len(value) > MAX_CELL_CHARACTERS for value in values):
            raise SpreadsheetRefused("cell_too_long", limit=MAX_CELL_CHARACTERS)
        rows.append([None] * first_column + [None if value == "" else value for value in values])
    return first_row, rows


def _list_hidden(extent: Extent, sheet: Sheet) -> list[Skipped]:
    found = []
    rows = sum(extent.first_row <= row <= extent.last_row for row in extent.hidden_rows)
    if rows:
        found.append(Skipped("hidden_rows", rows, extent.name))
    if extent.formulas:
        found.append(Skipped("formulas", extent.formulas, extent.name))
    return found
