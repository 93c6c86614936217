"""``roster read-letter``: what it prints, and what it says to bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from roster.cli import main

LETTER = "We need two co-mediators for Mali from mid-January. Nobody from Chad. French of course."
FOUND = [
    ("post_count", None, 2, "must", "two"),
    ("role", "co_mediator", None, "must", "co-mediators"),
    ("country", "MLI", None, "must", "Mali"),
    ("start_date", None, "2027-01-15", "must", "from mid-January"),
    ("nationality", "TCD", None, "exclude", "Chad"),
    ("language", "fra", None, "must", "French"),
]


def run(*arguments: str, content: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["read-letter", *arguments], input=content)


def list_criteria(answer: Result) -> list[tuple[object, ...]]:
    assert answer.exit_code == 0, answer.output
    criteria = json.loads(answer.stdout)["criteria"]
    assert all(LETTER[one["start"] : one["end"]] == one["text"] for one in criteria)
    return [
        tuple(one[key] for key in ("kind", "code", "value", "force", "text")) for one in criteria
    ]


def test_a_file_and_standard_input_give_the_same_criteria(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, encoding="utf-8-sig")
    options = ("--received", "2026-11-20", "--format", "json")
    assert list_criteria(run(str(path), *options)) == FOUND
    assert list_criteria(run("-", *options, content=LETTER.encode())) == FOUND


def test_the_text_names_each_criterion_and_its_words() -> None:
    answer = run("-", "--received", "2026-11-20", content=LETTER.encode())
    assert "Nationality: Chad, keeps out. From “Chad”" in answer.stdout
    assert len(answer.stdout.splitlines()) == len(FOUND)


def test_a_letter_that_asks_for_nothing_is_no_error() -> None:
    answer = run("-", content=b"")
    assert (answer.exit_code, answer.stdout) == (0, "Nothing found in this letter.\n")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfeW\x00e", "not text in UTF-8: byte 1"),
        (b"two mediators\0", "zero byte"),
        (b"a" * 1_000_001, "larger than 1,000,000 bytes"),
    ],
)
def test_bad_input_is_refused_and_says_why(content: bytes, said: str) -> None:
    answer = run("-", content=content)
    assert answer.exit_code == 2
    assert said in answer.output


@pytest.mark.parametrize("received", ["yesterday", "2026-13-01", "20.11.2026"])
def test_the_day_of_receipt_is_a_day(received: str) -> None:
    assert run("-", "--received", received, content=LETTER.encode()).exit_code == 2


def test_a_file_that_is_not_there_is_named() -> None:
    answer = run("/nowhere/letter.txt")
    assert answer.exit_code == 2
    assert "letter.txt" in answer.output
