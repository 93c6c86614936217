"""``roster vocabulary``: the same changes as the pages make, and in force for the next command."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from roster.cli import main
from roster.db import Database
from roster.settings import Settings
from roster.vocabulary import load_shipped_vocabulary, load_vocabulary
from tests.factories import add_mediator

YOUTH = "youth"


@pytest.fixture(autouse=True)
def environment(settings: Settings, key_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROSTER_SECRET_KEY", settings.secret_key)
    monkeypatch.setenv("ROSTER_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("ROSTER_KEY_FILE", str(key_file))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["vocabulary", *arguments])


def read_line(code: str) -> list[str]:
    """How the list prints one term, without its name."""
    lines = [line.split("\t") for line in run("list", "theme").output.splitlines()]
    (found,) = [line for line in lines if line[0] == code]
    return found[2:]


def test_a_term_is_merged_retired_and_given_back(database: Database) -> None:
    with database.writing() as session:
        for _ in range(6):
            add_mediator(session, entries=[("theme", YOUTH)])
        session.commit()
    assert [read_line(YOUTH), read_line("reconciliation")] == [["5"], ["fewer than 5"]]
    assert run("merge", "theme", YOUTH, "reconciliation").exit_code == 0
    merged, kept = read_line(YOUTH), read_line("reconciliation")
    assert (merged[1].startswith("is read as"), kept) == (True, ["5"])
    assert run("part", "theme", YOUTH).exit_code == 0
    assert run("retire", "theme", YOUTH).exit_code == 0
    assert read_line(YOUTH) == ["5", "retired"]
    assert run("offer", "theme", YOUTH).exit_code == 0
    assert read_line(YOUTH) == ["5"]
    assert load_vocabulary() is load_shipped_vocabulary()


def test_what_cannot_be_is_said_in_a_sentence(database: Database) -> None:
    circle = run("merge", "theme", YOUTH, YOUTH)
    absent = run("retire", "theme", "no_such")
    assert (circle.exit_code, absent.exit_code) == (1, 1)
    assert circle.output == ("Error: The other one is read as this one. It would be a circle.\n")
    assert absent.output == "Error: There is no theme with the code no_such.\n"
    assert run("merge", "country", "KEN", "UGA").exit_code == 2
