"""One row of a table -> the values of one woman and the problems found on the way."""

from collections.abc import Callable, Sequence

from roster.spreadsheets.availability import AvailabilityCells, read_availability
from roster.spreadsheets.checks import check_text
from roster.spreadsheets.columns import LANGUAGE_PREFIX, PlacedColumn
from roster.spreadsheets.contacts import read_email, read_phone
from roster.spreadsheets.dates import ReadDate, read_date, to_plain_digits
from roster.spreadsheets.languages import read_languages
from roster.spreadsheets.person import FieldCells, Person, Reading
from roster.spreadsheets.person_identity import read_birth_year, read_names
from roster.spreadsheets.results import Problem, make_problem
from roster.spreadsheets.sheets import Cell, write_cell
from roster.spreadsheets.terms_in_cells import read_countries, read_networks, read_words
from roster.spreadsheets.tracks import read_tracks
from roster.spreadsheets.word_lists import is_blank
from roster.spreadsheets.written import unguard

_TEXT_FIELDS = ("antenna", "notes", "bio")
_KEEPS_BLANKS = ("availability",)


def read_person(columns: Sequence[PlacedColumn], row: Sequence[Cell], reading: Reading) -> Person:
    """Read one row. Every cell is checked as text first; one bad cell loses no other value."""
    person = Person(reading, unmapped={key: [] for key in _UNMAPPED})
    cells: dict[str, list[tuple[str, Cell, str]]] = {}
    last = ""
    for column in columns:
        cell = row[column.index]
        text, problems = _check(column, cell)
        person.add(problems)
        if text and column.field == "languages.level" and last == "languages":
            key, language, name = cells["languages"].pop()
            cells["languages"].append((key, language, f"{name} ({text})"))
        elif text:
            cells.setdefault(column.field, []).append((column.key, cell, text))
        last = column.field if text else ""
    for read in _READERS:
        read(person, cells, {column.field for column in columns})
    choices = reading.choices
    person.problems = [problem for problem in person.problems if not choices.settles(problem)]
    person.values["unmapped"] = {
        key: words for key, words in person.unmapped.items() if words or key in _ALWAYS
    }
    return person


_ALWAYS = ("languages", "themes", "roles", "countries")
_UNMAPPED = (*_ALWAYS, "tracks", "networks")


def _check(column: PlacedColumn, cell: Cell) -> tuple[str, list[Problem]]:
    text = write_cell(cell).strip()
    if not text or (is_blank(text) and column.field not in _KEEPS_BLANKS):
        return "", []
    if not isinstance(cell, str):
        return text, []
    cell = unguard(cell)
    checked, problems = check_text(cell, column.field, column.key)
    is_name = column.field.startswith("name")
    is_long = any(problem.code == "TEXT_TOO_LONG" for problem in problems)
    is_repaired = any(problem.code == "MOJIBAKE" for problem in problems)
    return (cell.strip() if is_name and not is_long and not is_repaired else checked), problems


def _read_countries(person: Person, cells: FieldCells, fields: set[str]) -> None:
    for field_name in ("nationalities", "residence", "worked_in"):
        codes: list[str] = []
        for key, _, text in cells.get(field_name, ()):
            read = read_countries(person.reading.terms, text, field_name, key)
            codes += [code for code in read.codes if code not in codes]
            person.unmapped["countries"] += read.unmapped
            person.add(read.problems)
        person.values[field_name] = codes
    residence = person.values["residence"]
    person.values["residence"] = residence[0] if residence else None


def _read_languages(person: Person, cells: FieldCells, fields: set[str]) -> None:
    found: dict[str, dict[str, str | None]] = {}
    for field_name in cells:
        header_level = "native" if field_name == "languages.native" else None
        for key, _, text in cells[field_name]:
            if field_name.startswith(LANGUAGE_PREFIX):
                text = f"{field_name.removeprefix(LANGUAGE_PREFIX)} ({text})"
            elif field_name not in ("languages", "languages.native"):
                continue
            read = read_languages(person.reading.terms, text, key, level=header_level)
            for language in read.languages:
                _merge_language(found, language)
            person.unmapped["languages"] += read.unmapped
            person.add(read.problems)
    person.values["languages"] = list(found.values())


def _merge_language(
    found: dict[str, dict[str, str | None]], language: dict[str, str | None]
) -> None:
    code = str(language["code"])
    if code not in found or found[code]["level"] is None:
        found[code] = language


def _read_tracks(person: Person, cells: FieldCells, fields: set[str]) -> None:
    tracks: list[str] = []
    for key, cell, text in cells.get("tracks", ()):
        own = person.reading.terms.find(text, "track")
        if own is not None and own.how == "own":
            tracks += [own.code] if own.code not in tracks else []
            continue
        codes, unknown, problems = read_tracks(cell if not isinstance(cell, str) else text, key)
        tracks += [code for code in codes if code not in tracks]
        person.unmapped["tracks"] += unknown
        person.add(problems)
    person.values["tracks"] = tracks


def _read_vocabulary(person: Person, cells: FieldCells, fields: set[str]) -> None:
    for field_name, kind in (("themes", "theme"), ("roles", "role")):
        codes: list[str] = []
        for key, _, text in cells.get(field_name, ()):
            read = read_words(person.reading.terms, kind, text, field_name, key)
            codes += [code for code in read.codes if code not in codes]
            person.unmapped[field_name] += read.unmapped
            person.add(read.problems)
        person.values[field_name] = codes


def _read_networks(person: Person, cells: FieldCells, fields: set[str]) -> None:
    codes = [person.reading.network]
    for key, _, text in cells.get("networks", ()):
        read = read_networks(person.reading.terms, text, key)
        codes += [code for code in read.codes if code not in codes]
        person.unmapped["networks"] += read.unmapped
        person.add(read.problems)
    person.values["networks"] = codes


def _read_day(person: Person, cells: FieldCells, field_name: str) -> ReadDate | None:
    for key, cell, text in cells.get(field_name, ()):
        order = person.reading.orders.get(key, "unknown")
        read = read_date(cell if not isinstance(cell, str) else text, order)
        if read.code is not None:
            person.add([make_problem(read.code, field_name, column=key, found=text)])
        return read
    return None


def _read_member_since(person: Person, cells: FieldCells, fields: set[str]) -> None:
    read = _read_day(person, cells, "member_since")
    person.values["member_since"] = read.value if read else None


def _read_availability(person: Person, cells: FieldCells, fields: set[str]) -> None:
    key, _, text = next(iter(cells.get("availability", ())), ("", None, ""))
    parts = AvailabilityCells(
        text=text,
        start=_read_day(person, cells, "availability.from"),
        end=_read_day(person, cells, "availability.to"),
        notice=next((found for _, _, found in cells.get("availability.notice", ())), ""),
        confirmed_on=_read_day(person, cells, "availability.confirmed_on"),
    )
    read = read_availability(
        person.reading.terms,
        parts,
        order=person.reading.orders.get(key, "unknown"),
        reference_day=person.reading.reference_day,
        column=key,
    )
    person.values["availability"] = read.values
    person.add(read.problems)


def _read_contacts(person: Person, cells: FieldCells, fields: set[str]) -> None:
    for field_name, read in (("email", read_email), ("phone", read_phone)):
        person.values[field_name] = None
        for key, _, text in cells.get(field_name, ()):
            value, problems = read(text, key)
            person.values[field_name] = person.values[field_name] or value
            person.add(problems)


def _read_numbers(person: Person, cells: FieldCells, fields: set[str]) -> None:
    for field_name in ("experience_years", "days_per_month"):
        if field_name not in fields:
            continue
        person.values[field_name] = None
        for key, _, text in cells.get(field_name, ()):
            number = _read_number(text)
            person.values[field_name] = number
            if number is None:
                person.add([make_problem("NUMBER_UNREADABLE", field_name, column=key, found=text)])


def _read_number(text: str) -> float | int | None:
    try:
        number = float(to_plain_digits(text).replace(",", ".").strip(" +~<>"))
    except ValueError:
        return None
    if not 0 <= number <= 100:
        return None
    return int(number) if number.is_integer() else number


def _read_texts(person: Person, cells: FieldCells, fields: set[str]) -> None:
    for field_name in _TEXT_FIELDS:
        if cells.get(field_name):
            texts = [text for _, _, text in cells[field_name]]
            person.values[field_name] = "\n".join(texts)


_READERS: tuple[Callable[[Person, FieldCells, set[str]], None], ...] = (
    read_names,
    read_birth_year,
    _read_countries,
    _read_languages,
    _read_tracks,
    _read_vocabulary,
    _read_networks,
    _read_member_since,
    _read_availability,
    _read_contacts,
    _read_numbers,
    _read_texts,
)
