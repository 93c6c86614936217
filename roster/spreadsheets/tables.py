"""Tables on a sheet: where the headers stand, which rows are people, what is only text around them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matching.terms import Terms, normalise
from roster.spreadsheets.choices import NO_CHOICES, Choices
from roster.spreadsheets.columns import HeaderCell, PlacedColumn, place_columns
from roster.spreadsheets.evidence import has_clear_form, looks_like
from roster.spreadsheets.headers import count_header_words
from roster.spreadsheets.sheets import Cell, Sheet, name_column, write_cell

_HEADER_SEARCH = 60
_NAME_FIELDS = frozenset({"name", "name.given", "name.family", "name_original"})
_PERSON_FIELDS = frozenset(
    {
        "email",
        "phone",
        "languages",
        "languages.native",
        "tracks",
        "themes",
        "roles",
        "nationalities",
        "residence",
        "birth_year",
        "member_since",
        "availability",
        "worked_in",
        "title",
    }
)


@dataclass(frozen=True)
class Table:
    """One table: header rows and data rows as places in `sheet.cells`, and its columns."""

    sheet: Sheet
    header_places: tuple[int, ...]
    data_places: tuple[int, ...]
    columns: tuple[PlacedColumn, ...]

    @property
    def header_rows(self) -> tuple[int, ...]:
        """The header rows as a person counts them."""
        return tuple(self.sheet.numbers[place] for place in self.header_places)

    @property
    def names_people(self) -> bool:
        """Whether a column holds names."""
        return any(column.field in _NAME_FIELDS for column in self.columns)

    @property
    def score(self) -> int:
        """How many fields of a person the table has; 0 where nobody is named."""
        fields = {column.field for column in self.columns}
        return len(fields & _PERSON_FIELDS) if self.names_people else 0


def find_tables(
    sheet: Sheet, *, terms: Terms, mapping: Mapping[str, str], choices: Choices = NO_CHOICES
) -> list[Table]:
    """Return the tables of a sheet that stand one under the other, the first header first."""
    headers = _find_headers(sheet)
    tables = []
    for number, places in enumerate(headers):
        end = len(sheet.cells)
        if number + 1 < len(headers):
            end = _before_title(sheet, headers[number + 1][0])
        data = range(places[-1] + 1, end)
        tables.append(make_table(sheet, places, data, terms, mapping, choices))
    return tables or _find_bare_table(sheet, terms, mapping, choices)


def _before_title(sheet: Sheet, header: int) -> int:
    """Return where the rows before a later header end: its title and blank lines are not theirs."""
    end = header
    while end > 0 and sum(bool(write_cell(cell).strip()) for cell in sheet.cells[end - 1]) <= 1:
        end -= 1
    return end


def _find_bare_table(
    sheet: Sheet, terms: Terms, mapping: Mapping[str, str], choices: Choices
) -> list[Table]:
    """A list without a header that is understood: columns are told by what stands in them alone."""
    counts = [sum(bool(write_cell(cell).strip()) for cell in row) for row in sheet.cells]
    first = next((i for i, count in enumerate(counts) if count * 2 >= max(counts) >= 2), None)
    if first is None:
        return []
    with_header = make_table(
        sheet,
        (first,),
        range(first + 1, len(sheet.cells)),
        terms,
        mapping,
        choices,
        by_content=True,
    )
    if not with_header.score:
        return []
    header = sheet.cells[first]
    told = [column for column in with_header.columns if has_clear_form(column.field)]
    if any(looks_like(terms, column.field, header[column.index]) for column in told):
        data = range(first, len(sheet.cells))
        return [make_table(sheet, (), data, terms, mapping, choices, by_content=True)]
    return [with_header]


def make_table(
    sheet: Sheet,
    places: tuple[int, ...],
    data: range,
    terms: Terms,
    mapping: Mapping[str, str],
    choices: Choices,
    *,
    by_content: bool = False,
) -> Table:
    """The table with its headings at ``places`` and its people at ``data``; see ``place_columns``."""
    width = max((len(row) for row in sheet.cells), default=0)
    keys = [name_column(i) if sheet.name is not None else str(i + 1) for i in range(width)]
    columns = place_columns(
        _join_headers(sheet, places, width),
        keys,
        [sheet.cells[place] for place in data],
        terms=terms,
        hidden=sheet.hidden_columns,
        mapping=mapping,
        choices=choices,
        by_content=by_content,
    )
    kept = [column for column in columns if column.header or column.field]
    return Table(sheet, places, tuple(data), tuple(kept))


def _join_headers(sheet: Sheet, places: tuple[int, ...], width: int) -> list[HeaderCell]:
    """Join header lines; a merged group header is carried to the right over the cells it covers."""
    lines = [[write_cell(cell).strip() for cell in sheet.cells[place]] for place in places]
    if not lines:
        return [HeaderCell("")] * width
    *groups, own = lines
    carried = [_carry(group) for group in groups]
    return [
        HeaderCell(own[index], " / ".join(line[index] for line in carried if line[index]))
        if own[index]
        else HeaderCell(" / ".join(line[index] for line in groups if line[index]))
        for index in range(width)
    ]


def _carry(line: Sequence[str]) -> list[str]:
    carried, last = [], ""
    for text in line:
        last = text or last
        carried.append(last)
    return carried


def _find_headers(sheet: Sheet) -> list[tuple[int, ...]]:
    """Return the header lines of each table; a later header that repeats the first begins none."""
    found: list[tuple[int, ...]] = []
    place = 0
    while place < len(sheet.cells):
        is_near = place < _HEADER_SEARCH or found
        if is_near and _is_header(sheet.cells[place], len(found)):
            places = _extend(sheet, place, is_first=not found)
            if not found or not any(_repeats(sheet, places, earlier) for earlier in found):
                found.append(places)
            place = places[-1]
        place += 1
    return found


def _is_header(row: Sequence[Cell], tables_before: int) -> bool:
    """A row is a header when most of its cells are header words; a later one needs more of them."""
    texts = [cell for cell in row if isinstance(cell, str) and cell.strip()]
    words = count_header_words(texts)
    filled = sum(bool(write_cell(cell).strip()) for cell in row)
    least = 3 if tables_before else 2
    return words >= least and words * 2 >= filled and len(texts) == filled


def _extend(sheet: Sheet, place: int, *, is_first: bool) -> tuple[int, ...]:
    """Add the line above (group headers) and the line below (translated headers)."""
    places = [place]
    above = place - 1
    is_free = is_first or (above > 0 and not any(map(write_cell, sheet.cells[above - 1])))
    if above >= 0 and is_free and _is_group_line(sheet.cells[above]):
        places.insert(0, above)
    below = place + 1
    if below < len(sheet.cells) and _is_second_line(sheet, place, below):
        places.append(below)
    return tuple(places)


def _is_group_line(row: Sequence[Cell]) -> bool:
    texts = [write_cell(cell).strip() for cell in row if write_cell(cell).strip()]
    return (
        len(texts) >= 2
        and all(len(text) <= 60 for text in texts)
        and not any(any(char.isdecimal() for char in text) for text in texts)
    )


def _is_second_line(sheet: Sheet, place: int, below: int) -> bool:
    """The line below belongs to the header when it is one, and no copy of it."""
    row = sheet.cells[below]
    if _same_line(sheet.cells[place], row):
        return False
    texts = [write_cell(cell).strip() for cell in row if write_cell(cell).strip()]
    words = count_header_words(texts)
    return words >= 2 and words * 2 >= len(texts)


def _repeats(sheet: Sheet, places: tuple[int, ...], earlier: tuple[int, ...]) -> bool:
    return any(
        _same_line(sheet.cells[place], sheet.cells[other]) for place in places for other in earlier
    )


def _same_line(one: Sequence[Cell], other: Sequence[Cell]) -> bool:
    pairs = [
        (normalise(write_cell(a)), normalise(write_cell(b)))
        for a, b in zip(one, other, strict=False)
    ]
    filled = [pair for pair in pairs if pair[0]]
    same = sum(a == b for a, b in filled)
    return len(filled) >= 2 and same >= 0.7 * len(filled)


def repeats_header(table: Table, row: Sequence[Cell]) -> bool:
    """Tell whether a data row is the header again, as after a page break."""
    return any(_same_line(row, table.sheet.cells[place]) for place in table.header_places)
