"""Days: absolute ones, and those that are relative to the day on which the letter was received."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from matching.letters.numbers import read_number
from matching.letters.sentences import Finding, Sentence
from matching.letters.weeks_ahead import find_day_ahead

CERTAIN, LIKELY, LOOSE, DOUBTFUL, AMBIGUOUS = 0.95, 0.85, 0.7, 0.5, 0.4
_NUMERIC = re.compile(r"(\d{1,4})-(\d{1,2})-(\d{2,4})")
#: A letter asks for work in the years to come, not later.
FURTHEST_YEARS = 10


@dataclass(frozen=True)
class ReadDate:
    """A day read from words first..last; `until` is set where the words name a span (a quarter)."""

    first: int
    last: int
    day: date
    confidence: float
    until: date | None = None
    has_year: bool = False
    is_bare_weekday: bool = False


def find_dates(sentence: Sentence, received: date) -> list[Finding]:
    """Return start and end dates; a day that nothing ties to the work asked for is left out."""
    dates = list(_read_dates(sentence, received))
    for one in dates:
        sentence.take(one.first, one.last)
    if sentence.has("reply") and not (sentence.has("begins") or sentence.has("lasting")):
        return []
    findings: list[Finding] = []
    for one in dates:
        if one.day >= received:
            findings.extend(_judge(sentence, one, dates))
    return findings


def _judge(sentence: Sentence, one: ReadDate, dates: list[ReadDate]) -> Iterator[Finding]:
    place = _skip_small(sentence, one.first)
    if one.until is None and _is_span(sentence, one, dates):
        yield _make("start_date" if one is dates[0] else "end_date", one.first, one, one.day)
        return
    reach = [other for other in dates if other.last < one.first]
    if one.until is not None:
        yield _make("start_date", one.first, one, one.day)
        yield _make("end_date", one.first, one, one.until)
        return
    mark = sentence.before("until", one.first) or sentence.before("until", place)
    start = sentence.before("from", one.first) or sentence.before("from", place)
    if mark is not None and not reach and _is_short(sentence, mark.first):
        mark = None if _judge_by_verb(sentence, one) == "start_date" else mark
    if mark is not None and (start is None or start.first > mark.first or reach):
        is_plain = mark.first == mark.last and sentence.is_in("and", mark.last)
        if not (is_plain or _is_bare_until(sentence, mark.first)) or reach:
            yield _make("end_date", mark.first, one, one.day)
            return
    if start is not None:
        yield _make("start_date", start.first, one, one.day)
        return
    kind = _judge_by_verb(sentence, one)
    if kind is not None:
        yield _make(kind, one.first, one, one.day)
    elif one.is_bare_weekday:
        return
    elif sentence.before("in", one.first) or sentence.before("in", place):
        yield Finding("start_date", one.first, one.last, DOUBTFUL, value=one.day)


def _is_span(sentence: Sentence, one: ReadDate, dates: list[ReadDate]) -> bool:
    """ "1 January - 31 March": two days with nothing but a dash between them."""
    if any(each.is_bare_weekday for each in dates):
        return False
    if len(dates) != 2 or dates[1].first != dates[0].last + 1 or dates[0].day > dates[1].day:
        return False
    return one is dates[1] or sentence.before("until", one.first) is None


def _is_bare_until(sentence: Sentence, place: int) -> bool:
    """A "to" or "a" that also is an ordinary preposition ends nothing by itself."""
    return _is_short(sentence, place) and not any(
        one.last < place and not _is_short(sentence, one.first)
        for one in sentence.list_marks("from")
    )


def _is_short(sentence: Sentence, place: int) -> bool:
    return len(sentence.words[place].form) <= 2


def _skip_small(sentence: Sentence, place: int) -> int:
    while place > 0 and (sentence.is_in("filler", place - 1) or sentence.is_in("the", place - 1)):
        if sentence.is_in("from", place - 1) or sentence.is_in("until", place - 1):
            break
        place -= 1
    return place


def _judge_by_verb(sentence: Sentence, one: ReadDate) -> str | None:
    begins = sentence.before("begins", one.first, 6)
    ends = sentence.before("ends", one.first, 6)
    if begins is None and ends is None:
        return None
    if ends is None or (begins is not None and begins.last > ends.last):
        return "start_date"
    return "end_date"


def _make(kind: str, first: int, one: ReadDate, day: date) -> Finding:
    return Finding(kind, min(first, one.first), one.last, one.confidence, value=day)


def _read_dates(sentence: Sentence, received: date) -> Iterator[ReadDate]:
    place = 0
    while place < len(sentence.words):
        read = _read_at(sentence, place, received)
        if read is None or (read.has_year and read.day.year > received.year + FURTHEST_YEARS):
            place += 1
            continue
        yield from _with_open_range(sentence, read)
        place = read.last + 1


def _with_open_range(sentence: Sentence, read: ReadDate) -> Iterator[ReadDate]:
    """ "From 3 to 14 March": the first number is a day of the month that the second one names."""
    until = sentence.before("until", read.first) or sentence.before("and", read.first)
    if until is not None and until.first > 0 and not sentence.is_in("month", until.first - 1):
        number = read_number(sentence, until.first - 1)
        if number is not None and 1 <= number[0] <= read.day.day:
            place = until.first - 1
            yield ReadDate(place, place, read.day.replace(day=number[0]), read.confidence)
    yield read


def _read_at(sentence: Sentence, place: int, received: date) -> ReadDate | None:
    for read in (_numeric, _day_and_month, _part, _month, _quarter, _weekday, _relative):
        found = read(sentence, place, received)
        if found is not None:
            return found
    return None


def _numeric(sentence: Sentence, place: int, _received: date) -> ReadDate | None:
    match = _NUMERIC.fullmatch(sentence.words[place].form)
    if match is None:
        return None
    first, second, third = (int(part) for part in match.groups())
    if len(match[1]) == 4:
        return _checked(place, place, third, second, first, CERTAIN)
    year = third + 2000 if third < 100 else third
    if second > 12:
        return _checked(place, place, second, first, year, LOOSE)
    is_clear = first > 12 or first == second
    return _checked(place, place, first, second, year, CERTAIN if is_clear else AMBIGUOUS)


def _checked(
    first: int, last: int, day: int, month: int, year: int, confidence: float
) -> ReadDate | None:
    try:
        return ReadDate(first, last, date(year, month, day), confidence, has_year=True)
    except ValueError:
        return None


def _read_month(sentence: Sentence, place: int) -> tuple[int, int] | None:
    """(month, last word), past small words before it and the same month's other name after it."""
    steps = 0
    while steps < 3 and place < len(sentence.words) and sentence.at("month", place) is None:
        if not (sentence.is_in("filler", place) or sentence.is_in("the", place)):
            return None
        place, steps = place + 1, steps + 1
    mark = sentence.at("month", place) if place < len(sentence.words) else None
    if mark is None or not isinstance(mark.value, int):
        return None
    again = sentence.at("month", mark.last + 1)
    last = again.last if again is not None and again.value == mark.value else mark.last
    return mark.value, last


def _read_year(sentence: Sentence, last: int) -> tuple[int | None, int]:
    for place in (last + 1, last + 2):
        if place >= len(sentence.words):
            break
        form = sentence.words[place].form
        if form.isdigit() and len(form) == 4 and form.startswith(("19", "20")):
            return int(form), place
        if not sentence.is_in("filler", place):
            break
    return None, last


def _settle(
    first: int, last: int, month: int, day: int, year: int | None, received: date, confidence: float
) -> ReadDate | None:
    """In its year, or in the one in which it comes next; day 0 is the month's last."""
    for guess in [year] if year is not None else [received.year, received.year + 1]:
        length = calendar.monthrange(guess, month)[1]
        if day > length:
            return None
        found = date(guess, month, day or length)
        if year is not None or found >= received:
            return ReadDate(first, last, found, confidence, has_year=year is not None)
    return None


def _day_and_month(sentence: Sentence, place: int, received: date) -> ReadDate | None:
    number = read_number(sentence, place)
    if number is None or not 1 <= number[0] <= 31:
        return None
    month = _read_month(sentence, number[1] + 1)
    if month is None:
        return None
    year, last = _read_year(sentence, month[1])
    return _settle(place, last, month[0], number[0], year, received, CERTAIN if year else LIKELY)


def _part(sentence: Sentence, place: int, received: date) -> ReadDate | None:
    mark = sentence.at("part", place)
    if mark is None or not isinstance(mark.value, int):
        return None
    here = sentence.at("this_month", mark.last + 1) or sentence.at("this_month", mark.last + 2)
    if here is not None and _read_month(sentence, here.last + 1) is None:
        return _settle(place, here.last, received.month, mark.value, received.year, received, LOOSE)
    month = _read_month(sentence, mark.last + 1)
    if month is None:
        return None
    year, last = _read_year(sentence, month[1])
    return _settle(place, last, month[0], mark.value, year, received, LIKELY)


def _month(sentence: Sentence, place: int, received: date) -> ReadDate | None:
    mark = sentence.at("month", place)
    if mark is None or not isinstance(mark.value, int) or sentence.is_in("auxiliary", place):
        return None
    number = read_number(sentence, mark.last + 1) if mark.last + 1 < len(sentence.words) else None
    if number is not None and 1 <= number[0] <= 31 and sentence.grammar.language == "en":
        year, last = _read_year(sentence, number[1])
        found = _settle(place, last, mark.value, number[0], year, received, LIKELY)
        if found is not None:
            return found
    year, last = _read_year(sentence, (_read_month(sentence, place) or (0, mark.last))[1])
    ends = sentence.before("until", place) and not sentence.before("from", place)
    return _settle(place, last, mark.value, 0 if ends else 1, year, received, LOOSE)


def _quarter(sentence: Sentence, place: int, received: date) -> ReadDate | None:
    mark = sentence.at("quarter", place)
    if mark is None or not isinstance(mark.value, int):
        return None
    year, last = _read_year(sentence, mark.last)
    start = _settle(place, last, 3 * mark.value - 2, 1, year, received, LIKELY)
    if start is None:
        return None
    month = start.day.month + 2
    until = date(start.day.year, month, calendar.monthrange(start.day.year, month)[1])
    return ReadDate(place, last, start.day, LIKELY, until=until, has_year=year is not None)


def _weekday(sentence: Sentence, place: int, received: date) -> ReadDate | None:
    """ "Next Monday" and a Monday alone are the first one after the day of receipt."""
    mark = sentence.at("weekday", place)
    if mark is None or not isinstance(mark.value, int):
        return None
    named = _day_after_weekday(sentence, mark.last + 1, received)
    if named is not None:
        return replace(named, first=place)
    before, after = sentence.before("next", place), sentence.after("next", mark.last)
    first = before.first if before is not None else place
    last = after.last if after is not None else mark.last
    days = (mark.value - received.weekday() - 1) % 7 + 1
    is_bare = before is None and after is None
    day = received + timedelta(days=days)
    return ReadDate(first, last, day, LOOSE, is_bare_weekday=is_bare)


def _day_after_weekday(sentence: Sentence, place: int, received: date) -> ReadDate | None:
    """ "Monday 11 January", "lunes, 11 de enero": the date says which Monday."""
    while place < len(sentence.words) and sentence.is_in("the", place):
        place += 1
    if place >= len(sentence.words):
        return None
    return _numeric(sentence, place, received) or _day_and_month(sentence, place, received)


def _relative(sentence: Sentence, place: int, received: date) -> ReadDate | None:
    found = find_day_ahead(sentence, place, received)
    if found is None:
        return None
    day, last, is_span = found
    return ReadDate(place, last, day, DOUBTFUL if is_span else LOOSE, is_bare_weekday=is_span)
