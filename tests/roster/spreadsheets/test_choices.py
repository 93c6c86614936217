"""What an office has decided about its files is used at the next one, and never widens what is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from roster.spreadsheets import (
    Choices,
    ReadResult,
    SpreadsheetRefused,
    read_spreadsheet,
    result_as_json,
)
from roster.spreadsheets.choices import NO_CHOICES, fold
from roster.spreadsheets.crossing import Crossing, cross
from roster.spreadsheets.guesses import guess_fields, guess_meanings
from roster.spreadsheets.rereading import KeptRow, keep_findings, plan_again
from roster.spreadsheets.results import ReadRow
from roster.spreadsheets.written import guard, unguard, write_csv
from roster.vocabulary import load_vocabulary

DAY = date(2026, 11, 22)
SAMPLES = Path(__file__).parents[3] / "roster" / "demo" / "samples"
HEAD = "Full name,Languages,Themes,Nationality,Tracks,Zone of fame,Religion"
ROW = "Anna Lindqvist,French courant,gestion des oasis,Ruritania,middle ring,Kenya,none"


def read(choices: Choices = NO_CHOICES, head: str = HEAD, row: str = ROW) -> ReadResult:
    return read_spreadsheet(
        f"{head}\n{row}\n".encode(),
        file_name="l.csv",
        network="nwm",
        reference_day=DAY,
        choices=choices,
    )


def say(result: ReadResult) -> tuple[str, dict[str, object], set[str]]:
    """Verdict, the values that the choices are about, and the codes of the problems."""
    row = result.rows[0]
    wanted = ("languages", "themes", "nationalities", "tracks", "worked_in", "unmapped")
    return row.verdict, {k: row.values[k] for k in wanted}, {p.code for p in row.problems}


def test_a_decided_word_is_read_as_its_code_and_asked_no_more() -> None:
    verdict, _, codes = say(read())
    assert (verdict, codes) == (
        "review",
        {"LEVEL_UNMAPPED", "THEME_UNMAPPED", "COUNTRY_UNKNOWN", "TRACK_UNKNOWN"},
    )
    decided = Choices(
        columns={fold("Zone of fame"): "worked_in"},
        words={
            ("levels", "courant"): "C1",
            ("themes", fold("gestion des oasis")): "natural_resources",
            ("countries", "ruritania"): "NOR",
            ("tracks", "middle ring"): "II",
        },
    )
    assert say(read(decided)) == (
        "ok",
        {
            "languages": [{"code": "fra", "level": "C1"}],
            "themes": ["natural_resources"],
            "nationalities": ["NOR"],
            "tracks": ["II"],
            "worked_in": ["KEN"],
            "unmapped": {"languages": [], "themes": [], "roles": [], "countries": []},
        },
        set(),
    )


def test_a_word_that_is_to_be_left_stays_as_text_and_is_asked_no_more() -> None:
    left = Choices(
        words={("countries", "ruritania"): None, ("themes", fold("gestion des oasis")): None}
    )
    verdict, values, codes = say(read(left))
    assert verdict == "ok"
    assert values["unmapped"]["countries"] == ["Ruritania"]  # type: ignore[index]
    assert values["unmapped"]["themes"] == ["gestion des oasis"]  # type: ignore[index]
    assert codes == {"LEVEL_UNMAPPED", "TRACK_UNKNOWN"}


def test_no_decision_lets_in_what_is_never_collected() -> None:
    columns = read(Choices(columns={"religion": "notes"})).columns
    assert [c.field for c in columns if c.header == "Religion"] == ["do_not_import"]


def test_a_decided_column_feeds_a_field_before_a_recognised_one() -> None:
    head, row = "Full name,Languages,Candidate", "No. 7,French C1,Anna Lindqvist"
    chosen = read(Choices(columns={"candidate": "name"}), head, row)
    assert [(c.header, c.field) for c in chosen.columns] == [
        ("Full name", ""),
        ("Languages", "languages"),
        ("Candidate", "name"),
    ]
    assert chosen.rows[0].values["name"] == "Anna Lindqvist"


def test_a_decision_of_one_office_does_not_reach_the_next_reading() -> None:
    read(Choices(words={("themes", fold("gestion des oasis")): "natural_resources"}))
    assert read().rows[0].values["themes"] == []


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.*")), ids=lambda path: path.name)
def test_a_list_read_again_from_its_kept_text_says_the_same(path: Path) -> None:
    try:
        first = read_spreadsheet(
            path.read_bytes(), file_name=path.name, network="nwm", reference_day=DAY
        )
    except SpreadsheetRefused:
        pytest.skip("no list")
    again = read_again(first, NO_CHOICES)
    assert [
        (r.row, r.verdict, r.values, r.raw, sorted(p.code for p in r.problems)) for r in again
    ] == [
        (r.row, r.verdict, r.values, r.raw, sorted(p.code for p in r.problems)) for r in first.rows
    ]


TWO_TABLES = (
    "Members 2025\nFull name,Nationality,Member since,E-mail,Religion\n"
    "Anna Lind,Kenya,43597,a@example.org,none\nBer\u2066ta Moe,Ruritania,2019-05-12,b@example.org,x\n"
    "\nCandidates\nFull name,E-mail,Languages\nCarla Ros,c@example.org,French C1\nTotal,3,\n"
)
ARABIC = "الاسم,الجنسية,عضو منذ,سنة الميلاد\nليلى حداد,لبنان,٣١/١٢/٢٠١٨,١٩٦٦\n"


@pytest.mark.parametrize(
    "content",
    [
        TWO_TABLES.encode(),
        TWO_TABLES.encode("utf-16"),
        ARABIC.encode(),
        ARABIC.encode("utf-16-be"),
    ],
)
def test_tables_dates_and_digits_of_any_script_are_read_again_alike(content: bytes) -> None:
    first = read_spreadsheet(content, file_name="l.csv", network="nwm", reference_day=DAY)
    assert {row.verdict for row in first.rows} & {"ok"}
    assert [(r.row, r.table, r.verdict, r.values) for r in read_again(first, NO_CHOICES)] == [
        (r.row, r.table, r.verdict, r.values) for r in first.rows
    ]


def read_again(first: ReadResult, choices: Choices) -> list[ReadRow]:
    """The rows of a reading, read anew from what is kept of them."""
    document = result_as_json(first)
    kept = [
        KeptRow(row.row, row.raw, said["problems"])
        for row, said in zip(first.rows, document["rows"], strict=True)
    ]
    tables = [row.table for row in first.rows]
    summary = {**document, "table_rows": [tables.count(n) for n in range(1, max(tables) + 1)]}
    plan = plan_again(summary, kept, choices)
    rows = [keep_findings(row, was) for row, was in zip(plan.read_rows(), kept, strict=True)]
    crossing = Crossing(plan.head)
    for row in rows:
        crossing.note(row)
    found = crossing.find()
    return [cross(row, found[n]) if n in found else row for n, row in enumerate(rows)]


def test_guesses_are_offered_with_how_sure_they_are() -> None:
    terms = load_vocabulary()
    assert guess_meanings(terms, "levels", "courant") == [("C1", 0.6)]
    assert [guess.code for guess in guess_meanings(terms, "languages", "lingalla")][:1] == ["lin"]
    assert guess_meanings(terms, "themes", "zzqx") == []
    assert guess_fields("Zzqx") == []


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd|x", "@SUM(A1)", "-2+3", "＝1+1", "\t=1", ";=1", "", "Anna", "'Anna", "'=1"],
)
def test_what_is_written_out_runs_nowhere_and_is_read_back_as_it_was(text: str) -> None:
    written = guard(text)
    assert written[:1] not in {*"=+-@\t\r＝＋－＠"} or not written
    assert unguard(written) == text


@pytest.mark.parametrize("number", ["-5", "+254 700 000 000", "-1.5"])
def test_a_number_stays_a_number(number: str) -> None:
    assert write_csv([[number]]) == f"\ufeff{number}\r\n".encode()
