"""Checks of a cell's text that do not depend on its meaning: formulas, length, wrong decoding."""

import re
import unicodedata

from roster.spreadsheets.contacts import looks_like_phone
from roster.spreadsheets.encodings import repair_mojibake
from roster.spreadsheets.names import clean_text
from roster.spreadsheets.results import Problem, make_problem

#: Characters that a field may hold; far longer is a paste into the wrong cell.
LIMITS = {"notes": 4_000, "bio": 4_000, "languages": 1_000, "themes": 1_500, "roles": 1_000}
LIMITS |= {"worked_in": 1_500, "name": 300, "name.given": 200, "name.family": 200}
_USUAL_LIMIT = 500
_FORMULA = re.compile(
    r"^[=]\s*\S"  # =1+1
    r"|^@\s*\w+\s*[(!|]"  # @SUM(
    r"|^[+-]\s*(?:\w+\s*[(|!]|[\d(\"'][^a-zA-Z]*[-+*/^(])"  # +cmd|, -2+3
    r"|^[+-][=@+-]"
    r"|^[+-]\s*[A-Za-z]{1,3}\d+\s*(?:[-+*/^]|$)"  # -A1*2
)
_LONE_LETTERS = re.compile(r"^\+\s*[A-Za-z]")


def is_formula_text(text: str) -> bool:
    """Tell whether a spreadsheet would run this text: it begins with = + - @ and is no number.

    "- point", "+000 12 34" and "@handle" are no formulas.
    """
    plain = unicodedata.normalize("NFKC", text).lstrip(" \t\r\n;,\"'")
    if not plain or plain[0] not in "=+-@" or looks_like_phone(plain):
        return False
    return _FORMULA.search(plain) is not None or _LONE_LETTERS.search(plain) is not None


def check_text(text: str, field: str, column: str) -> tuple[str, list[Problem]]:
    """Return (text to be understood, problems). A repairable wrong decoding is repaired and said.

    The text is "" where it must not be understood at all: a formula, or far too long.
    """
    problems = []
    if (repaired := repair_mojibake(text)) is not None:
        note = f"reads: {repaired}"
        problems.append(make_problem("MOJIBAKE", field, column=column, found=text, note=note))
        text = repaired
    if is_formula_text(text):
        problems.append(make_problem("FORMULA_TEXT", field, column=column, found=text))
        return "", problems
    limit = LIMITS.get(field, _USUAL_LIMIT)
    if len(text) > limit:
        note = f"{len(text)} characters, at most {limit}"
        problems.append(make_problem("TEXT_TOO_LONG", field, column=column, found=text, note=note))
        return "", problems
    if "\ufffd" in text and not field.startswith("name"):
        problems.append(make_problem("LOST_CHARS", field, column=column, found=text))
    return clean_text(text).text, problems
