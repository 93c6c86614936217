"""Why a file is refused as a whole, and the limits that are checked before anything is parsed."""

MEGABYTE = 1024 * 1024

MAX_FILE_BYTES = 20 * MEGABYTE
#: Uncompressed size of all parts of a zipped workbook together.
MAX_UNPACKED_BYTES = 60 * MEGABYTE
#: Uncompressed : compressed, looked at only above MIN_RATIO_BYTES (small tables pack very well).
MAX_RATIO = 100
MIN_RATIO_BYTES = 20 * MEGABYTE
MAX_ZIP_ENTRIES = 2_000
MAX_SHEETS = 200
#: Filled rows of a sheet: 20,000 women, with the headings and titles above them.
MAX_ROWS = 20_100
MAX_COLUMNS = 1_000
#: Rows times columns of the rectangle that holds all cells of one sheet: readers allocate it whole.
MAX_AREA = 1_000_000
#: A row number beyond this is a stray cell, not a list of women.
MAX_ROW_NUMBER = 100_000
MAX_CELL_CHARACTERS = 100_000


class SpreadsheetRefused(Exception):
    """The file as a whole cannot be read. `code` says why, `values` the figures to name in words.

    Codes: empty, too_large, zip_bomb, unsafe_zip, far_cell, too_many_sheets, too_many_rows,
    too_many_columns, cell_too_long, encrypted, macro, not_a_spreadsheet, external_entities,
    unreadable, no_table, unknown_field.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
