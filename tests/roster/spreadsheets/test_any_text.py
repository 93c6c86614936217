"""Whatever stands in the cells or the bytes: nothing is raised but a refusal, the text is kept."""

import csv
import io
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from roster.spreadsheets import SpreadsheetRefused, read_spreadsheet, result_as_json
from tests.roster.spreadsheets.bombs import make_xlsx

DAY = date(2026, 12, 1)
HEADERS = [
    "Name", "الاسم الكامل", "Title", "Birth year", "Nationality", "Residence", "Languages", "Track",
    "Themes", "Roles", "Worked in", "Other networks", "Member since", "Availability",
    "Available from", "Available until", "Notice", "Availability confirmed", "E-mail", "Phone",
    "Years of experience", "Days per month", "Notes", "Bio",
]  # fmt: skip
SPICE = st.sampled_from(
    ["=1+1", "31/02/2021", "C3", "00/00/0000", "9" * 30, "1e308", "٣١/٠٢/٢٠٢١", "\u202e", "(((", "a@@b",
     "99999999999/1/1", "Q1", "1½", "½", "²", "①", "13/13/13", "-", "و", "I" * 50, "from to until 2027"]
)  # fmt: skip
CELL = st.one_of(
    st.text(max_size=60), SPICE, st.builds(lambda a, b: a + b, SPICE, st.text(max_size=5))
)
QUIET = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUIET
@given(
    st.lists(st.lists(CELL, min_size=len(HEADERS), max_size=len(HEADERS)), min_size=1, max_size=3)
)
def test_any_text_in_any_cell_is_read_or_refused_and_kept_as_found(rows: list[list[str]]) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADERS)
    writer.writerows(rows)
    content = buffer.getvalue().encode("utf-8", "surrogatepass")
    try:
        result = read_spreadsheet(content, file_name="a.csv", network="nwm", reference_day=DAY)
    except SpreadsheetRefused:
        return
    found = {row.row: row.raw for row in result.rows}
    written = list(csv.reader(io.StringIO(buffer.getvalue(), newline="")))
    if result.delimiter == "," and result.header_rows == (1,) and len(written) == len(rows) + 1:
        for number, cells in enumerate(written[1:], start=2):
            kept = {str(i + 1): cell for i, cell in enumerate(cells) if cell.strip()}
            assert found.get(number, {}) == kept
    assert result_as_json(result)["rows"] is not None


@QUIET
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for head in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"Name,Email\n"):
        try:
            read_spreadsheet(head + content, file_name="a", network="nwm", reference_day=DAY)
        except SpreadsheetRefused as refusal:
            assert refusal.code


@QUIET
@given(st.integers(0, 5000), st.binary(min_size=1, max_size=8))
def test_a_workbook_with_damaged_bytes_is_read_or_refused(place: int, bytes_: bytes) -> None:
    content = bytearray(make_xlsx("<worksheet><sheetData/></worksheet>"))
    place %= len(content)
    content[place : place + len(bytes_)] = bytes_
    try:
        read_spreadsheet(bytes(content), file_name="a", network="nwm", reference_day=DAY)
    except SpreadsheetRefused as refusal:
        assert refusal.code
