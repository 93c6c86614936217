"""What is asked on the page of meanings: headings and words, each with what it may stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from roster.models import SpreadsheetImport
from roster.spreadsheets import FIELDS, IGNORED, LEFT_OUT
from roster.spreadsheets.choices import KINDS, fold
from roster.spreadsheets.guesses import Guess, guess_fields, guess_meanings
from roster.vocabulary import load_vocabulary
from roster.web.coordinators.import_words import FIELDS as FIELD_WORDS
from roster.wording import N_, Wording

MOST_WORDS = 100
"""Words that are asked about at once; the next come when these are decided."""
WRITTEN_KINDS = ("languages", "countries")
"""Their lists are too long to choose from: what is meant is written."""
LEAVE = "-"
"""The answer that a heading is to be passed over, or a word left as it is."""

ASKED = {
    "levels": N_("Words for a level"),
    "languages": N_("Languages"),
    "themes": N_("Themes"),
    "roles": N_("Roles held"),
    "countries": N_("Countries"),
    "tracks": N_("Tracks"),
    "networks": N_("Networks"),
}

Options = list[tuple[str, str]]


@dataclass(frozen=True)
class HeadingLine:
    """One heading: a value of it, what it is read as now, the options, a guess in words."""

    name: str
    header: str
    sample: str
    field: str
    options: Options
    guess: str


@dataclass(frozen=True)
class WordLine:
    """One word, in how many rows it stands, what may be chosen, and what was answered."""

    name: str
    asked: str
    word: str
    count: int
    options: Options
    is_written: bool
    guess: str


def count_unclear(staged: SpreadsheetImport) -> int:
    """How many headings and words of a file nobody has given a meaning yet."""
    summary = staged.summary
    headings = [c for c in summary.get("columns", []) if c["field"] == "" and fold(c["header"])]
    return len(headings) + len(summary.get("words", ())) + int(summary.get("more_words", 0))


def heading_lines(wording: Wording, summary: Mapping[str, Any]) -> list[HeadingLine]:
    """The headings of a file, those not recognised first; none that is never read."""
    columns = [c for c in summary["columns"] if c["field"] != LEFT_OUT and fold(c["header"])]
    lines = [
        HeadingLine(
            name=f"column-{number}",
            header=column["header"],
            sample=str(column.get("sample") or ""),
            field=LEAVE if column["field"] == IGNORED else column["field"],
            options=_field_options(wording, column["field"]),
            guess="" if column["field"] else _word_guesses(wording, guess_fields(column["header"])),
        )
        for number, column in enumerate(columns)
    ]
    return sorted(lines, key=lambda line: line.field != "")


def _field_options(wording: Wording, field: str) -> Options:
    named = [(code, wording.gettext(FIELD_WORDS[code])) for code in FIELDS]
    if field.startswith("languages:"):
        language = wording.term("language", field.partition(":")[2])
        named.insert(0, (field, language))
    return [(LEAVE, wording.gettext("Do not read it")), *named]


def _word_guesses(wording: Wording, guesses: list[Guess]) -> str:
    found = [
        wording.gettext(
            "%(what)s (%(percent)s)",
            what=wording.gettext(FIELD_WORDS[guess.code]),
            percent=wording.percent(guess.confidence),
        )
        for guess in guesses
    ]
    return (
        wording.gettext("Perhaps: %(guesses)s", guesses=wording.list_parts(found)) if found else ""
    )


def word_lines(wording: Wording, summary: Mapping[str, Any]) -> dict[str, list[WordLine]]:
    """The words that fit no code, by what is asked, the most frequent first."""
    lines: dict[str, list[WordLine]] = {asked: [] for asked in ASKED}
    for number, (asked, word, count) in enumerate(summary.get("words", ())[:MOST_WORDS]):
        lines[asked].append(_word_line(wording, number, asked, word, count))
    return {asked: found for asked, found in lines.items() if found}


def _word_line(wording: Wording, number: int, asked: str, word: str, count: int) -> WordLine:
    guesses = guess_meanings(load_vocabulary(), asked, word)
    is_written = asked in WRITTEN_KINDS
    codes = [guess.code for guess in guesses]
    if not is_written:
        codes += [code for code in load_vocabulary().codes(KINDS[asked]) if code not in codes]
    named = [(code, wording.term(KINDS[asked], code)) for code in codes]
    return WordLine(
        name=f"word-{number}",
        asked=asked,
        word=word,
        count=count,
        options=[(LEAVE, wording.gettext("Leave it as it is")), *named],
        is_written=is_written,
        guess=_word_codes(wording, asked, guesses),
    )


def _word_codes(wording: Wording, asked: str, guesses: list[Guess]) -> str:
    found = [
        wording.gettext(
            "%(what)s (%(percent)s)",
            what=wording.term(KINDS[asked], guess.code),
            percent=wording.percent(guess.confidence),
        )
        for guess in guesses
    ]
    return (
        wording.gettext("Perhaps: %(guesses)s", guesses=wording.list_parts(found)) if found else ""
    )
