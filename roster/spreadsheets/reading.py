"""The whole reading: book -> plan (tables, columns) -> rows -> findings across the rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from matching.terms import Terms
from roster.spreadsheets.blocks import split_blocks
from roster.spreadsheets.choices import NO_CHOICES, Choices
from roster.spreadsheets.columns import PlacedColumn
from roster.spreadsheets.crossing import Crossing, cross
from roster.spreadsheets.hand_layouts import Layout, lay_out
from roster.spreadsheets.headers import LEFT_OUT
from roster.spreadsheets.people import read_person
from roster.spreadsheets.person import Reading
from roster.spreadsheets.refusals import SpreadsheetRefused
from roster.spreadsheets.remarks import judge_line, judge_remark
from roster.spreadsheets.results import (
    Column,
    Problem,
    ReadResult,
    ReadRow,
    Skipped,
    judge,
    make_problem,
)
from roster.spreadsheets.sheets import Book, Cell, Sheet, write_cell
from roster.spreadsheets.shifted import find_wrong_counts, is_shifted
from roster.spreadsheets.surroundings import (
    collect_notes,
    find_order_of,
    find_orders,
    join_texts,
)
from roster.spreadsheets.tables import Table, find_tables, repeats_header


@dataclass(frozen=True)
class Plan:
    """What a file holds before its rows are read: everything but the rows, and how many there are."""

    head: ReadResult
    tables: tuple[Table, ...]
    readings: tuple[Reading, ...]

    @property
    def total(self) -> int:
        """Rows below the headings, empty ones included."""
        return sum(len(table.data_places) for table in self.tables)

    def read_rows(self) -> Iterator[ReadRow]:
        """The rows one by one, so that a long file need not be held whole; judged by themselves.

        What only several rows together show is found by ``Crossing``.
        """
        for number, (table, reading) in enumerate(
            zip(self.tables, self.readings, strict=True), start=1
        ):
            yield from _read_table(table, number, reading)


def plan_reading(
    book: Book,
    *,
    network: str,
    reference_day: date,
    terms: Terms,
    mapping: Mapping[str, str] | None = None,
    choices: Choices = NO_CHOICES,
    layout: Layout | None = None,
) -> Plan:
    """Find all rosters of a book, or the one that a person has laid out.

    Raises SpreadsheetRefused("no_table") where there is none.
    """
    mapping, terms = mapping or {}, choices.speak(terms)
    if layout is not None:
        tables = lay_out(book, layout, terms, choices)
    else:
        book = replace(book, sheets=[part for sheet in book.sheets for part in split_blocks(sheet)])
        tables = _choose_tables(_find_all(book, terms, mapping, choices), bool(mapping))
    if not tables:
        raise SpreadsheetRefused("no_table")
    notes = collect_notes(book, tables)
    order = find_order_of(tables, notes)
    head = ReadResult(
        format=book.format,
        encoding=book.encoding,
        delimiter=book.delimiter,
        sheet=tables[0].sheet.name,
        header_rows=tables[0].header_rows,
        columns=tuple(list_columns(tables)),
        skipped=book.skipped + tuple(_list_skipped(book, tables)),
        rows=(),
        network=network,
        reference_day=reference_day,
        date_order=order,
        notes=tuple(notes),
    )
    readings = (
        Reading(terms, network, reference_day, find_orders(table, order), choices)
        for table in tables
    )
    return Plan(head, tuple(tables), tuple(readings))


def _find_all(
    book: Book, terms: Terms, mapping: Mapping[str, str], choices: Choices
) -> list[Table]:
    found = (
        find_tables(sheet, terms=terms, mapping=mapping, choices=choices) for sheet in book.sheets
    )
    return [table for tables in found for table in tables]


def read_book(plan: Plan) -> ReadResult:
    """Read all rows of a book, with what several of them together show."""
    rows = list(plan.read_rows())
    crossing = Crossing(plan.head)
    for row in rows:
        crossing.note(row)
    found = crossing.find()
    rows = [cross(row, found[place]) if place in found else row for place, row in enumerate(rows)]
    return replace(crossing.complete_head(), rows=tuple(rows))


def _choose_tables(tables: Sequence[Table], is_mapped: bool) -> list[Table]:
    """Keep the rosters: tables that name people and tell as much of them as the best one, by half.

    Where a person gave the mapping, a name alone is enough.
    """
    best = max((table.score for table in tables), default=0)
    if is_mapped and best == 0:
        return [table for table in tables if table.names_people and table.data_places]
    return [
        table
        for table in tables
        if table.score >= 1 and table.score * 2 >= best and table.data_places
    ]


def _read_table(table: Table, number: int, reading: Reading) -> Iterator[ReadRow]:
    sheet = table.sheet
    wanted = [column for column in table.columns if column.field != LEFT_OUT]
    wrong = find_wrong_counts(table)
    for place in table.data_places:
        raw = _list_raw(wanted, sheet.cells[place])
        if not raw:
            continue
        row = _read_row(table, wanted, place, raw, reading, has_wrong_count=place in wrong)
        yield replace(row, table=number, verdict=judge(row.problems))


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


def list_columns(tables: Sequence[Table]) -> list[Column]:
    """The columns of all tables as a reading tells of them."""
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


def _list_skipped(book: Book, tables: Sequence[Table]) -> list[Skipped]:
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
    return skipped


def _count_titles(sheet: Sheet, table: Table) -> int:
    above = sheet.cells[: table.header_places[0]] if table.header_places else []
    return sum(bool(join_texts(row)) for row in above)
