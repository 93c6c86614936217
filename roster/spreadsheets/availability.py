"""Availability as a list states it, and what of it may be shown on the reference day."""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

from matching.terms import Terms
from roster.spreadsheets.dates import (
    ReadDate,
    fold,
    list_dates,
    list_yearless,
    names_month_without_year,
)
from roster.spreadsheets.results import Problem, make_problem
from roster.spreadsheets.word_lists import read_words

#: A confirmation older than this counts no more (product rule: an availability lives 90 days).
LIFE = timedelta(days=90)
_TIERS = ((3, "72h"), (7, "7d"), (14, "14d"), (30, "30d"))
_LONGEST_TIER = "60d"
_UNITS = {
    "hours": r"h|hrs?|hours?|heures?|ore|ora|horas?|ساعه|ساعات",
    "days": r"d|days?|j|jours?|giorni|giorno|gg|dias?|يوما?|ايام",
    "weeks": r"w|wks?|weeks?|semaines?|settiman[ae]|semanas?|اسبوعا?|اسابيع",
    "months": r"months?|mois|mes[ei]?|meses|mes|شهرا?|اشهر",
}
_DAYS = {"hours": 1 / 24, "days": 1, "weeks": 7, "months": 30}
_NUMBERS = {
    **dict.fromkeys(["one", "a", "un", "une", "uno", "una", "um", "uma"], 1),
    **dict.fromkeys(["two", "deux", "due", "dos", "dois", "duas"], 2),
    **dict.fromkeys(["three", "trois", "tre", "tres"], 3),
}
_AMOUNT = re.compile(
    rf"(?<![^\W_])(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)})\s*[-+]?\s*(?:"
    + "|".join(f"(?P<{unit}>{pattern})" for unit, pattern in _UNITS.items())
    + r")(?![^\W\d_])"
)
_ARABIC_WEEK = re.compile(r"(?P<weeks>اسبوع)|(?P<months>شهر)")


@dataclass
class ReadAvailability:
    """The values in the form of the samples' README, and problems."""

    values: dict[str, str | None]
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class AvailabilityCells:
    """What the cells of a row say, None where the list has no such column or the cell is empty."""

    text: str = ""
    start: ReadDate | None = None
    end: ReadDate | None = None
    notice: str = ""
    confirmed_on: ReadDate | None = None


def read_availability(
    terms: Terms, cells: AvailabilityCells, *, order: str, reference_day: date, column: str
) -> ReadAvailability:
    """Read a statement; nothing undated and nothing confirmed long ago counts as a status."""
    text = " ".join(cells.text.split())
    stated, start, end, said = _read_statement(terms, text, order)
    start = cells.start.value if cells.start else start
    end = cells.end.value if cells.end else end
    if stated is None and (cells.start or cells.end) and not text:
        stated = "available"
    confirmed = cells.confirmed_on.value if cells.confirmed_on else said
    values = {
        "status": "unknown",
        "stated": stated,
        "from": start,
        "to": end,
        "notice": read_notice(terms, cells.notice) if cells.notice else _find_notice(text),
        "confirmed_on": confirmed,
        "raw": cells.text,
    }
    code = _judge(terms, text, values, reference_day)
    if code is None and stated is not None:
        values["status"] = stated
    read = ReadAvailability(values)
    if code is not None:
        read.problems.append(make_problem(code, "availability", column=column, found=cells.text))
    return read


def _judge(
    terms: Terms, text: str, values: dict[str, str | None], reference_day: date
) -> str | None:
    """Return the one problem that keeps the statement from being shown, or None."""
    if values["stated"] is None:
        is_said = not text or _is_status_code(terms, text, "unknown")
        return None if is_said else "AVAIL_UNCLEAR"
    confirmed = values["confirmed_on"]
    if confirmed and _last_day(confirmed) < reference_day - LIFE:
        return "AVAIL_EXPIRED"
    if values["to"] and _last_day(values["to"]) < reference_day:
        return "AVAIL_PAST"
    if confirmed or values["from"] or values["to"]:
        return None
    return "AVAIL_NO_YEAR" if names_month_without_year(text) else "AVAIL_UNDATED"


def _is_status_code(terms: Terms, text: str, code: str) -> bool:
    match = terms.find(text, "availability_status")
    return match is not None and match.code == code and match.how in ("code", "name")


def _last_day(value: str) -> date:
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        return date(parts[0], parts[1], parts[2])
    month = parts[1] if len(parts) == 2 else 12
    return date(parts[0], month, calendar.monthrange(parts[0], month)[1])


def _read_statement(
    terms: Terms, text: str, order: str
) -> tuple[str | None, str | None, str | None, str | None]:
    """Return (stated, from, to, confirmed on) of a free text in six languages."""
    if not text:
        return None, None, None, None
    folded = fold(text)
    dates = [found for found in list_dates(text, order) if found.value]
    confirmed = [one for one in dates if _ends_with(folded[: one.start], "confirmed")]
    dates = [one for one in dates if one not in confirmed]
    stated = _find_status(terms, text, folded)
    start, end = _place_dates(folded, dates, stated)
    if stated is None and not _has_word(folded, "unclear"):
        is_dated = bool(start or end) or names_month_without_year(text)
        stated = "available" if is_dated or _find_notice(text) else None
    return stated, start, end, confirmed[0].value if confirmed else None


def _find_status(terms: Terms, text: str, folded: str) -> str | None:
    for name in ("on_assignment", "unavailable", "partly"):
        if _has_word(folded, name):
            return name
    match = terms.find(text, "availability_status")
    if match is not None:
        return None if match.code == "unknown" else match.code
    if _has_word(folded, "unclear"):
        return None
    return "available" if _has_word(folded, "available") else None


def _has_word(folded: str, name: str) -> bool:
    """Tell whether a word of the list stands in the text; words of up to three letters only alone."""
    padded = f" {_spaced(folded)} "
    alone = {_spaced(piece) for piece in re.split(r"[,;:.()\n–—]| - ", folded)}
    return any(
        word in alone if len(word) <= 3 and name != "within" else f" {word} " in padded
        for word in _words(name)
    )


def _spaced(text: str) -> str:
    return " ".join(re.sub(r"[^\w✓✔☑✗✘]+", " ", text).split())


@cache
def _words(name: str) -> tuple[str, ...]:
    return tuple(_spaced(fold(word)) for word in read_words("availability")[name])


def _place_dates(
    folded: str, dates: list[ReadDate], stated: str | None
) -> tuple[str | None, str | None]:
    """Two dates are from and to; one is what the word before it says, else the end of a mission."""
    if len(dates) >= 2:
        return dates[0].value, dates[1].value
    if not dates or dates[0].value is None:
        return None, None
    if (begun := _find_begin(folded, dates[0])) is not None:
        return begun, dates[0].value
    before = folded[: dates[0].start].rstrip(" :-–—(")
    until, since = _ends_with(before, "until"), _ends_with(before, "from")
    if until > since:
        return None, dates[0].value
    is_end = stated == "on_assignment" and not since
    return (None, dates[0].value) if is_end else (dates[0].value, None)


def _find_begin(folded: str, end: ReadDate) -> str | None:
    """ "From 1 March to 30 June 2027": the first month takes the year of the second."""
    months = [one for one in list_yearless(folded) if one[2] <= end.start]
    if not months or end.value is None:
        return None
    month, day, place = months[-1]
    between = folded[place : end.start]
    if not (_ends_with(between.rstrip(), "until") or between.strip() in ("-", "–", "—", "/")):
        return None
    parts = [int(part) for part in end.value.split("-")]
    year = parts[0] if len(parts) > 1 and month <= parts[1] else parts[0] - 1
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day and _is_day(year, month, day) else "")


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= day <= calendar.monthrange(year, month)[1]


def _ends_with(before: str, name: str) -> int:
    """Return the length of the longest word of a list with which a text ends; 0 for none."""
    plain = f" {_spaced(before)}"
    return max((len(word) for word in _words(name) if plain.endswith(f" {word}")), default=0)


def _find_notice(text: str) -> str | None:
    """Return the tier of a notice that is named inside a statement."""
    folded = fold(text)
    is_named = _has_word(folded, "notice") or _has_word(folded, "within")
    for amount, days in _list_amounts(folded):
        if is_named or folded.strip() == amount:
            return _to_tier(days)
    return None


def _list_amounts(folded: str) -> list[tuple[str, float]]:
    """Return (text, days) of each length of time: "2 weeks", "un mois", "خلال اسبوع"."""
    found = []
    for match in _AMOUNT.finditer(folded):
        unit = next(unit for unit in _UNITS if match[unit])
        count = _NUMBERS.get(match["count"]) or int(match["count"])
        found.append((match.group().strip(), count * _DAYS[unit]))
    for match in _ARABIC_WEEK.finditer(folded) if not found else ():
        found.append((match.group(), _DAYS["weeks" if match["weeks"] else "months"]))
    return found


def read_notice(terms: Terms, text: str) -> str | None:
    """Return the tier of notice that a cell of its own gives: 72h, 7d, 14d, 30d or 60d."""
    match = terms.find(text, "notice")
    if match is not None:
        return match.code
    folded = fold(text)
    if amounts := _list_amounts(folded):
        return _to_tier(amounts[0][1])
    plain = folded.strip()
    return _to_tier(int(plain)) if plain.isdecimal() and 0 < int(plain) <= 365 else None


def _to_tier(days: float) -> str:
    """The next longer tier, so that nobody is promised sooner than she said."""
    return next((tier for limit, tier in _TIERS if days <= limit), _LONGEST_TIER)
