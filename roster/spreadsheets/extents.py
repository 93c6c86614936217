"""How far the filled cells of a sheet reach, counted while its parts stream by."""

from dataclasses import dataclass, field

from roster.spreadsheets.refusals import (
    MAX_AREA,
    MAX_COLUMNS,
    MAX_ROW_NUMBER,
    MAX_ROWS,
    SpreadsheetRefused,
)


@dataclass
class Extent:
    """The filled part of one sheet and what is hidden in it; rows and columns counted from 0."""

    name: str
    is_hidden: bool = False
    first_row: int = -1
    last_row: int = -1
    last_column: int = -1
    filled_rows: int = 0
    formulas: int = 0
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)

    def add_cell(self, row: int, column: int, *, rows: int = 1, columns: int = 1) -> None:
        """Count a filled cell, repeated over `rows` and `columns`; refuses at once when too far."""
        if self.first_row < 0:
            self.first_row = row
        if row + rows - 1 > self.last_row:
            self.filled_rows += rows
            self.last_row = row + rows - 1
        self.last_column = max(self.last_column, column + columns - 1)
        if self.last_row >= MAX_ROW_NUMBER:
            raise SpreadsheetRefused("far_cell", row=self.last_row + 1, limit=MAX_ROW_NUMBER)
        if self.last_column >= MAX_COLUMNS:
            raise SpreadsheetRefused("far_cell", column=self.last_column + 1, limit=MAX_COLUMNS)
        if self.filled_rows > MAX_ROWS:
            raise SpreadsheetRefused("too_many_rows", limit=MAX_ROWS)
        # Calamine keeps the rectangle from the first filled row on, all columns included.
        if (self.last_row - self.first_row + 1) * (self.last_column + 1) > MAX_AREA:
            raise SpreadsheetRefused("far_cell", row=self.last_row + 1, limit=MAX_AREA)

    def hide_columns(self, first: int, last: int) -> None:
        """Mark columns as hidden, as far as a sheet can be read at all."""
        self.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))

    def hide_rows(self, first: int, count: int) -> None:
        """Mark rows as hidden, as far as a sheet can be read at all."""
        self.hidden_rows.update(range(first, min(first + count, MAX_ROW_NUMBER)))
