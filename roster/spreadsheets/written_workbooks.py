"""A list written out as a workbook of one visible sheet that holds text and nothing else.

Written part by part (Office Open XML, ECMA-376), so that there is no author, no link, no name, no
hidden sheet and no formula in it, and the same list gives the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from html import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from roster.spreadsheets.written import guard

_SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_KIND = "application/vnd.openxmlformats"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_TYPES}">'
    f'<Default Extension="rels" ContentType="{_KIND}-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml"'
    f' ContentType="{_KIND}-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml"'
    f' ContentType="{_KIND}-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1"'
    f' Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1"'
    f' Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LONGEST_CELL = 32_767
"""Characters that a cell of this format holds."""


def write_workbook(
    lines: Iterable[Sequence[str]], *, sheet_name: str, is_right_to_left: bool = False
) -> bytes:
    """Return the lines as a workbook; what a program might run is guarded as in a text file.

    ``sheet_name`` has at most 31 characters and none of ``[]:*?/\\``.
    """
    file = io.BytesIO()
    workbook = (
        f'<workbook xmlns="{_SPREADSHEET}" xmlns:r="{_OFFICE}"><sheets>'
        f'<sheet name="{escape(sheet_name)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    with ZipFile(file, "w") as archive:
        for name, text in {**_PARTS, "xl/workbook.xml": workbook}.items():
            archive.writestr(_make_entry(name), _HEAD + text)
        with archive.open(_make_entry("xl/worksheets/sheet1.xml"), "w") as sheet:
            direction = ' rightToLeft="1"' if is_right_to_left else ""
            sheet.write(
                f'{_HEAD}<worksheet xmlns="{_SPREADSHEET}"><sheetViews>'
                f'<sheetView{direction} workbookViewId="0"/></sheetViews><sheetData>'.encode()
            )
            for line in lines:
                sheet.write(f"<row>{''.join(_write_cell(cell) for cell in line)}</row>".encode())
            sheet.write(b"</sheetData></worksheet>")
    return file.getvalue()


def _make_entry(name: str) -> ZipInfo:
    entry = ZipInfo(name)  # with the format's first day: a file tells nothing of when and where
    entry.compress_type = ZIP_DEFLATED
    return entry


def _write_cell(text: str) -> str:
    readable = escape(guard(_NOT_IN_XML.sub("", text))[:LONGEST_CELL], quote=False)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{readable}</t></is></c>'
