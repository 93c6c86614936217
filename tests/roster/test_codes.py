"""Every code that a use case or form may answer with has its sentence."""

from __future__ import annotations

import re
from pathlib import Path

from roster.wording import get_wording
from roster.wording.codes import TABLES, word_code

ROSTER = Path(__file__).parents[2] / "roster"
RAISED = re.compile(
    r'(?:(?<!Spreadsheet)Refused|TooMany|flash_sentence|ValidationError)\(\s*"([a-z_]+)"|(?<!Bearer )error="([a-z_]+)"'
)
OTHERWISE = "This answer needs another look."


def list_codes() -> set[str]:
    """Codes in the sources, but those of the spreadsheets, which have a table of their own."""
    sources = (path for path in ROSTER.rglob("*.py") if "spreadsheets" not in path.parts)
    found = (RAISED.findall(path.read_text(encoding="utf-8")) for path in sources)
    return {first or second for codes in found for first, second in codes}


def test_every_code_has_its_sentence() -> None:
    worded = {code for table in TABLES for code in table}
    assert {"password_common", "required"} <= worded
    assert sorted(list_codes() - worded) == []


def test_a_sentence_takes_its_values_and_an_unknown_code_a_general_one() -> None:
    wording = get_wording("en")
    said = word_code(wording, "password_too_short", shortest=12)
    assert said == "A password needs at least 12 characters."
    assert word_code(wording, "never_heard_of") == OTHERWISE
