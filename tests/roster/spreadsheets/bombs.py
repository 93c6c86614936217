"""Files made to hurt, written in memory: small on disk, huge or malicious when opened."""

import io
import struct
import zipfile
from collections.abc import Callable

import xlsxwriter
import xlwt

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_BOOK = (
    f'<?xml version="1.0"?><workbook xmlns="{MAIN}" xmlns:r='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def make_zip(parts: dict[str, bytes | str]) -> bytes:
    """Return a zip file of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return buffer.getvalue()


def make_xlsx(sheet: bytes | str, **more: bytes | str) -> bytes:
    """Return a workbook around the XML of one sheet, otherwise as a library writes it."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.add_worksheet("A")
    book.close()
    with zipfile.ZipFile(buffer) as file:
        parts: dict[str, bytes | str] = {name: file.read(name) for name in file.namelist()}
    return make_zip(parts | {"xl/worksheets/sheet1.xml": sheet} | more)


def _sheet(rows: str) -> str:
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    )


def _cell(place: str, text: str = "x") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def make_zip_bomb() -> bytes:
    """308 MB of XML in a file of about 300 KB."""
    return make_xlsx(_sheet("<row>" + " " * (308 * 1024 * 1024) + "</row>"))


def make_lying_zip() -> bytes:
    """The directory says 1,000 bytes, the part unpacks to 100 MB."""
    content = bytearray(make_xlsx(_sheet(" " * (100 * 1024 * 1024))))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as file:
        size = file.getinfo("xl/worksheets/sheet1.xml").file_size
    old, new = struct.pack("<I", size), struct.pack("<I", 1000)
    return bytes(content).replace(old, new)


def make_far_cell() -> bytes:
    """A few KB with one cell in the last row and column."""
    return make_xlsx(
        _sheet(f"<row>{_cell('A1')}</row><row r='1048576'>{_cell('XFD1048576')}</row>")
    )


def make_wide_and_long() -> bytes:
    """Two corners of a rectangle of 90,000 rows and 900 columns."""
    return make_xlsx(
        _sheet(f"<row r='1'>{_cell('A1')}</row><row r='90000'>{_cell('AHP90000')}</row>")
    )


def make_many_rows() -> bytes:
    """One million filled rows, no two alike, so that they pack no better than a real list."""
    values = (n * 2654435761 % 2**64 for n in range(1_000_000))
    return make_xlsx(_sheet("".join(f"<row><c><v>{value}</v></c></row>" for value in values)))


def make_entity_bomb() -> bytes:
    """A billion laughs in the sheet."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    doctype = f'<!DOCTYPE lolz [<!ENTITY l0 "lol">{levels}]>'
    return make_xlsx(f'<?xml version="1.0"?>{doctype}<worksheet xmlns="{MAIN}">&l9;</worksheet>')


def make_external_entity() -> bytes:
    """An entity that names a file of the machine, in the shared strings."""
    strings = (
        '<?xml version="1.0"?><!DOCTYPE s [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        f'<sst xmlns="{MAIN}"><si><t>&x;</t></si></sst>'
    )
    return make_xlsx(_sheet(""), **{"xl/sharedStrings.xml": strings})


def make_many_sheets() -> bytes:
    """Ten thousand sheets."""
    parts: dict[str, bytes | str] = {
        f"xl/worksheets/sheet{n}.xml": _sheet("") for n in range(2, 10_001)
    }
    return make_xlsx(_sheet(""), **parts)


def make_many_sheets_of_one_part() -> bytes:
    """Ten thousand sheets in the book that all point to one part."""
    sheets = "".join(f'<sheet name="s{n}" sheetId="{n}" r:id="rId1"/>' for n in range(10_000))
    book = _BOOK.replace('<sheet name="A" sheetId="1" r:id="rId1"/>', sheets)
    return make_xlsx(_sheet(""), **{"xl/workbook.xml": book})


def make_zip_slip() -> bytes:
    """A part that would be written outside of its folder."""
    return make_xlsx(_sheet(""), **{"../../../tmp/evil.xml": "<a/>"})


def make_macro_book() -> bytes:
    """An XLSM under the name of an XLSX."""
    return make_xlsx(_sheet(""), **{"xl/vbaProject.bin": b"\0" * 100})


def make_encrypted_zip() -> bytes:
    """A workbook whose zip entries are marked as encrypted."""
    content = bytearray(make_xlsx(_sheet("")))
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        content[place + 8] |= 1
        place = content.find(b"PK\x01\x02", place + 1)
    return bytes(content)


def make_encrypted_office() -> bytes:
    """The compound file in which office programs wrap a workbook with a password."""
    buffer = io.BytesIO()
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "x")
    book.save(buffer)
    old, new = "Workbook".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
    content = bytearray(buffer.getvalue())
    place = bytes(content).find(old)
    content[place : place + len(new)] = new
    content[place + 64 : place + 66] = struct.pack("<H", len(new) + 2)
    return bytes(content)


def _make_ods(table: str) -> bytes:
    content = (
        '<?xml version="1.0"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="A">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return make_zip({"mimetype": _ODS, "content.xml": content, "META-INF/manifest.xml": "<m/>"})


def make_ods_of_repeated_cells() -> bytes:
    """One filled cell repeated over 16,384 columns and a million rows."""
    return _make_ods(
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384" office:value-type="string"><text:p>x</text:p>'
        "</table:table-cell></table:table-row>"
    )


def make_ods_of_repeated_rows() -> bytes:
    """Forty thousand equal filled rows in one element."""
    return _make_ods(
        '<table:table-row table:number-rows-repeated="40000"><table:table-cell '
        'office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row>'
    )


def make_far_xls() -> bytes:
    """An old binary workbook with a cell in its last row and column."""
    buffer = io.BytesIO()
    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "x")
    sheet.write(65535, 255, "y")
    book.save(buffer)
    return buffer.getvalue()


def make_encrypted_xls() -> bytes:
    """An old binary workbook with a password record at its beginning."""
    buffer = io.BytesIO()
    book = xlwt.Workbook()
    book.add_sheet("a").write(0, 0, "x")
    book.save(buffer)
    content = bytearray(buffer.getvalue())
    place = bytes(content).find(struct.pack("<HH", 0x809, 16))
    following = place + 20
    content[following : following + 2] = struct.pack("<H", 0x2F)
    return bytes(content)


def make_long_cell() -> bytes:
    """A cell of ten million characters."""
    rows = "<row>" + _cell("A1", "Name") + _cell("B1", "E-mail") + "</row>"
    long = "<row>" + _cell("A2", "ab" * 5_000_000) + _cell("B2", "a@example.org") + "</row>"
    return make_xlsx(_sheet(rows + long))


#: Name -> (how it is made, the code with which it must be refused).
BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "308 MB of XML in a small zip": (make_zip_bomb, "zip_bomb"),
    "zip that lies about its sizes": (make_lying_zip, "unreadable"),
    "one far cell": (make_far_cell, "far_cell"),
    "two far corners": (make_wide_and_long, "far_cell"),
    "a million rows": (make_many_rows, "too_many_rows"),
    "entity bomb": (make_entity_bomb, "external_entities"),
    "external entity": (make_external_entity, "external_entities"),
    "ten thousand sheets": (make_many_sheets, "too_many_sheets"),
    "ten thousand sheets of one part": (make_many_sheets_of_one_part, "too_many_sheets"),
    "zip slip": (make_zip_slip, "unsafe_zip"),
    "macros": (make_macro_book, "macro"),
    "encrypted zip": (make_encrypted_zip, "encrypted"),
    "encrypted office file": (make_encrypted_office, "encrypted"),
    "encrypted old workbook": (make_encrypted_xls, "encrypted"),
    "ODS of repeated cells": (make_ods_of_repeated_cells, "far_cell"),
    "ODS of repeated rows": (make_ods_of_repeated_rows, "too_many_rows"),
    "old workbook with a far cell": (make_far_xls, "far_cell"),
    "cell of ten million characters": (make_long_cell, "cell_too_long"),
    "renamed PDF": (lambda: b"%PDF-1.7\n" + b"\0\x01\x02" * 1000, "not_a_spreadsheet"),
    "renamed picture": (lambda: b"\x89PNG\r\n\x1a\n" + b"\0\x01\x02" * 1000, "not_a_spreadsheet"),
    "random bytes": (lambda: bytes(range(256)) * 4000, "not_a_spreadsheet"),
    "text document in a zip": (
        lambda: make_zip({"word/document.xml": "<a/>"}),
        "not_a_spreadsheet",
    ),
    "broken zip": (lambda: b"PK\x03\x04" + b"abc" * 100, "unreadable"),
    "broken compound file": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x09" * 600,
        "unreadable",
    ),
    "21 MB of text": (lambda: b"name;email\n" * 2_000_000, "too_large"),
    "text of 30,000 records": (lambda: b"name;email\n" + b"a;b\n" * 30_000, "too_many_rows"),
    "one line of 19 MB": (lambda: b"a" * 19_000_000, "unreadable"),
    "19 MB of separators": (lambda: b"name;email" + b";" * 19_000_000, "too_many_columns"),
    "nothing": (lambda: b"", "empty"),
    "blanks": (lambda: b" \r\n" * 100, "empty"),
}
