"""Which column feeds which field: by header, by its neighbours, and by what stands in it."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from matching.terms import Terms, normalise
from roster.spreadsheets.choices import NO_CHOICES, Choices, fold
from roster.spreadsheets.evidence import guess_field, looks_like_names, name_script
from roster.spreadsheets.headers import (
    COUNTRY_WORD,
    FIELDS,
    IGNORED,
    LEFT_OUT,
    NAME_WORD,
    SURE,
    is_never_collected,
    is_private,
    match_header,
)
from roster.spreadsheets.languages import is_language_name
from roster.spreadsheets.refusals import SpreadsheetRefused
from roster.spreadsheets.sheets import Cell, write_cell

#: Fields that several columns may feed together.
MANY = frozenset(
    {
        "nationalities",
        "languages",
        "languages.native",
        "languages.level",
        "tracks",
        "themes",
        "roles",
        "worked_in",
        "networks",
        "notes",
        "email",
        "phone",
    }
)
#: A header matched less surely than this is shown as unknown rather than guessed.
LIKELY = 0.55
LANGUAGE_PREFIX = "languages:"
_SAMPLE = 60
_STATUS_WORDS = frozenset({"status", "statut", "estado", "stato", "state", "حاله"})


@dataclass(frozen=True)
class PlacedColumn:
    """A column of one table: place on the sheet, header, field ("" unknown) and why it is left out."""

    index: int
    key: str
    header: str
    field: str
    confidence: float
    left_out: str | None = None


@dataclass(frozen=True)
class HeaderCell:
    """The header of a column: `own` is the lowest line, `group` the lines above it."""

    own: str
    group: str = ""

    @property
    def text(self) -> str:
        """All lines of the header, for people."""
        return " / ".join(part for part in (self.group, self.own) if part)


def place_columns(
    headers: Sequence[HeaderCell],
    keys: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    *,
    terms: Terms,
    hidden: frozenset[int],
    mapping: Mapping[str, str],
    choices: Choices = NO_CHOICES,
    by_content: bool = False,
) -> list[PlacedColumn]:
    """Return all columns of a table with the field that each feeds. `mapping` (key -> field) wins,
    then what the office has decided about a heading.

    `by_content`: no header is understood, so that the name, too, is told by what stands there.
    """
    check_mapping(mapping)
    placed = []
    for index, (header, key) in enumerate(zip(headers, keys, strict=True)):
        values = [row[index] for row in rows[:_SAMPLE] if write_cell(row[index]).strip()]
        column = PlacedColumn(index, key, header.text, "", 0.0)
        if key in mapping:
            placed.append(replace(column, field=mapping[key], confidence=1.0))
        elif index in hidden:
            placed.append(replace(column, field=LEFT_OUT, confidence=1.0, left_out="hidden_column"))
        else:
            placed.append(choose(_place_one(column, header, values, terms), choices))
    if by_content and not any(column.field.startswith("name") for column in placed):
        placed = _find_name(placed, rows)
    decided = {column.key for column in placed if is_decided(column, choices)}
    return _settle(placed, rows, {*mapping, *decided})


def choose(column: PlacedColumn, choices: Choices) -> PlacedColumn:
    """Return the column as the office wants it read; what may never be read stays left out."""
    if not is_decided(column, choices):
        return column
    field = choices.columns[fold(column.header)]
    return replace(column, field=field or IGNORED, confidence=1.0)


def is_decided(column: PlacedColumn, choices: Choices) -> bool:
    """Tell whether the office has said what the heading stands for."""
    return column.left_out is None and fold(column.header) in choices.columns


def _find_name(placed: list[PlacedColumn], rows: Sequence[Sequence[Cell]]) -> list[PlacedColumn]:
    """The first column of unlike texts of letters, where others are e-mails or languages."""
    if sum(bool(column.field) for column in placed) < 2:
        return placed
    for number, column in enumerate(placed):
        if not column.field and looks_like_names([row[column.index] for row in rows[:_SAMPLE]]):
            named = replace(column, field="name", confidence=0.5)
            return [*placed[:number], named, *placed[number + 1 :]]
    return placed


def check_mapping(mapping: Mapping[str, str]) -> None:
    """Refuse a mapping that names a field that does not exist."""
    for key, field in mapping.items():
        if field not in (*FIELDS, IGNORED, LEFT_OUT, ""):
            raise SpreadsheetRefused("unknown_field", column=key, field=field)


def _place_one(
    column: PlacedColumn, header: HeaderCell, values: Sequence[Cell], terms: Terms
) -> PlacedColumn:
    if is_private(header.own) or (is_private(header.group) and not match_header(header.own)):
        return replace(column, field=LEFT_OUT, confidence=1.0, left_out="private_column")
    if is_never_collected(header.own):
        return replace(column, field=LEFT_OUT, confidence=1.0, left_out="never_collected")
    field, score = _best_match(header)
    if score < SURE and (code := is_language_name(terms, header.own)):
        return replace(column, field=f"{LANGUAGE_PREFIX}{code}", confidence=0.9)
    if score >= SURE:
        return replace(column, field=field, confidence=score)
    guess, share = guess_field(terms, values)
    if guess and share >= 0.7 and guess != field:
        return replace(column, field=guess, confidence=round(0.6 * share, 2))
    if score >= LIKELY or (guess == field and score > 0):
        return replace(column, field=field, confidence=max(score, 0.7 * (guess == field)))
    return column


def _best_match(header: HeaderCell) -> tuple[str, float]:
    """A group header completes a short one: "Availability" over "From" is "availability from"."""
    own = match_header(header.own) if header.own else ()
    if header.group and normalise(header.own) in _STATUS_WORDS:
        own = match_header(header.group)
    if header.group and header.own:
        joined = match_header(f"{header.group.split(' / ')[-1]} {header.own}")
        if joined and joined[0].score >= 0.9 and (not own or joined[0].field != own[0].field):
            is_short = len(header.own) <= 12
            if not own or own[0].score < 0.9 or (is_short and joined[0].score >= 0.99):
                return joined[0].field, joined[0].score
    if not own and header.group:
        own = match_header(header.group)
    return (own[0].field, own[0].score) if own else ("", 0.0)


def _settle(
    placed: list[PlacedColumn], rows: Sequence[Sequence[Cell]], decided: Set[str]
) -> list[PlacedColumn]:
    """Resolve words that depend on the neighbours, then let one column alone feed a single field."""
    fields = {column.field for column in placed}
    for word, resolve in ((NAME_WORD, _resolve_name), (COUNTRY_WORD, _resolve_country)):
        for place, column in enumerate(placed):
            if column.field == word:
                field = resolve(column.header, fields)
                placed[place] = replace(column, field=field)
                fields.add(field)
    placed = _settle_levels(_settle_scripts(placed, rows))
    return feed_once(_settle_title(placed), decided)


def feed_once(placed: Sequence[PlacedColumn], decided: Set[str]) -> list[PlacedColumn]:
    """Let one column alone feed a single field: a decided one (by its key), else the surest."""
    best: dict[str, PlacedColumn] = {}
    for column in placed:
        kept = best.get(column.field)
        rank = (column.key in decided, column.confidence)
        if kept is None or rank > (kept.key in decided, kept.confidence):
            best[column.field] = column
    single = set(FIELDS) - MANY
    return [
        column
        if column.field not in single or best[column.field] is column
        else replace(column, field="", confidence=0.0)
        for column in placed
    ]


def _resolve_name(header: str, fields: set[str]) -> str:
    """ "Nom" beside "Prénom" is the family name, "Nome" beside "Cognome" the given name."""
    if "name.given" in fields and "name.family" not in fields:
        return "name.family"
    if "name.family" in fields and "name.given" not in fields:
        return "name.given"
    return "name"


def _resolve_country(header: str, fields: set[str]) -> str:
    if "nationalities" not in fields:
        return "nationalities"
    return "residence" if "residence" not in fields else IGNORED


def _settle_scripts(
    placed: list[PlacedColumn], rows: Sequence[Sequence[Cell]]
) -> list[PlacedColumn]:
    """A name column in Arabic script is the original name where a Latin one stands beside it."""
    names = [column for column in placed if column.field in ("name", "name_original")]
    if len(names) < 2 or len({column.field for column in names}) > 1:
        return placed
    scripts = {column.key: name_script([row[column.index] for row in rows]) for column in names}
    other = {"latin": "name", "arabic": "name_original"}
    if set(scripts.values()) != set(other):
        return placed
    return [
        replace(column, field=other[scripts[column.key]]) if column.key in scripts else column
        for column in placed
    ]


def _settle_levels(placed: list[PlacedColumn]) -> list[PlacedColumn]:
    """ "Level" tells of the language column to its left, and of nothing where there is none."""
    before = [None, *placed[:-1]]
    return [
        replace(column, field="", confidence=0.0)
        if column.field == "languages.level" and (left is None or left.field != "languages")
        else column
        for left, column in zip(before, placed, strict=True)
    ]


def _settle_title(placed: list[PlacedColumn]) -> list[PlacedColumn]:
    """ "اللقب" is a family name beside a given name and a form of address beside a full one."""
    fields = {column.field for column in placed}
    if (
        "name.family" in fields
        and "name.given" not in fields
        and fields & {"name", "name_original"}
    ):
        return [
            replace(column, field="title" if "title" not in fields else IGNORED)
            if column.field == "name.family"
            else column
            for column in placed
        ]
    return placed
