"""Dates as they stand in lists: days, months or years, in six languages, with digits of any script."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache

from roster.spreadsheets.sheets import Cell
from roster.spreadsheets.word_lists import read_words

_SPREADSHEET_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 60_000)  # 1954 to 2064
_YEARS = range(1900, 2101)
_SPLIT = r"\s*([/.\-–\s])\s*"
_AGAIN = r"\s*\2\s*"
_YEAR_FIRST = re.compile(
    rf"(?<!\d)(\d{{4}}){_SPLIT}(\d{{1,2}}){_AGAIN}(\d{{1,2}})(?!\d)(?:[T ]\d\d:\d\d.*)?"
)
_YEAR_LAST = re.compile(rf"(?<!\d)(\d{{1,2}}){_SPLIT}(\d{{1,2}}){_AGAIN}(\d{{4}}|\d\d)(?!\d)")
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_YEAR_MONTH = re.compile(r"(?<!\d)(\d{4})\s*[/.\-]\s*(\d{1,2})(?!\d)")
_MONTH_YEAR = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{4})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_WORD_DATE = re.compile(
    r"(?:(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|ª|°|\.)?\s*[-/ ]?\s*(?:of |de |d['’ ]|من )?\s*)?"
    r"(?<![^\W\d_])(MONTH)\.?(?![^\W\d_])"
    r"(?:\s+(\d{1,2})(?:st|nd|rd|th)?(?=\s*,\s*\d{4}|\s+\d{4}))?"
    r"\s*[-/,' ]*\s*(?:of |de |del |d['’]|do |عام )?\s*((?:19|20)\d\d(?!\d)|(?<=['\-/ ])\d\d(?![\d:]))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ReadDate:
    """A date found: `value` YYYY-MM-DD, YYYY-MM or YYYY, or None; `code` of a problem; place in text."""

    value: str | None
    code: str | None = None
    start: int = 0
    end: int = 0


def to_plain_digits(text: str) -> str:
    """Replace the digits of any script by 0-9, and Arabic separators by plain ones."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() and not char.isascii() else char
        for char in text
    ).replace("٫", ".")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Bring a text into the form in which words of dates and availability are compared.

    Plain digits, no case, no accents or vowel signs, alef and taa marbuta forms unified. Places of
    dates are given in this form.
    """
    if text.isascii():
        return text.lower()
    return "".join(_fold_letter(char) for char in to_plain_digits(text))


@cache
def _fold_letter(char: str) -> str:
    if "\u064b" <= char <= "\u0652" or char == "\u0640":
        return ""
    base = unicodedata.normalize("NFD", char)[0].lower()
    return {"أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه"}.get(base, base)


@cache
def _months() -> dict[str, int]:
    return {
        fold(word): number
        for number, name in enumerate(read_words("dates")["order"], start=1)
        for word in read_words("dates")[name]
    }


@cache
def _word_date() -> re.Pattern[str]:
    names = sorted(_months(), key=len, reverse=True)
    pattern = _WORD_DATE.pattern.replace("MONTH", "|".join(re.escape(name) for name in names))
    return re.compile(pattern, re.IGNORECASE)


def find_order(texts: list[str]) -> str:
    """Return "day first", "month first", "mixed" or "unknown" as the unmistakable dates tell."""
    day_first = month_first = False
    for text in texts:
        for first, _, second, _ in _YEAR_LAST.findall(to_plain_digits(text)):
            day_first |= int(first) > 12 >= int(second)
            month_first |= int(second) > 12 >= int(first)
    if day_first and month_first:
        return "mixed"
    return "day first" if day_first else "month first" if month_first else "unknown"


def read_date(cell: Cell, order: str) -> ReadDate:
    """Read a cell that should hold one date. `order` as find_order tells.

    Codes: DATE_PARTIAL, DATE_SERIAL, DATE_IMPOSSIBLE, DATE_AMBIGUOUS (only the year is certain),
    DATE_UNREADABLE.
    """
    if isinstance(cell, datetime):
        return ReadDate(cell.date().isoformat())
    if isinstance(cell, date):
        return ReadDate(cell.isoformat())
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _read_number(float(cell))
    text = fold(str(cell)).strip()
    if iso := _ISO.fullmatch(text):
        return _make_day(int(iso[1]), int(iso[2]), int(iso[3]), iso)
    if re.fullmatch(r"\d{4,5}(\.0+)?", text):
        return _read_number(float(text))
    found = list_dates(str(cell), order)
    return found[0] if found else ReadDate(None, "DATE_UNREADABLE")


def _read_number(number: float) -> ReadDate:
    if number != number or abs(number) > 1e9:
        return ReadDate(None, "DATE_UNREADABLE")
    if number.is_integer() and int(number) in _YEARS:
        return ReadDate(f"{int(number)}", "DATE_PARTIAL")
    if int(number) in _SERIALS:
        day = _SPREADSHEET_EPOCH + timedelta(days=int(number))
        return ReadDate(day.isoformat(), "DATE_SERIAL")
    compact = _COMPACT.fullmatch(str(int(number)))
    return _make_compact(compact, "") if compact else ReadDate(None, "DATE_UNREADABLE")


def list_dates(text: str, order: str) -> list[ReadDate]:
    """Return all dates of a text in their order, each with its place in the folded text."""
    rest = fold(text)
    found: list[ReadDate] = []
    for pattern, make in _READERS:
        compiled = _word_date() if pattern is _WORD_DATE else pattern
        for match in compiled.finditer(rest):
            if (read := make(match, order)) is not None:
                found.append(read)
        for read in found:
            rest = rest[: read.start] + "\x00" * (read.end - read.start) + rest[read.end :]
    return sorted(found, key=lambda read: read.start)


def list_yearless(text: str) -> list[tuple[int, int | None, int]]:
    """Return (month, day or None, end in the folded text) of each month that is named without a year."""
    return [
        (_months()[match[2].lower()], int(match[1] or match[3] or 0) or None, match.end())
        for match in _word_date().finditer(fold(text))
        if match[4] is None
    ]


def _make_day(year: int, month: int, day: int, match: re.Match[str]) -> ReadDate:
    start, end = match.span()
    try:
        return ReadDate(date(_full_year(year), month, day).isoformat(), None, start, end)
    except ValueError:
        return ReadDate(None, "DATE_IMPOSSIBLE", start, end)


def _full_year(year: int) -> int:
    """Two digits: 00-49 are 20xx, 50-99 are 19xx."""
    return year if year >= 100 else year + (2000 if year < 50 else 1900)


def _make_month(year: int, month: int, match: re.Match[str]) -> ReadDate:
    start, end = match.span()
    if not 1 <= month <= 12:
        return ReadDate(None, "DATE_IMPOSSIBLE", start, end)
    return ReadDate(f"{_full_year(year):04}-{month:02}", "DATE_PARTIAL", start, end)


def _make_year_first(match: re.Match[str], order: str) -> ReadDate:
    year, month, day = (int(match[place]) for place in (1, 3, 4))
    return _make_day(year, month, day, match)


def _make_year_last(match: re.Match[str], order: str) -> ReadDate:
    first, second, year = (int(match[place]) for place in (1, 3, 4))
    if order == "month first" and not (first > 12 >= second):
        return _make_day(year, first, second, match)
    if second > 12 >= first and order != "day first":
        return _make_day(year, first, second, match)
    if order in ("unknown", "mixed") and first <= 12 and second <= 12 and first != second:
        return ReadDate(f"{_full_year(year)}", "DATE_AMBIGUOUS", *match.span())
    return _make_day(year, second, first, match)


def _make_word_date(match: re.Match[str], order: str) -> ReadDate | None:
    before, name, after, year = match.groups()
    if year is None:
        return None
    month = _months()[name.lower()]
    if before or after:
        return _make_day(int(year), month, int(before or after), match)
    return _make_month(int(year), month, match)


def _make_year_month(match: re.Match[str], order: str) -> ReadDate:
    return _make_month(int(match[1]), int(match[2]), match)


def _make_month_year(match: re.Match[str], order: str) -> ReadDate:
    return _make_month(int(match[2]), int(match[1]), match)


def _make_compact(match: re.Match[str], order: str) -> ReadDate:
    return _make_day(int(match[1]), int(match[2]), int(match[3]), match)


def _make_year(match: re.Match[str], order: str) -> ReadDate:
    return ReadDate(match[1], "DATE_PARTIAL", *match.span())


_READERS = (
    (_YEAR_FIRST, _make_year_first),
    (_YEAR_LAST, _make_year_last),
    (_WORD_DATE, _make_word_date),
    (_YEAR_MONTH, _make_year_month),
    (_MONTH_YEAR, _make_month_year),
    (_COMPACT, _make_compact),
    (_YEAR, _make_year),
)


def names_month_without_year(text: str) -> bool:
    """Tell whether a text names a month, a season or a feast but no year ("from March")."""
    folded = fold(text)
    if _YEAR.search(folded):
        return False
    words = set(re.findall(r"[^\W\d_]+", folded))
    seasons = {fold(word) for word in read_words("dates")["without_year"]}
    months = {name for name in _months() if len(name) > 3 or name in ("may", "mai")}
    return bool(words & (months | seasons)) or any(name in folded for name in months if " " in name)
