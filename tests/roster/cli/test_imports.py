"""``roster import``: a report by row, exit codes, and all rows or none whenever it is killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from roster.cli import main
from roster.db import Database
from roster.models import AuditEvent, Entry, Identity, ImportRow, Record, SpreadsheetImport
from tests.roster.services.lists import ANNA, BRITA, SPOILT, make_long_list, write_list

SECRET = "Ylq3x-9fTzW0p_7sKc2mVb8nRd4gHj6e"


@pytest.fixture
def environment(database_url: str, key_file: Path, tmp_path: Path) -> dict[str, str]:
    return {
        "ROSTER_DATABASE_URL": database_url,
        "ROSTER_KEY_FILE": str(key_file),
        "ROSTER_SECRET_KEY": SECRET,
        "ROSTER_FOLDER": str(tmp_path / "instance"),
        "ROSTER_DEMO": "",
    }


def run(environment: dict[str, str], *arguments: object) -> Result:
    return CliRunner().invoke(main, ["import", *map(str, arguments)], env=environment)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_bytes(write_list([ANNA, BRITA, SPOILT]))
    return path


def count(database: Database, *models: type) -> list[int]:
    with database.reading() as session:
        return [session.scalar(select(func.count()).select_from(model)) or 0 for model in models]


def test_a_file_is_reported_by_row_and_taken_in(
    environment: dict[str, str], file: Path, database: Database
) -> None:
    said = run(environment, file, "--network", "nwm")
    assert said.exit_code == 0, said.output
    assert said.stdout.splitlines() == [
        "error   row 4, nationalities: Not a country that we know. Found: “\u2068Zzyzxland\u2069”."
        " Choose the country or leave it empty.",
        "3 rows read: 2 ok, 1 review, 0 reject.",
        "Taken in: 2 new, 0 updated, 0 unchanged; 1 wait for a person, 0 left out.",
    ]
    assert count(database, Record) == [2]


def test_json_holds_rows_values_and_problems_as_exchanged(
    environment: dict[str, str], file: Path
) -> None:
    said = json.loads(run(environment, file, "--network", "nwm", "--format", "json").stdout)
    assert said["outcome"] == {"new": 2, "same": 0, "updated": 0, "waiting": 1, "left_out": 0}
    anna = said["rows"][0]
    assert (anna["row"], anna["import"], anna["problems"]) == (2, "ok", [])
    assert {name: anna["values"][name] for name in ("name", "birth_year", "tracks", "email")} == {
        "name": "Anna Lindqvist", "birth_year": 1961, "tracks": ["II"], "email": "anna@example.org",
    }  # fmt: skip
    carin = said["rows"][2]
    assert (carin["import"], [p["code"] for p in carin["problems"]]) == (
        "review", ["COUNTRY_UNKNOWN"],
    )  # fmt: skip


def test_a_dry_run_saves_nothing_and_reports_look_alikes(
    environment: dict[str, str], file: Path, database: Database, tmp_path: Path
) -> None:
    run(environment, file, "--network", "nwm")
    before = count(database, Record, ImportRow, AuditEvent)
    other = tmp_path / "other.csv"
    other.write_bytes(write_list([{**ANNA, "E-mail": "new@example.org"}]))
    said = run(environment, other, "--network", "nwm", "--dry-run", "--format", "json")
    (row,) = json.loads(said.stdout)["rows"]
    assert (row["import"], [p["code"] for p in row["problems"]]) == ("ok", ["DUP_SUSPECTED"])
    assert count(database, Record, ImportRow, AuditEvent) == before


def test_a_dry_run_needs_no_installation_and_makes_none(file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "nothing-here"
    nothing = {"ROSTER_SECRET_KEY": "", "ROSTER_DEMO": "", "ROSTER_DATABASE_URL": None,
               "ROSTER_FOLDER": str(folder), "ROSTER_KEY_FILE": None}  # fmt: skip
    command = ["import", str(file), "--network", "nwm", "--dry-run"]
    said = CliRunner().invoke(main, command, env=nothing)
    assert (said.exit_code, said.stdout.splitlines()[-1]) == (0, "Nothing was saved (dry run).")
    assert not folder.exists()


def test_the_day_of_judgement_can_be_chosen(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"Name,Availability,Last confirmed\nEva Moen,available,2026-11-01\n")

    def judge(at: str) -> str:
        said = run(
            environment, path, "--network", "nwm", "--dry-run", "--at", at, "--format", "json"
        )
        document = json.loads(said.stdout)
        assert document["reference_day"] == at[:10]
        return str(document["rows"][0]["values"]["availability"]["confirmed_on"])

    assert judge("2026-12-01") == judge("2027-06-01T12:00+02:00") == "2026-11-01"


REFUSED = [
    (["--network", "nobody"], "There is no network with the code nobody."),
    (["--network", "global_alliance"], "is an alliance of networks"),
    (["--network", "nwm", "--at", "soon"], "is not an instant"),
]


@pytest.mark.parametrize(("options", "words"), REFUSED)
def test_what_cannot_be_taken_ends_with_exit_code_2_in_words(
    environment: dict[str, str], file: Path, database: Database, options: list[str], words: str
) -> None:
    said = run(environment, file, *options)
    assert said.exit_code == 2
    assert words in said.stderr and not said.stdout
    assert count(database, SpreadsheetImport) == [0]


def test_a_file_that_is_no_list_ends_with_exit_code_2(
    environment: dict[str, str], tmp_path: Path
) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"%PDF-1.7")
    said = run(environment, path, "--network", "nwm")
    assert (said.exit_code, said.stdout) == (2, "")
    assert "This is not a spreadsheet." in said.stderr


def test_without_tables_it_says_what_to_do(
    environment: dict[str, str], file: Path, empty_url: str
) -> None:
    said = run({**environment, "ROSTER_DATABASE_URL": empty_url}, file, "--network", "nwm")
    assert said.exit_code == 2
    assert "roster migrate" in said.stderr


ALL_OR_NONE = (SpreadsheetImport, ImportRow, Record, Identity, Entry)
ROWS = 200
ENTRIES = 5
"""Year of birth, nationality, two languages and a track of each woman."""


@pytest.mark.slow
def test_killed_at_any_moment_all_rows_are_there_or_none(
    environment: dict[str, str], database: Database, tmp_path: Path
) -> None:
    """F3: the moments lie between the start of the writing and its end, and after a kill the same
    file is taken in twice without a double."""
    path = tmp_path / "list.csv"
    path.write_bytes(write_list(make_long_list(ROWS)[0]))
    command = [sys.executable, "-m", "roster", "import", str(path), "--network", "nwm"]
    seen = set()
    for moment in (0, 2, 5, 9):
        process = subprocess.Popen(
            command,
            env={**os.environ, **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for_writer(process, database, moment)
        process.send_signal(signal.SIGKILL)
        process.wait()
        files, rows, *people = count(database, *ALL_OR_NONE)
        assert rows == files * ROWS
        assert people == ([ROWS, ROWS, ROWS * ENTRIES] if files else [0, 0, 0])
        seen.add(people[0])
    for _ in range(2):
        assert run(environment, path, "--network", "nwm").exit_code == 0
        assert count(database, Record, Identity) == [ROWS, ROWS]
    assert 0 in seen


def wait_for_writer(process: subprocess.Popen[bytes], database: Database, moment: int) -> None:
    """Let the process get some steps of 40 ms beyond the point where it begins to write."""
    while process.poll() is None and not holds_the_head(database):
        time.sleep(0.02)
    time.sleep(moment * 0.04)


def holds_the_head(database: Database) -> bool:
    """Whether somebody else is writing now."""
    with database.engine.connect() as connection:
        if database.engine.dialect.name == "postgresql":
            held = (
                "SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = l.relation"
                " WHERE c.relname = 'ledger_head' AND l.mode = 'RowExclusiveLock'"
            )
            return bool(connection.exec_driver_sql(held).scalar())
    raw = database.engine.raw_connection()
    try:
        raw.driver_connection.execute("PRAGMA busy_timeout = 0")  # type: ignore[union-attr]
        raw.driver_connection.execute("BEGIN IMMEDIATE")  # type: ignore[union-attr]
        raw.driver_connection.execute("ROLLBACK")  # type: ignore[union-attr]
    except Exception as error:
        if "locked" not in str(error):
            raise
        return True
    finally:
        raw.invalidate()
    return False
