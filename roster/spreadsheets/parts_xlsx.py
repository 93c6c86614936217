"""XLSX, streamed: sheets with their state, hidden rows and columns, how far the cells reach."""

import posixpath
import re

from roster.spreadsheets.archives import Archive
from roster.spreadsheets.extents import Extent
from roster.spreadsheets.refusals import MAX_SHEETS, SpreadsheetRefused
from roster.spreadsheets.xml_stream import parse_stream

_REFERENCE = re.compile(r"([A-Z]{1,4})([0-9]{1,8})")


def list_xlsx_sheets(archive: Archive) -> list[Extent]:
    """Return the extents of all worksheets in their order; refuses cells that lie too far off."""
    targets = _read_targets(archive)
    sheets: list[tuple[Extent, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            reference = next((v for k, v in attributes.items() if k.endswith(":id")), "")
            state = attributes.get("state", "visible")
            extent = Extent(attributes.get("name", ""), is_hidden=state != "visible")
            sheets.append((extent, targets.get(reference, "")))
            if len(sheets) > MAX_SHEETS:
                raise SpreadsheetRefused("too_many_sheets", limit=MAX_SHEETS)

    parse_stream(archive.read_chunks("xl/workbook.xml"), start)
    names = set(archive.names())
    for extent, target in sheets:
        if target in names:
            _SheetReader(extent).read(archive, target)
    return [extent for extent, _ in sheets]


def _read_targets(archive: Archive) -> dict[str, str]:
    """Relation id -> part name."""
    targets: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target)
            targets[attributes.get("Id", "")] = posixpath.normpath(whole)

    rels = "xl/_rels/workbook.xml.rels"
    if rels in archive.names():
        parse_stream(archive.read_chunks(rels), start)
    return targets


class _SheetReader:
    def __init__(self, extent: Extent) -> None:
        self.extent = extent
        self.row = -1
        self.column = -1

    def read(self, archive: Archive, part: str) -> None:
        parse_stream(archive.read_chunks(part), self._start)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._place(attributes.get("r", ""))
        elif name in ("v", "is", "f"):
            self.extent.add_cell(max(self.row, 0), max(self.column, 0))
            self.extent.formulas += name == "f"
        elif name == "row":
            self._start_row(attributes)
        elif name == "col" and _is_true(attributes.get("hidden")):
            first, last = int(attributes.get("min", "1")), int(attributes.get("max", "1"))
            self.extent.hide_columns(first - 1, last - 1)

    def _start_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", "")
        self.row = int(number) - 1 if number.isdecimal() else self.row + 1
        self.column = -1
        if _is_true(attributes.get("hidden")):
            self.extent.hide_rows(self.row, 1)

    def _place(self, reference: str) -> None:
        self.column += 1
        if match := _REFERENCE.fullmatch(reference):
            self.column = _read_letters(match[1]) - 1
            self.row = int(match[2]) - 1


def _is_true(value: str | None) -> bool:
    return value in ("1", "true", "on")


def _read_letters(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
