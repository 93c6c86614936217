"""Lists written in memory in each format, as networks' programs write them."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

Rows = Sequence[Sequence[str]]


def write_text(rows: Rows, separator: str, encoding: str) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=separator).writerows(rows)
    return buffer.getvalue().encode(encoding)


def write_xlsx(sheets: dict[str, Sequence[Sequence[Any]]], **hidden: Sequence[int]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(place, column, value, day)
                else:
                    sheet.write(place, column, value)
        for place in hidden.get("rows", ()):
            sheet.set_row(place, None, None, {"hidden": True})
        for column in hidden.get("columns", ()):
            sheet.set_column(column, column, None, None, {"hidden": True})
    book.close()
    return buffer.getvalue()


def write_ods(rows: Rows) -> bytes:
    book = OpenDocumentSpreadsheet()
    table = Table(name="Lista")
    for row in rows:
        line = TableRow()
        for value in row:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=value))
            line.addElement(cell)
        table.addElement(line)
    book.spreadsheet.addElement(table)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def write_xls(sheets: dict[str, Rows], hidden: Sequence[str] = ()) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        sheet.visibility = int(name in hidden)
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                sheet.write(place, column, value)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()
