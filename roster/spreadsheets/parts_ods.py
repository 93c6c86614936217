"""ODS, streamed: sheets with their state, hidden rows and columns, repeated cells counted."""

from roster.spreadsheets.archives import Archive
from roster.spreadsheets.extents import Extent
from roster.spreadsheets.refusals import MAX_SHEETS, SpreadsheetRefused
from roster.spreadsheets.xml_stream import parse_stream

_HIDDEN = ("collapse", "filter")


def list_ods_sheets(archive: Archive) -> list[Extent]:
    """Return the extents of all tables in their order; refuses cells that lie too far off."""
    reader = _Reader()
    parse_stream(archive.read_chunks("content.xml"), reader.start, reader.end)
    return reader.sheets


class _Reader:
    def __init__(self) -> None:
        self.sheets: list[Extent] = []
        self.depth = 0
        self.style = ""
        self.hidden_styles: set[str] = set()
        self.row = self.next_row = 0
        self.column = self.next_column = 0
        self.rows = self.columns = 1
        self.column_place = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "style":
            self.style = attributes.get("style:name", "")
        elif name == "table-properties" and attributes.get("table:display") == "false":
            self.hidden_styles.add(self.style)
        elif name == "table":
            self._start_table(attributes)
        elif self.depth == 1:
            self._start_inside(name, attributes)

    def end(self, name: str) -> None:
        if name == "table":
            self.depth -= 1

    def _start_table(self, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > 1:
            return
        is_hidden = attributes.get("table:style-name") in self.hidden_styles
        self.sheets.append(Extent(attributes.get("table:name", ""), is_hidden=is_hidden))
        if len(self.sheets) > MAX_SHEETS:
            raise SpreadsheetRefused("too_many_sheets", limit=MAX_SHEETS)
        self.next_row = self.column_place = 0

    def _start_inside(self, name: str, attributes: dict[str, str]) -> None:
        sheet = self.sheets[-1]
        if name == "table-column":
            count = _read_count(attributes, "table:number-columns-repeated")
            if attributes.get("table:visibility") in _HIDDEN:
                sheet.hide_columns(self.column_place, self.column_place + count - 1)
            self.column_place += count
        elif name == "table-row":
            self.row, self.rows = (
                self.next_row,
                _read_count(attributes, "table:number-rows-repeated"),
            )
            self.next_row += self.rows
            self.next_column = 0
            if attributes.get("table:visibility") in _HIDDEN:
                sheet.hide_rows(self.row, self.rows)
        elif name in ("table-cell", "covered-table-cell"):
            self.column = self.next_column
            self.columns = _read_count(attributes, "table:number-columns-repeated")
            self.next_column += self.columns
            sheet.formulas += "table:formula" in attributes
            if any(key.startswith("office:") and "value" in key for key in attributes):
                self._fill(sheet)
        elif name == "p":
            self._fill(sheet)

    def _fill(self, sheet: Extent) -> None:
        sheet.add_cell(self.row, self.column, rows=self.rows, columns=self.columns)


def _read_count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return max(1, int(text)) if text.isascii() and text.isdecimal() and len(text) < 10 else 1
