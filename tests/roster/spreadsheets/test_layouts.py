"""Lists with other headers, languages, encodings, separators and layouts than the five samples."""

from datetime import date, datetime
from typing import Any

import pytest

from roster.spreadsheets import ReadResult, SpreadsheetRefused, read_spreadsheet
from tests.roster.spreadsheets.written_lists import write_text, write_xls, write_xlsx

DAY = date(2026, 12, 1)


def read(content: bytes, **more: Any) -> ReadResult:
    return read_spreadsheet(content, file_name="list", network="wmc", reference_day=DAY, **more)


def fields(result: ReadResult) -> list[str]:
    return [column.field for column in result.columns]


def codes(result: ReadResult) -> list[list[str]]:
    return [sorted(problem.code for problem in row.problems) for row in result.rows]


def pick(result: ReadResult, *names: str) -> list[list[Any]]:
    return [[row.values.get(name) for name in names] for row in result.rows]


def levels(result: ReadResult) -> list[list[tuple[str, str | None]]]:
    return [[(x["code"], x["level"]) for x in row.values["languages"]] for row in result.rows]


def test_dates_are_month_first_where_one_date_proves_it_and_columns_may_be_languages() -> None:
    rows = [
        ["Last Name", "First Name", "Country", "City", "Religion", "DOB", "English", "French",
         "Mother tongue", "Email", "Date joined", "Passport No", "Available from", "Available until", "Notice"],
        ["Doe", "Jane", "Kenya", "Nairobi", "secret", "01/25/1975", "C1", "B2", "Kikuyu",
         "jane@example.org", "03/04/2020", "A123", "12/15/2026", "03/31/2027", "2 weeks"],
        ["Roe", "Ann", "Fiji", "Suva", "secret", "02/03/1980", "native", "fluent", "",
         "ann@example.org", "11/30/2021", "B9", "01/02/2027", "", ""],
    ]  # fmt: skip
    result = read(write_text(rows, ",", "utf-8"))
    assert result.date_order == "month first"
    assert pick(result, "name", "birth_year", "member_since") == [
        ["Jane Doe", 1975, "2020-03-04"],
        ["Ann Roe", 1980, "2021-11-30"],
    ]
    assert levels(result) == [
        [("eng", "C1"), ("fra", "B2"), ("kik", "native")],
        [("eng", "native"), ("fra", "unmapped")],
    ]
    availability = result.rows[0].values["availability"]
    assert [availability[key] for key in ("status", "from", "to", "notice")] == [
        "available", "2026-12-15", "2027-03-31", "14d",
    ]  # fmt: skip
    left_out = [one.what for one in result.skipped if one.code == "never_collected"]
    assert left_out == ["City", "Religion", "Passport No"]
    assert not {"Nairobi", "secret", "A123"} & {x for row in result.rows for x in row.raw.values()}


def test_an_ambiguous_date_keeps_only_the_year() -> None:
    rows = [["Name", "Email", "Member since"], ["Ann Lee", "a@example.org", "03/04/2020"]]
    result = read(write_text(rows, ",", "utf-8"))
    assert pick(result, "member_since") == [["2020"]]
    assert codes(result) == [["DATE_AMBIGUOUS"]]
    result = read(write_text([["Roster, dates as dd/mm/yyyy"], *rows], ",", "utf-8"))
    assert pick(result, "member_since") == [["2020-04-03"]]


def test_two_tables_on_a_sheet_and_a_second_roster_sheet_are_read_apart() -> None:
    content = write_xlsx(
        {
            "Roster": [
                ["Mediators A"],
                ["Name", "Nationality", "Email", "Languages"],
                ["Ann Lee", "Kenya", "ann@example.org", "English (C1)"],
                [],
                ["Mediators B"],
                ["Full name", "E-mail", "Phone", "Track", "Country"],
                ["Cara Sow", "cara@example.org", "+000 111 222", "II", "Senegal"],
                ["TOTAL", 1],
            ],
            "Europe": [
                ["Nom", "Prénom", "Pays", "Courriel", "Né(e) en"],
                ["Martin", "Zoé", "France", "zoe@example.org", 1980],
            ],
            "Contacts": [["Pays", "Point focal"], ["Gabon", "Ministère"]],
        }
    )
    result = read(content)
    assert [(row.sheet, row.table, row.row, row.verdict) for row in result.rows] == [
        ("Roster", 1, 3, "ok"),
        ("Roster", 2, 7, "ok"),
        ("Roster", 2, 8, "reject"),
        ("Europe", 3, 2, "ok"),
    ]
    assert pick(result, "name", "birth_year")[3] == ["Zoé Martin", 1980]
    assert ("other_sheet", "Contacts") in [(one.code, one.what) for one in result.skipped]


def test_tables_side_by_side_are_read_apart() -> None:
    rows = [
        ["Name", "Email", "Country", "", "Name", "Email", "Country"],
        ["Ann Bee", "a@example.org", "Kenya", "", "Cara Dee", "c@example.org", "Ghana"],
    ]
    result = read(write_text(rows, ";", "utf-8"))
    assert pick(result, "name", "nationalities") == [["Ann Bee", ["KEN"]], ["Cara Dee", ["GHA"]]]
    assert [row.table for row in result.rows] == [1, 2]


def test_two_header_lines_complete_each_other() -> None:
    content = write_xlsx(
        {
            "L": [
                ["Nom et prénoms", "Nationalité", "Disponibilité", "", "", "Courriel"],
                ["Name", "Nationality", "Status", "From", "To", "Email"],
                [
                    "Mme KONE Awa",
                    "Malienne",
                    "disponible",
                    datetime(2027, 1, 10),
                    46500,
                    "a@example.org",
                ],
            ]
        }
    )
    result = read(content)
    assert result.header_rows == (1, 2)
    assert fields(result)[2:5] == ["availability", "availability.from", "availability.to"]
    availability = result.rows[0].values["availability"]
    assert (availability["from"], availability["to"]) == ("2027-01-10", "2027-04-23")
    assert codes(result) == [["DATE_SERIAL"]]


def test_hidden_rows_columns_sheets_and_private_columns_are_said_and_not_read() -> None:
    rows = [
        ["Name", "E-mail", "Phone", "Remarks (internal use)"],
        ["Ann Lee", "a@example.org", "+000 111 222", "difficult"],
        ["Bea Poe", "b@example.org", "+000 333 444", "owes a report"],
        ["Cara Sow", "c@example.org", "+000 555 666", "x"],
    ]
    result = read(write_xlsx({"A": rows}, rows=[2], columns=[2]))
    assert pick(result, "name", "phone") == [["Ann Lee", None], ["Cara Sow", None]]
    said = {one.code: one.count for one in result.skipped}
    assert said == {"hidden_rows": 1, "hidden_column": 1, "private_column": 1}
    assert [sorted(row.raw) for row in result.rows] == [["A", "B"], ["A", "B"]]
    result = read(write_xls({"A": rows, "old": rows}, hidden=["old"]))
    assert [row.sheet for row in result.rows] == ["A", "A", "A"]
    assert ("hidden_sheet", "old") in [(one.code, one.what) for one in result.skipped]


def test_a_list_without_a_known_header_is_told_by_its_content() -> None:
    rows = [
        ["Nr", "Vollständiger Name", "Staatsangehörigkeit", "Sprachen", "Mailadresse"],
        ["1", "Ann Lee", "Kenya", "English (C1), French", "ann@example.org"],
        ["2", "Bea Poe", "Ghana", "English", "bea@example.org"],
        ["3", "Cara Sow", "Senegal", "French", "cara@example.org"],
    ]
    expected = [["Ann Lee", ["KEN"]], ["Bea Poe", ["GHA"]], ["Cara Sow", ["SEN"]]]
    with_header = read(write_text(rows, ";", "utf-8"))
    assert (with_header.header_rows, pick(with_header, "name", "nationalities")) == ((1,), expected)
    bare = read(write_text(rows[1:], ";", "utf-8"))
    assert (bare.header_rows, pick(bare, "name", "nationalities")) == ((), expected)
    assert all(column.confidence < 0.75 for column in bare.columns if column.field)


def test_a_level_column_tells_of_the_language_to_its_left() -> None:
    rows = [
        ["Name", "Language 1", "Level", "Language 2", "Level", "E-mail address"],
        ["Ann Lee", "English", "C1", "French", "courant", "ann@example.org"],
        ["Bea Poe", "Twi", "native", "", "", "bea@example.org"],
    ]
    result = read(write_text(rows, ";", "utf-8"))
    assert levels(result) == [[("eng", "C1"), ("fra", "unmapped")], [("twi", "native")]]


def test_a_mapping_given_by_a_person_wins() -> None:
    rows = [["Name", "Contact", "Remarks (internal)"], ["Ann Lee", "a@example.org", "speaks Twi"]]
    content = write_text(rows, ",", "utf-8")
    result = read(content, mapping={"2": "ignore", "3": "notes"})
    assert pick(result, "email", "notes") == [[None, "speaks Twi"]]
    with pytest.raises(SpreadsheetRefused) as refusal:
        read(content, mapping={"1": "password"})
    assert refusal.value.code == "unknown_field"


def test_a_file_without_a_list_of_people_is_refused() -> None:
    with pytest.raises(SpreadsheetRefused) as refusal:
        read(b"a letter of two lines\nand nothing like a table\n")
    assert refusal.value.code == "no_table"


def test_the_37_bad_rows_of_1000_are_named_and_no_other() -> None:
    rows = [["Name", "Nationality", "Member since", "E-mail"]]
    for number in range(1000):
        bad = number % 27 == 7
        day = "31/02/2021" if bad else f"{number % 27 + 1:02}/0{number % 9 + 1}/2021"
        name = f"{'bcdfghjklm'[number % 10]}a{number:04}".translate(
            str.maketrans("0123456789", "aeioutrnsl")
        )
        rows.append([f"Anna {name.title()}", "Kenya", day, f"p{number}@example.org"])
    expected = [place + 1 for place, row in enumerate(rows) if row[2] == "31/02/2021"]
    assert len(expected) == 37
    result = read(write_text(rows, ";", "cp1256"))
    assert [
        row.row for row in result.rows if "DATE_IMPOSSIBLE" in {p.code for p in row.problems}
    ] == expected
    assert [row.row for row in result.rows if row.verdict != "ok"] == expected
