"""What the cells of a column look like, whatever its header says."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache

from matching.terms import Terms
from roster.spreadsheets.contacts import looks_like_phone
from roster.spreadsheets.dates import read_date, to_plain_digits
from roster.spreadsheets.lists_in_cells import split_list
from roster.spreadsheets.sheets import Cell, write_cell
from roster.spreadsheets.terms_in_cells import find_code, list_ambiguous
from roster.spreadsheets.tracks import find_tracks

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_FIRST_WORD = re.compile(r"[^\W\d_][^,;:/()\n–—-]*")


def looks_like(terms: Terms, field: str, cell: Cell) -> bool:
    """Tell whether a cell could stand in a column of this field; only fields of clear form."""
    return _CHECKS[field](terms, cell) if field in _CHECKS else True


def has_clear_form(field: str) -> bool:
    """Tell whether values of this field can be told from those of other fields."""
    return field in _CHECKS


def _is_email(terms: Terms, cell: Cell) -> bool:
    text = write_cell(cell)
    return "@" in text or "(at)" in text or "[at]" in text


def _is_phone(terms: Terms, cell: Cell) -> bool:
    text = write_cell(cell)
    digits = sum(char.isdecimal() for char in text)
    return 6 <= digits <= 40 and sum(char.isalpha() for char in text) <= digits


def _is_birth(terms: Terms, cell: Cell) -> bool:
    if isinstance(cell, date):
        return True
    text = to_plain_digits(write_cell(cell)).strip()
    return re.search(r"\d{4}", text) is not None and len(text) <= 30 and not looks_like_long(text)


def looks_like_long(text: str) -> bool:
    """More digits than a date has: a phone number or an identity number."""
    return sum(char.isdecimal() for char in text) > 8


def _is_date(terms: Terms, cell: Cell) -> bool:
    return read_date(cell, "unknown").code != "DATE_UNREADABLE"


def _is_countries(terms: Terms, cell: Cell) -> bool:
    return _share_known(terms, ("country", "region"), write_cell(cell))


@lru_cache(maxsize=16384)
def _share_known(terms: Terms, kinds: tuple[str, ...], text: str) -> bool:
    def knows(item: str) -> bool:
        return any(
            find_code(terms, kind, item) or list_ambiguous(terms, kind, item) for kind in kinds
        )

    items = split_list(text[:500], knows)
    return bool(items) and sum(map(knows, items)) * 2 >= len(items)


def _is_languages(terms: Terms, cell: Cell) -> bool:
    first = _FIRST_WORD.search(write_cell(cell))
    if first is None:
        return False
    words = first.group().split()
    starts = [" ".join(words[:size]) for size in range(1, min(4, len(words)) + 1)]
    return any(
        find_code(terms, "language", start) is not None
        for start in starts
        if len(start) > 3 or start.isupper() or start.islower()  # "Ann" is a name, "ann" a code
    )


def _is_tracks(terms: Terms, cell: Cell) -> bool:
    if isinstance(cell, date):
        return True
    codes, unknown = find_tracks(write_cell(cell))
    return bool(codes) and not unknown


def _is_themes(terms: Terms, cell: Cell) -> bool:
    return _share_known(terms, ("theme",), write_cell(cell))


def _is_roles(terms: Terms, cell: Cell) -> bool:
    return _share_known(terms, ("role",), write_cell(cell))


def _is_network(terms: Terms, cell: Cell) -> bool:
    return _share_known(terms, ("network",), write_cell(cell))


_CHECKS: dict[str, Callable[[Terms, Cell], bool]] = {
    "email": _is_email,
    "phone": _is_phone,
    "birth_year": _is_birth,
    "member_since": _is_date,
    "nationalities": _is_countries,
    "residence": _is_countries,
    "worked_in": _is_countries,
    "languages": _is_languages,
    "tracks": _is_tracks,
    "themes": _is_themes,
    "roles": _is_roles,
    "networks": _is_network,
    "availability.from": _is_date,
    "availability.to": _is_date,
    "availability.confirmed_on": _is_date,
}
#: Fields that content alone may propose, in this order.
_GUESSABLE = ("email", "languages", "themes", "roles", "nationalities", "networks", "phone")


def guess_field(terms: Terms, values: Sequence[Cell]) -> tuple[str | None, float]:
    """Return (field that the values look like, share of the values), or (None, 0)."""
    texts = [value for value in values if write_cell(value).strip()]
    if not texts:
        return None, 0.0
    for field in _GUESSABLE:
        share = sum(_CHECKS[field](terms, value) for value in texts) / len(texts)
        if share >= 0.6 and _is_plausible(field, texts):
            return field, share
    return None, 0.0


def _is_plausible(field: str, values: Sequence[Cell]) -> bool:
    """Bare numbers of any kind look like phone numbers: ask for a sign or a separator."""
    if field != "phone":
        return True
    return any(
        looks_like_phone(write_cell(value)) and re.search(r"^\s*(\+|00|\()", write_cell(value))
        for value in values
    )


def name_script(values: Sequence[Cell]) -> str:
    """Return "arabic", "latin" or "" by the script of most values."""
    texts = [write_cell(value) for value in values if write_cell(value).strip()]
    arabic = sum(_ARABIC.search(text) is not None for text in texts)
    return "" if not texts else "arabic" if arabic * 2 > len(texts) else "latin"


def looks_like_names(values: Sequence[Cell]) -> bool:
    """Tell whether a column could hold names: two to six words of letters, hardly any twice."""
    texts = [text for value in values if (text := write_cell(value).strip())]
    fit = [text for text in texts if 2 <= len(text.split()) <= 6 and len(text) <= 80]
    fit = [text for text in fit if not any(char.isdecimal() or char in "@/;:" for char in text)]
    return len(texts) >= 2 and len(fit) >= 0.8 * len(texts) and len(set(fit)) >= 0.9 * len(fit)
