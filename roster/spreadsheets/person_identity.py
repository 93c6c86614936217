"""Name, title and birth year of one row."""

from roster.spreadsheets.dates import read_date, to_plain_digits
from roster.spreadsheets.names import clean_text, has_lost_characters, split_scripts, split_title
from roster.spreadsheets.person import FieldCells, Person, Reading
from roster.spreadsheets.results import make_problem
from roster.spreadsheets.sheets import Cell

#: Ages between which a birth year is believed.
YOUNGEST, OLDEST = 16, 100


def read_names(person: Person, cells: FieldCells, fields: set[str]) -> None:
    """Read name, name in Arabic script and title, as written and cleaned; NAME_EMPTY without one."""
    given, family = (
        _clean_name(person, cells, "name.given"),
        _clean_name(person, cells, "name.family"),
    )
    whole, original = (
        _clean_name(person, cells, "name"),
        _clean_name(person, cells, "name_original"),
    )
    title, whole = split_title(whole)
    original_title, original = split_title(original)
    given_title, given = split_title(given)
    joined = " ".join(part for part in (given, family) if part)
    latin, arabic = split_scripts(whole or joined)
    other_latin, other_arabic = split_scripts(original)
    if any(problem.code == "BIDI_CONTROL" for problem in person.problems):
        person.problems = [one for one in person.problems if one.code != "INVISIBLE_CHARS"]
    person.values["name"] = latin or other_latin
    person.values["name_original"] = other_arabic or (arabic if arabic != latin else None)
    stated = " ".join(text for _, _, text in cells.get("title", ()))
    person.values["title"] = stated or title or given_title or original_title
    if person.values["name"] is None and person.values["name_original"] is None:
        person.add([make_problem("NAME_EMPTY", "name")])


def _clean_name(person: Person, cells: FieldCells, field_name: str) -> str:
    """Return the cleaned text of the name columns of one field, and say what was removed."""
    parts = []
    for key, _, text in cells.get(field_name, ()):
        clean = clean_text(text)
        codes = ["BIDI_CONTROL"] if "BIDI_CONTROL" in clean.codes else list(clean.codes)
        if has_lost_characters(clean.text):
            codes.append("NAME_LOST_CHARS")
        for code in codes:
            note = clean.notes.get(code)
            person.add([make_problem(code, "name", column=key, found=text, note=note)])
        parts.append(" ".join(clean.text.split()))
    return " ".join(part for part in parts if part)


def read_birth_year(person: Person, cells: FieldCells, fields: set[str]) -> None:
    """Read the year of birth from a year or a date; an implausible one is not taken."""
    person.values["birth_year"] = None
    for key, cell, text in cells.get("birth_year", ()):
        year, code = _find_birth_year(cell, text, person.reading, key)
        person.values["birth_year"] = year
        if code is not None:
            person.add([make_problem(code, "birth_year", column=key, found=text)])


def _find_birth_year(
    cell: Cell, text: str, reading: Reading, key: str
) -> tuple[int | None, str | None]:
    latest = reading.reference_day.year - YOUNGEST
    years = range(reading.reference_day.year - OLDEST, latest + 1)
    plain = to_plain_digits(text).strip()
    if plain.isdecimal() and not (len(plain) == 5 and not isinstance(cell, str)):
        year = int(plain) if len(plain) == 4 else 0
        return (year, None) if year in years else (None, "BIRTH_YEAR_IMPLAUSIBLE")
    read = read_date(
        cell if not isinstance(cell, str) else text, reading.orders.get(key, "unknown")
    )
    if read.value is None:
        return None, read.code
    year = int(read.value[:4])
    code = "DATE_SERIAL" if read.code == "DATE_SERIAL" else None
    return (year, code) if year in years else (None, "BIRTH_YEAR_IMPLAUSIBLE")
