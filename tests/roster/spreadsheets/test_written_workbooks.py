"""A workbook that is written holds text in one visible sheet, and nothing else."""

from __future__ import annotations

import io
import re
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]  # it ships no types

from roster.spreadsheets.written import unguard
from roster.spreadsheets.written_workbooks import LONGEST_CELL, write_workbook

LINES = [["Name", "Note"], ["Élise Ngo", "a & b <c> \"d\" 'e'"], ["علا", "  two  "], ["-12", "12"]]


def read_back(content: bytes) -> list[list[object]]:
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_what_was_written_is_read_back_as_it_was() -> None:
    assert read_back(write_workbook(LINES, sheet_name="1")) == LINES


@pytest.mark.parametrize("first", [*"=+-@\t＝＋－＠", ";=", '",=', "\r", "\n"])
def test_nothing_in_it_runs_and_the_text_is_readable(first: str) -> None:
    text = f"{first}SUM(A1:A2)|cmd"
    content = write_workbook([[text]], sheet_name="1")
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    cell = sheet["A1"]
    assert cell.data_type in {"s", "inlineStr"}
    assert unguard(str(cell.value)).replace("\n", "") == text.replace("\r", "").replace("\n", "")
    assert str(cell.value).startswith("'")


def test_one_visible_sheet_without_author_day_link_or_name() -> None:
    content = write_workbook(LINES, sheet_name="1", is_right_to_left=True)
    assert content == write_workbook(LINES, sheet_name="1", is_right_to_left=True)
    with ZipFile(io.BytesIO(content)) as archive:
        assert sorted(archive.namelist()) == [
            "[Content_Types].xml",
            "_rels/.rels",
            "xl/_rels/workbook.xml.rels",
            "xl/workbook.xml",
            "xl/worksheets/sheet1.xml",
        ]
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
        parts = "".join(archive.read(name).decode() for name in archive.namelist())
    assert re.findall(r"creator|hidden|definedName|hyperlink|<f>|comment", parts) == []
    assert 'rightToLeft="1"' in parts


def test_signs_that_no_file_can_hold_are_left_out_and_a_cell_has_its_length() -> None:
    found = read_back(write_workbook([["a\x00b\x1fc\ud800", "x" * 40_000]], sheet_name="1"))
    assert found == [["abc", "x" * LONGEST_CELL]]
