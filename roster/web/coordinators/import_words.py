"""What the preview of an import says: columns, what was passed over, problems by row and column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from roster.models import ImportRow, SpreadsheetImport
from roster.services.imported_values import read_name
from roster.wording import N_, Wording
from roster.wording.problems import SEVERITY_SIGNS, Advice, word_problem

FIELDS = {
    "name": N_("Name"),
    "name.given": N_("Given name"),
    "name.family": N_("Family name"),
    "name_original": N_("Name, original script"),
    "title": N_("Title"),
    "birth_year": N_("Year of birth"),
    "nationalities": N_("Nationality"),
    "residence": N_("Lives in"),
    "email": N_("E-mail"),
    "phone": N_("Telephone"),
    "languages": N_("Languages"),
    "languages.native": N_("First language"),
    "languages.level": N_("Level of language"),
    "tracks": N_("Tracks"),
    "themes": N_("Themes"),
    "roles": N_("Roles held"),
    "worked_in": N_("Worked in"),
    "networks": N_("Networks"),
    "member_since": N_("Member since"),
    "availability": N_("Availability"),
    "availability.from": N_("Available from"),
    "availability.to": N_("Available to"),
    "availability.notice": N_("Notice"),
    "availability.confirmed_on": N_("Day of confirmation"),
    "experience_years": N_("Years of experience"),
    "days_per_month": N_("Days a month"),
    "antenna": N_("Antenna"),
    "notes": N_("Note of the network"),
    "bio": N_("In her words"),
    "ignore": N_("Not read"),
    "do_not_import": N_("Left out: private or never collected"),
    "": N_("Not recognised: not read"),
}

SKIPPED = {
    "hidden_sheet": N_("A hidden sheet was not read: “%(what)s”."),
    "hidden_column": N_("A hidden column was not read: “%(what)s”."),
    "hidden_rows": N_("Hidden rows were not read: %(count)s."),
    "other_sheet": N_("A sheet that is no list was not read: “%(what)s”."),
    "title_rows": N_("Title lines above the list were passed over: %(count)s."),
    "private_column": N_("A column marked private was not read: “%(what)s”."),
    "never_collected": N_("A column that is never collected was not read: “%(what)s”."),
    "not_a_person": N_("Lines that are no person (totals, notes, repeated headings): %(count)s."),
    "formulas": N_("Formulas were not run; their last value was read: %(count)s."),
    "external_links": N_("Links to other files were not followed: %(count)s."),
}
WHOLE_ROW = N_("Whole row")
CERTAIN, LIKELY = 0.95, 0.6


@dataclass(frozen=True)
class ColumnLine:
    """One column of the file: heading, what it is read as, first value, and how sure."""

    header: str
    read_as: str
    sample: str
    sign: str
    how_sure: str


def column_lines(wording: Wording, staged: SpreadsheetImport) -> list[ColumnLine]:
    """The columns as they were recognised."""
    return [_column_line(wording, column) for column in staged.summary.get("columns", [])]


def _column_line(wording: Wording, column: dict[str, object]) -> ColumnLine:
    field, confidence = str(column.get("field") or ""), float(str(column.get("confidence") or 0))
    sign, word = _certainty(field, confidence)
    return ColumnLine(
        header=str(column.get("header") or column.get("key")),
        read_as=wording.gettext(FIELDS.get(field, FIELDS[""])),
        sample=str(column.get("sample") or ""),
        sign=sign,
        how_sure=wording.gettext(word),
    )


def _certainty(field: str, confidence: float) -> tuple[str, str]:
    if field == "do_not_import":
        return "lock", N_("Left out")
    if field in {"", "ignore"}:
        return "off", N_("Not read")
    if confidence >= CERTAIN:
        return "yes", N_("Certain")
    return ("part", N_("Likely")) if confidence >= LIKELY else ("unk", N_("Please look"))


def skipped_lines(wording: Wording, staged: SpreadsheetImport) -> list[str]:
    """What was seen in the file and not read."""
    unnamed = N_("Something was not read: %(what)s (%(count)s).")
    return [
        wording.gettext(
            SKIPPED.get(str(item["code"]), unnamed),
            what=item.get("what") or item["code"],
            count=item.get("count", 1),
        )
        for item in staged.summary.get("skipped", [])
    ]


@dataclass(frozen=True)
class ProblemLine:
    """One problem with the row and column it stands in and the value as found.

    ``records`` are those of this network that the row looks like.
    """

    row: int
    column: str
    found: str
    sign: str
    severity: str
    code: str
    text: str
    advice: str
    records: tuple[int, ...] = ()


def problem_lines(
    wording: Wording, staged: SpreadsheetImport, rows: Sequence[ImportRow]
) -> list[ProblemLine]:
    """The problems of these rows."""
    headers = {
        str(column.get("key")): str(column.get("header") or column.get("key"))
        for column in staged.summary.get("columns", [])
    }
    return [
        _problem_line(wording, headers, row, problem) for row in rows for problem in row.problems
    ]


def _problem_line(
    wording: Wording, headers: Mapping[str, str], row: ImportRow, problem: Mapping[str, Any]
) -> ProblemLine:
    advice = word_problem(wording, problem["code"], {"rows": problem.get("rows")})
    column = str(problem.get("column") or "")
    return ProblemLine(
        row=row.row,
        column=headers.get(column) or _name_column(wording, problem),
        found=shorten(str(problem.get("found") or row.raw.get(column, ""))),
        sign=SEVERITY_SIGNS[problem["severity"]],
        severity=problem["severity"],
        code=problem["code"],
        text=advice.what,
        advice=advice.do,
        records=tuple(problem.get("records") or ()),
    )


LONGEST_FOUND = 200
"""Characters of a value as found that a page shows."""


def shorten(found: str) -> str:
    """A value as found, cut with a sign where it is far too long for a page."""
    return found if len(found) <= LONGEST_FOUND else f"{found[:LONGEST_FOUND]}…"


def _name_column(wording: Wording, problem: Mapping[str, Any]) -> str:
    """The field where no single column is meant, else the row as a whole."""
    return wording.gettext(FIELDS.get(str(problem.get("field") or "-"), WHOLE_ROW))


@dataclass(frozen=True)
class WaitingLine:
    """A row that waits: its questions, and the records that may be the same woman."""

    row_id: int
    row: int
    name: str
    questions: tuple[Advice, ...]
    candidates: tuple[int, ...]


def remark_lines(wording: Wording, staged: SpreadsheetImport) -> list[tuple[str, int]]:
    """What is usual in such lists, with how often it was found, the most frequent first."""
    counted = sorted(staged.summary.get("remarks", {}).items(), key=lambda one: -one[1])
    return [(word_problem(wording, code).what, count) for code, count in counted]


def word_row_problems(wording: Wording, row: ImportRow) -> str:
    """Everything that is to be corrected or confirmed in a row, in one cell of a file."""
    return "\n".join(
        f"{advice.what} {advice.do}"
        for problem in row.problems
        if problem["severity"] != "info"
        for advice in [_word_question(wording, problem)]
    )


def waiting_lines(
    wording: Wording,
    staged: SpreadsheetImport,
    rows: Sequence[ImportRow],
    candidates: Mapping[int, list[int]],
) -> list[WaitingLine]:
    """The rows of a file that was taken in which still wait for a person."""
    if staged.state != "confirmed":
        return []
    return [
        WaitingLine(
            row_id=row.id,
            row=row.row,
            name=read_name(row.values) or "",
            questions=tuple(
                _word_question(wording, problem)
                for problem in row.problems
                if problem["severity"] != "info"
            ),
            candidates=tuple(candidates.get(row.id, ())),
        )
        for row in rows
        if row.outcome == "waiting"
    ]


def _word_question(wording: Wording, problem: Mapping[str, Any]) -> Advice:
    found = shorten(str(problem.get("found") or ""))
    return word_problem(wording, problem["code"], {"found": found, "rows": problem.get("rows")})
