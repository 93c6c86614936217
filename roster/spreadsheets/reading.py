"""The whole reading: book -> tables -> rows -> findings across the rows of the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from matching.terms import Terms, normalise
from roster.spreadsheets.columns import PlacedColumn
from roster.spreadsheets.dates import find_order, fold
from roster.spreadsheets.headers import LEFT_OUT
from roster.spreadsheets.people import Reading, read_person
from roster.spreadsheets.refusals import SpreadsheetRefused
from roster.spreadsheets.remarks import find_withdrawn, judge_line, judge_remark
from roster.spreadsheets.results import (
    Column,
    Problem,
    ReadResult,
    ReadRow,
    Skipped,
    judge,
    make_problem,
)
from roster.spreadsheets.same_file import find_in_file
from roster.spreadsheets.sheets import Book, Cell, Sheet, write_cell
from roster.spreadsheets.shifted import find_wrong_counts, is_shifted
from roster.spreadsheets.tables import Table, find_tables, repeats_header

_DATE_FIELDS = frozenset(
    {
        "birth_year",
        "member_since",
        "availability",
        "availability.from",
        "availability.to",
        "availability.confirmed_on",
    }
)
_DAY_FIRST = (
    "dd/mm",
    "dd.mm",
    "dd-mm",
    "day/month",
    "jj/mm",
    "jour/mois",
    "gg/mm",
    "dia/mes",
    "يوم/شهر",
)
_MONTH_FIRST = ("mm/dd", "month/day", "mois/jour")


@dataclass(frozen=True)
class _Line:
    """A row of a table that is to become a ReadRow."""

    table: int
    place: int
    row: ReadRow


def read_book(
    book: Book,
    *,
    network: str,
    reference_day: date,
    terms: Terms,
    mapping: Mapping[str, str] | None = None,
) -> ReadResult:
    """Read all rosters of a book; raises SpreadsheetRefused("no_table") where there is none."""
    mapping = mapping or {}
    found = [find_tables(sheet, terms=terms, mapping=mapping) for sheet in book.sheets]
    tables = _choose_tables([table for tables in found for table in tables])
    if not tables:
        raise SpreadsheetRefused("no_table")
    notes = _collect_notes(book, tables)
    order = find_order_of(tables, notes)
    rows: list[ReadRow] = []
    for number, table in enumerate(tables, start=1):
        reading = Reading(terms, network, reference_day, _find_orders(table, order))
        rows += _read_table(table, number, reading)
    rows = _mark_withdrawn(rows, notes, tables)
    rows = find_in_file(rows)
    return ReadResult(
        format=book.format,
        encoding=book.encoding,
        delimiter=book.delimiter,
        sheet=tables[0].sheet.name,
        header_rows=tables[0].header_rows,
        columns=tuple(_list_columns(tables)),
        skipped=book.skipped + tuple(_list_skipped(book, tables, rows)),
        rows=tuple(replace(row, verdict=judge(row.problems)) for row in rows),
        network=network,
        reference_day=reference_day,
        date_order=order,
        notes=tuple(notes),
    )


def _choose_tables(tables: Sequence[Table]) -> list[Table]:
    """Keep the rosters: tables that name people and tell as much of them as the best one, by half."""
    best = max((table.score for table in tables), default=0)
    return [
        table
        for table in tables
        if table.score >= 1 and table.score * 2 >= best and table.data_places
    ]


def _collect_notes(book: Book, tables: Sequence[Table]) -> list[str]:
    """Texts around and beside the tables: other sheets, titles above the header, lines below."""
    notes = []
    for sheet in book.sheets:
        used = [table for table in tables if table.sheet is sheet]
        first = min((table.header_places[0] for table in used if table.header_places), default=None)
        last = len(sheet.cells) if first is None else first
        notes += [text for row in sheet.cells[:last] if (text := _join_texts(row))]
        notes += [
            text
            for table in used
            for place in table.data_places
            if (text := _text_of_lone_cell(table, sheet.cells[place]))
        ]
    return notes


def _join_texts(row: Sequence[Cell]) -> str:
    return " ".join(text for cell in row if (text := write_cell(cell).strip()))


def _text_of_lone_cell(table: Table, row: Sequence[Cell]) -> str:
    texts = [text for cell in row if (text := write_cell(cell).strip())]
    return texts[0] if len(texts) == 1 and len(texts[0]) > 20 else ""


def find_order_of(tables: Sequence[Table], notes: Sequence[str]) -> str:
    """Return the order of dates of the whole file: by unmistakable dates, else by what a note says."""
    texts = [
        text
        for table in tables
        for column in table.columns
        if column.field in _DATE_FIELDS
        for text in _column_texts(table, column)
    ]
    order = find_order(texts)
    if order != "unknown":
        return order
    said = fold(" ".join(notes)).replace(" ", "")
    if any(word in said for word in _DAY_FIRST):
        return "day first"
    return "month first" if any(word in said for word in _MONTH_FIRST) else "unknown"


def _find_orders(table: Table, whole: str) -> dict[str, str]:
    """The order of each column: its own dates decide before those of the file."""
    orders = {}
    for column in table.columns:
        if column.field in _DATE_FIELDS:
            own = find_order(_column_texts(table, column))
            orders[column.key] = whole if own == "unknown" else own
    return orders


def _column_texts(table: Table, column: PlacedColumn) -> list[str]:
    cells = (table.sheet.cells[place][column.index] for place in table.data_places)
    return [cell for cell in cells if isinstance(cell, str) and cell]


def _read_table(table: Table, number: int, reading: Reading) -> list[ReadRow]:
    sheet = table.sheet
    wanted = [column for column in table.columns if column.field != LEFT_OUT]
    width = len(sheet.cells[table.header_places[-1]]) if table.header_places else 0
    wrong = _find_wrong_counts(table, width)
    rows = []
    for place in table.data_places:
        raw = _list_raw(wanted, sheet.cells[place])
        if not raw:
            continue
        row = _read_row(table, wanted, place, raw, reading, has_wrong_count=place in wrong)
        rows.append(replace(row, table=number))
    return rows


def _find_wrong_counts(table: Table, width: int) -> set[int]:
    """Text files only: records whose number of fields is not that of the header."""
    counts = table.sheet.field_counts
    if counts is None or not table.header_places:
        return set()
    header = table.sheet.cells[table.header_places[-1]]
    named = max((i + 1 for i, cell in enumerate(header) if write_cell(cell).strip()), default=0)
    filled = {
        place: max(
            (i + 1 for i, cell in enumerate(table.sheet.cells[place]) if write_cell(cell)),
            default=0,
        )
        for place in table.data_places
    }
    header_count = counts[table.header_places[-1]]
    effective = {
        place: filled[place] if filled[place] > named else min(counts[place], header_count)
        for place in table.data_places
    }
    long = {place for place in table.data_places if filled[place] > header_count}
    sized = [effective.get(place, 0) for place in range(len(counts))]
    return long | find_wrong_counts(sized, table.data_places, header_count)


def _list_raw(columns: Sequence[PlacedColumn], row: Sequence[Cell]) -> dict[str, str]:
    """The text as found by column key; hidden, private and never collected columns are not read."""
    return {
        column.key: text for column in columns if (text := write_cell(row[column.index])).strip()
    }


def _read_row(
    table: Table,
    columns: Sequence[PlacedColumn],
    place: int,
    raw: dict[str, str],
    reading: Reading,
    *,
    has_wrong_count: bool,
) -> ReadRow:
    sheet, row = table.sheet, table.sheet.cells[place]
    empty = ReadRow(
        row=sheet.numbers[place],
        line=sheet.lines[place] if sheet.lines is not None else None,
        table=1,
        sheet=sheet.name,
        verdict="ok",
        values={},
        raw=raw,
        problems=(),
    )
    fields = {column.key: column.field for column in columns}
    reason = judge_line(raw, fields, repeats_header=repeats_header(table, row))
    if reason is not None:
        return replace(empty, problems=(make_problem("NOT_A_PERSON", note=reason),))
    if has_wrong_count or is_shifted(reading.terms, columns, row):
        counts = sheet.field_counts
        note = f"{counts[place]} fields" if counts is not None and has_wrong_count else None
        return replace(empty, problems=(make_problem("COLUMNS_SHIFTED", note=note),))
    used = [column for column in columns if column.field not in ("", "ignore")]
    person = read_person(used, row, reading)
    problems = person.problems + _judge_remarks(columns, raw)
    return replace(empty, values=person.values, problems=tuple(problems))


def _judge_remarks(columns: Sequence[PlacedColumn], raw: Mapping[str, str]) -> list[Problem]:
    found = [
        judge_remark(raw.get(column.key, ""), column.field or "remarks", column.key)
        for column in columns
        if column.field in ("notes", "", "ignore", "availability", "bio", "title")
        or column.field.startswith("name")
    ]
    return [problem for problem in found if problem is not None][:1]


def _mark_withdrawn(
    rows: list[ReadRow], notes: Sequence[str], tables: Sequence[Table]
) -> list[ReadRow]:
    people = [row for row in rows if row.values]
    numbers = {}
    for row in people:
        first = next(iter(row.raw.values()), "")
        for text in (first, _member_number(row, tables)):
            if text.isdigit():
                numbers.setdefault(text, row.row)
    names = {}
    for row in people:
        for name in (row.values.get("name"), row.values.get("name_original")):
            words = normalise(name or "").split()
            if len(words) > 1:
                names[" ".join(words)] = row.row
                names[" ".join([*words[1:], words[0]])] = row.row
                names[" ".join([words[-1], *words[:-1]])] = row.row
    withdrawn = find_withdrawn(
        notes, rows=[row.row for row in people], numbers=numbers, names=names
    )
    return [
        replace(row, problems=(make_problem("WITHDRAWN_IN_NOTES", note=note), *row.problems))
        if row.values and (note := withdrawn.get(row.row)) is not None
        else row
        for row in rows
    ]


def _member_number(row: ReadRow, tables: Sequence[Table]) -> str:
    """The number that the list itself gives her: the first column that feeds no field."""
    columns = tables[row.table - 1].columns
    return next(
        (
            row.raw[column.key]
            for column in columns
            if column.field == "ignore" and column.key in row.raw and row.raw[column.key].isdigit()
        ),
        "",
    )


def _list_columns(tables: Sequence[Table]) -> list[Column]:
    return [
        Column(
            key=column.key,
            header=column.header,
            field=column.field,
            confidence=round(column.confidence, 2),
            sample="" if column.field == LEFT_OUT else _sample(table, column),
            table=number,
        )
        for number, table in enumerate(tables, start=1)
        for column in table.columns
    ]


def _sample(table: Table, column: PlacedColumn) -> str:
    for place in table.data_places:
        text = write_cell(table.sheet.cells[place][column.index]).strip()
        if text:
            return text[:200]
    return ""


def _list_skipped(book: Book, tables: Sequence[Table], rows: Sequence[ReadRow]) -> list[Skipped]:
    skipped = [
        Skipped(column.left_out, 1, column.header)
        for table in tables
        for column in table.columns
        if column.left_out is not None
    ]
    for sheet in book.sheets:
        used = [table for table in tables if table.sheet is sheet]
        if not used:
            skipped.append(Skipped("other_sheet", 1, sheet.name or ""))
            continue
        if titles := _count_titles(sheet, used[0]):
            skipped.append(Skipped("title_rows", titles, sheet.name or ""))
    lines = sum(problem.code == "NOT_A_PERSON" for row in rows for problem in row.problems)
    return skipped + ([Skipped("not_a_person", lines)] if lines else [])


def _count_titles(sheet: Sheet, table: Table) -> int:
    above = sheet.cells[: table.header_places[0]] if table.header_places else []
    return sum(bool(_join_texts(row)) for row in above)
