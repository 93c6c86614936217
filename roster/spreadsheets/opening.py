"""Which format the bytes are, told by their content and never by the file's name."""

from roster.spreadsheets.refusals import MAX_FILE_BYTES, SpreadsheetRefused
from roster.spreadsheets.sheets import Book
from roster.spreadsheets.text_files import read_text_file
from roster.spreadsheets.workbooks import read_binary_workbook, read_zipped_workbook

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Beginnings of files that are no tables, whatever their name says.
_OTHERS = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"MZ",
    b"\x7fELF",
    b"<!DOCTYPE",
    b"<html",
    b"<?xml",
)


def open_book(content: bytes, *, file_name: str) -> Book:
    """Return the sheets of a file; raises SpreadsheetRefused before anything large is built."""
    if len(content) > MAX_FILE_BYTES:
        raise SpreadsheetRefused("too_large", size=len(content), limit=MAX_FILE_BYTES)
    if not content.strip(b"\x00 \t\r\n"):
        raise SpreadsheetRefused("empty")
    if content.startswith(_ZIP):
        return read_zipped_workbook(content)
    if content.startswith(_OLE):
        return read_binary_workbook(content)
    head = content.lstrip(b"\xef\xbb\xbf \t\r\n")[:16]
    if any(head.lower().startswith(other.lower()) for other in _OTHERS):
        raise SpreadsheetRefused("not_a_spreadsheet")
    return read_text_file(content)
