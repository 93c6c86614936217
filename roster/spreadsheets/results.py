"""What a reading gives: columns, rows with values and problems, and what was left out and said."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

Verdict = Literal["ok", "review", "reject"]
Severity = Literal["error", "warning", "info"]

#: Severity of each problem. Error: the value or the row is not taken without a person looking at it.
#: Warning: to be confirmed. Info: usual in such lists; the value is kept as far as it is certain.
SEVERITIES: dict[str, Severity] = {
    "BIDI_CONTROL": "error",
    "BIRTH_YEAR_IMPLAUSIBLE": "error",
    "COLUMNS_SHIFTED": "error",
    "COUNTRY_AMBIGUOUS": "error",
    "COUNTRY_UNKNOWN": "error",
    "DATE_IMPOSSIBLE": "error",
    "DUP_IN_FILE": "error",
    "EMAIL_INVALID": "error",
    "FORMULA_TEXT": "error",
    "LANG_UNKNOWN": "error",
    "LEVEL_INVALID": "error",
    "MOJIBAKE": "error",
    "NAME_EMPTY": "error",
    "NAME_LOST_CHARS": "error",
    "NOT_A_PERSON": "error",
    "STATUS_DECEASED": "error",
    "STATUS_WITHDRAWN": "error",
    "TEXT_TOO_LONG": "error",
    "TRACK_IS_DATE": "error",
    "WITHDRAWN_IN_NOTES": "error",
    "AVAIL_NO_YEAR": "warning",
    "CONTROL_CHARS": "warning",
    "DATE_AMBIGUOUS": "warning",
    "DATE_SERIAL": "warning",
    "DATE_UNREADABLE": "warning",
    "EMAIL_MULTIPLE": "warning",
    "EMAIL_SHARED": "warning",
    "INVISIBLE_CHARS": "warning",
    "LEVEL_CONFLICT": "warning",
    "LOST_CHARS": "warning",
    "NUMBER_UNREADABLE": "warning",
    "PHONE_INVALID": "warning",
    "PHONE_SHARED": "warning",
    "TRACK_UNKNOWN": "warning",
    "AVAIL_EXPIRED": "info",
    "AVAIL_PAST": "info",
    "AVAIL_UNCLEAR": "info",
    "AVAIL_UNDATED": "info",
    "DATE_PARTIAL": "info",
    "LANG_AMBIGUOUS": "error",
    "LEVEL_MISSING": "info",
    "LEVEL_UNMAPPED": "info",
    "NETWORK_UNKNOWN": "info",
    "PHONE_MULTIPLE": "info",
    "REGION_FOR_COUNTRY": "info",
    "ROLE_UNMAPPED": "info",
    "THEME_UNMAPPED": "info",
}

#: Role codes that the exchange form of the lists writes otherwise than the vocabulary.
_EXCHANGE_ROLES = {"trainer_coach": "trainer"}

#: Problems after which the row is refused as a whole.
REJECTING = frozenset(
    {
        "NAME_EMPTY",
        "NOT_A_PERSON",
        "STATUS_DECEASED",
        "STATUS_WITHDRAWN",
        "WITHDRAWN_IN_NOTES",
    }
)


@dataclass(frozen=True)
class Problem:
    """One finding: `column` is the letter (text file: number) and `found` the text as it stood.

    `rows` are the numbers of the other rows meant.
    """

    code: str
    severity: Severity
    field: str | None = None
    column: str | None = None
    found: str | None = None
    note: str | None = None
    rows: tuple[int, ...] | None = None


def make_problem(
    code: str,
    field: str | None = None,
    *,
    column: str | None = None,
    found: str | None = None,
    note: str | None = None,
    rows: tuple[int, ...] | None = None,
) -> Problem:
    """Return a problem with the severity that its code has."""
    return Problem(code, SEVERITIES[code], field, column, found, note, rows)


@dataclass(frozen=True)
class Column:
    """One column: `field` it feeds ("" = none), how sure (0..1), and its first value as a sample.

    `header` is the text of all header lines joined by " / ". A column that is left out (hidden,
    private, never collected) has the field "do_not_import" and no sample.
    """

    key: str
    header: str
    field: str
    confidence: float
    sample: str
    table: int = 1


@dataclass(frozen=True)
class Skipped:
    """Something that was seen and not read: `code`, how many, and what it was called."""

    code: str
    count: int = 1
    what: str = ""


@dataclass(frozen=True)
class ReadRow:
    """One row. `row`: on the sheet, or the record's number in a text file (the first is 1).

    `line` is the first physical line of a text record. `table` counts the tables of the file from
    1; `sheet` names the sheet. `values` has the form described in the samples' README and is empty
    where nothing can be read; `raw` is the text as found by column key.
    """

    row: int
    line: int | None
    table: int
    sheet: str | None
    verdict: Verdict
    values: Mapping[str, Any]
    raw: Mapping[str, str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class ReadResult:
    """The whole reading of one file for one network, judged on `reference_day`."""

    format: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    skipped: tuple[Skipped, ...]
    rows: tuple[ReadRow, ...]
    network: str
    reference_day: date
    date_order: str = "unknown"
    notes: tuple[str, ...] = field(default=())


def judge(problems: tuple[Problem, ...]) -> Verdict:
    """Return the verdict that a row's problems give: reject before review before ok."""
    if any(problem.code in REJECTING for problem in problems):
        return "reject"
    return "review" if any(problem.severity == "error" for problem in problems) else "ok"


def result_as_json(result: ReadResult) -> dict[str, Any]:
    """Return the reading as plain JSON values: how it was read, columns, skipped and rows.

    Each row has `row`, `line` (text files), `table`, `import`, `values` (null where nothing could
    be read) and `problems`.
    """
    return {
        "format": result.format,
        "encoding": result.encoding,
        "delimiter": result.delimiter,
        "sheet": result.sheet,
        "header_rows": list(result.header_rows),
        "network": result.network,
        "reference_day": result.reference_day.isoformat(),
        "date_order": result.date_order,
        "columns": [_drop_nothing(column.__dict__) for column in result.columns],
        "skipped": [_drop_nothing(skipped.__dict__) for skipped in result.skipped],
        "rows": [_row_as_json(row) for row in result.rows],
    }


def _row_as_json(row: ReadRow) -> dict[str, Any]:
    head: dict[str, Any] = {"row": row.row}
    if row.line is not None:
        head["line"] = row.line
    return {
        **head,
        "table": row.table,
        "sheet": row.sheet,
        "import": row.verdict,
        "values": _values_as_json(row.values),
        "problems": problems_as_json(row.problems),
    }


def problems_as_json(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems as plain JSON values, without what they do not say."""
    return [_drop_nothing(problem.__dict__) for problem in problems]


def _values_as_json(values: Mapping[str, Any]) -> dict[str, Any] | None:
    if not values:
        return None
    return {**values, "roles": [_EXCHANGE_ROLES.get(code, code) for code in values["roles"]]}


def _drop_nothing(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}
