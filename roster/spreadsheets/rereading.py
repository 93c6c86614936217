"""A list read again from what was kept of it: an office has said what its headings and words mean.

The bytes are gone by then, since they may hold what is never collected. The text of each cell that
was read is enough: it is read as a text file would be.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from roster.spreadsheets.choices import Choices
from roster.spreadsheets.columns import PlacedColumn, choose, feed_once, is_decided
from roster.spreadsheets.headers import LEFT_OUT
from roster.spreadsheets.person import Reading
from roster.spreadsheets.reading import Plan, list_columns
from roster.spreadsheets.results import Problem, ReadResult, ReadRow, Skipped, judge
from roster.spreadsheets.sheets import Sheet, read_column_name
from roster.spreadsheets.surroundings import find_orders
from roster.spreadsheets.tables import Table
from roster.vocabulary import load_vocabulary


@dataclass(frozen=True)
class KeptRow:
    """A row as it was kept: its number in the file, its text by column, its problems as JSON."""

    row: int
    raw: Mapping[str, str]
    problems: Sequence[Mapping[str, Any]]


def plan_again(summary: Mapping[str, Any], rows: Sequence[KeptRow], choices: Choices) -> Plan:
    """The reading of a list anew, by its summary and its rows in their order.

    ``summary`` is what ``result_as_json`` gives without the rows, and ``table_rows``: how many
    rows each table has.
    """
    terms = choices.speak(load_vocabulary())
    tables, readings, begun = [], [], 0
    day = date.fromisoformat(summary["reference_day"])
    for number, count in enumerate(summary["table_rows"], start=1):
        columns = [one for one in summary["columns"] if one.get("table", 1) == number]
        table = _make_table(columns, rows[begun : begun + count], choices)
        begun += count
        orders = find_orders(table, summary["date_order"])
        tables.append(table)
        readings.append(Reading(terms, summary["network"], day, orders, choices))
    return Plan(_make_head(summary, day, tables), tuple(tables), tuple(readings))


def _make_table(
    columns: Sequence[Mapping[str, Any]], rows: Sequence[KeptRow], choices: Choices
) -> Table:
    placed = [choose(_place(column), choices) for column in columns]
    placed = feed_once(placed, {one.key for one in placed if is_decided(one, choices)})
    width = max((column.index for column in placed), default=-1) + 1
    cells: list[list[str]] = []
    for kept in rows:
        cells.append([""] * width)
        for column in placed:
            cells[-1][column.index] = kept.raw.get(column.key, "")
    sheet = Sheet(name=None, cells=cells, numbers=[kept.row for kept in rows])
    return Table(sheet, (), tuple(range(len(rows))), tuple(placed))


def _place(column: Mapping[str, Any]) -> PlacedColumn:
    return PlacedColumn(
        index=read_column_name(column["key"]),
        key=column["key"],
        header=column["header"],
        field=column["field"],
        confidence=column["confidence"],
        left_out=LEFT_OUT if column["field"] == LEFT_OUT else None,
    )


def _make_head(summary: Mapping[str, Any], day: date, tables: Sequence[Table]) -> ReadResult:
    skipped = [Skipped(**one) for one in summary["skipped"] if one["code"] != "not_a_person"]
    return ReadResult(
        format=summary["format"],
        encoding=summary.get("encoding"),
        delimiter=summary.get("delimiter"),
        sheet=summary.get("sheet"),
        header_rows=tuple(summary["header_rows"]),
        columns=tuple(list_columns(tables)),
        skipped=tuple(skipped),
        rows=(),
        network=summary["network"],
        reference_day=day,
        date_order=summary["date_order"],
    )


def keep_findings(row: ReadRow, kept: KeptRow) -> ReadRow:
    """The row as read again, with what only the file itself could show: notes around the list,
    a repeated heading, a wrong number of fields."""
    problems = [_read_problem(problem) for problem in kept.problems]
    alone = [one for one in problems if _is_of_whole_row(one)]
    if alone:
        return replace(row, values={}, problems=tuple(alone), verdict=judge(tuple(alone)))
    noted = [one for one in problems if one.code == "WITHDRAWN_IN_NOTES"]
    found = (*noted, *row.problems)
    return replace(row, problems=found, verdict=judge(found))


def _is_of_whole_row(problem: Problem) -> bool:
    if problem.code == "NOT_A_PERSON":
        return problem.note == "the header again"
    return problem.code == "COLUMNS_SHIFTED" and problem.note is not None


def _read_problem(problem: Mapping[str, Any]) -> Problem:
    given = {name: problem.get(name) for name in ("field", "column", "found", "note")}
    rows = problem.get("rows")
    return Problem(
        problem["code"], problem["severity"], **given, rows=tuple(rows) if rows else None
    )
