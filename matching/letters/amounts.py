"""Lengths of time, shares, ages and the present team: numbers that are not posts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from matching.letters.dates import CERTAIN, LIKELY, LOOSE
from matching.letters.grammar import Mark
from matching.letters.numbers import read_number, read_number_with_unit
from matching.letters.sentences import Finding, Sentence
from matching.letters.values import PresentTeam

_DAYS = {"D": 1, "W": 7, "M": 30, "Y": 365}
_UNIT = re.compile(r"(\d?)([HDWMY])")
HOURS_A_DAY = 24
MOST_MONTHS, MOST_NOTICE_DAYS, MOST_TEAM = 60, 366, 1000
YOUNGEST, OLDEST_YOUTH = 18, 40
#: An even number of women and men, in percent.
HALF = 50
#: So many words may stand between a fraction and the women it is of.
REACH_OF_A_FRACTION = 7


@dataclass(frozen=True)
class Length:
    """A length of time at words first..last; `unit` is H, D, W, M or Y."""

    first: int
    last: int
    number: int
    unit: str

    def to_days(self) -> int:
        """Return full days, hours rounded up."""
        if self.unit == "H":
            return -(-self.number // HOURS_A_DAY)
        return self.number * _DAYS[self.unit]


def find_amounts(sentence: Sentence) -> list[Finding]:
    """Return durations, notices, days a month, women's share, youth and the present team."""
    return [
        *_find_lengths(sentence),
        *_find_share(sentence),
        *_find_youth(sentence),
        *_find_team(sentence),
    ]


def _read_lengths(sentence: Sentence) -> Iterator[Length]:
    place = 0
    while place < len(sentence.words):
        found = _read_length(sentence, place) if sentence.is_free(place, place) else None
        if found is not None:
            yield found
        place = found.last + 1 if found is not None else place + 1


def _read_length(sentence: Sentence, place: int) -> Length | None:
    joined = read_number_with_unit(sentence, place)
    if joined is not None:
        return Length(place, place, *joined)
    unit = sentence.at("unit", place)
    if unit is not None:
        match = _UNIT.fullmatch(str(unit.value))
        is_whole = match is not None and (match[1] or sentence.grammar.language == "ar")
        return (
            Length(place, unit.last, int(match[1] or 1), match[2]) if match and is_whole else None
        )
    number = read_number(sentence, place)
    if number is None and sentence.at("article", place) is not None:
        number = (1, place)
    if number is None:
        return None
    return _with_unit(sentence, place, *number)


def _with_unit(sentence: Sentence, place: int, number: int, last: int) -> Length | None:
    unit = sentence.after("unit", last, 1)
    if unit is None:
        return None
    match = _UNIT.fullmatch(str(unit.value))
    if match is None:
        return None
    return Length(place, unit.last, number * int(match[1] or 1), match[2])


def _find_lengths(sentence: Sentence) -> Iterator[Finding]:
    for length in _read_lengths(sentence):
        finding = _judge_length(sentence, length)
        if finding is not None:
            sentence.take(finding.first, finding.last)
            yield finding
        elif length.first < length.last:
            sentence.take(length.first, length.last)


def _judge_length(sentence: Sentence, length: Length) -> Finding | None:
    monthly = sentence.after("per_month", length.last)
    if monthly is not None and length.unit == "D" and length.number <= 31:
        return Finding("days_per_month", length.first, monthly.last, CERTAIN, value=length.number)
    if length.unit == "Y" and not sentence.after("renewable", length.last):
        return None
    if _is_past(sentence, length) or _is_reply(sentence, length):
        return None
    return _judge_notice(sentence, length) or _judge_duration(sentence, length)


def _is_past(sentence: Sentence, length: Length) -> bool:
    """ "The last five months" are past; what "will last five months" is not."""
    behind = sentence.before("experience", length.first, 1)
    ahead = sentence.after("experience", length.last, 1)
    lasting = sentence.before("lasting", length.first, 1)
    if behind is not None and lasting is not None and lasting.first < behind.first:
        behind = None
    return behind is not None or ahead is not None


def _is_reply(sentence: Sentence, length: Length) -> bool:
    return sentence.before("reply", length.first, 8) is not None


def _judge_notice(sentence: Sentence, length: Length) -> Finding | None:
    if length.to_days() > MOST_NOTICE_DAYS:
        return None
    after = sentence.after("notice_after", length.last)
    if after is not None:
        return Finding("notice", length.first, after.last, CERTAIN, value=length.to_days())
    before = sentence.before("notice", length.first)
    if before is None or (_is_weak(sentence, before) and length.unit != "H"):
        return None
    return Finding("notice", before.first, length.last, LIKELY, value=length.to_days())


#: Words before a length of time that say little by themselves: only hours after them are a notice.
WEAK_NOTICE = frozenset(["at", "on", "with", "con", "com", "em", "en", "قبل"])


def _is_weak(sentence: Sentence, mark: Mark) -> bool:
    return mark.first == mark.last and sentence.words[mark.first].form in WEAK_NOTICE


def _judge_duration(sentence: Sentence, length: Length) -> Finding | None:
    if length.unit == "H" or (length.unit == "M" and length.number > MOST_MONTHS):
        return None
    lasting = sentence.before("lasting", length.first, 2)
    renewable = sentence.after("renewable", length.last, 1)
    if lasting is None and renewable is None and not _stands_by_date(sentence, length):
        return None
    confidence = LIKELY if lasting is not None else LOOSE
    value = f"P{length.number}{length.unit}"
    return Finding("duration", length.first, length.last, confidence, value=value)


def _stands_by_date(sentence: Sentence, length: Length) -> bool:
    """ "… 1 March, three months", "six months from 15 February"."""
    begins = sentence.after("from", length.last)
    is_before = begins is not None and begins.last + 1 in sentence.taken
    return length.unit in "WM" and (is_before or length.first - 1 in sentence.taken)


def _find_share(sentence: Sentence) -> Iterator[Finding]:
    for parity in sentence.list_marks("parity"):
        yield Finding("women_share", parity.first, parity.last, LIKELY, value=HALF)
    yield from _find_fractions(sentence)
    for percent in sentence.list_marks("percent"):
        number = read_number(sentence, percent.first - 1) if percent.first else None
        if number is None or not 0 < number[0] <= 100:
            continue
        woman = sentence.after("woman", percent.last, 4) or sentence.before(
            "woman", percent.first - 1, 5
        )
        if woman is not None:
            first, last = min(percent.first - 1, woman.first), max(percent.last, woman.last)
            sentence.take(first, last)
            yield Finding("women_share", first, last, CERTAIN, value=number[0])


def _find_fractions(sentence: Sentence) -> Iterator[Finding]:
    """ "A third of the team should be women"; a share of young women is another matter."""
    for mark in sentence.list_marks("fraction"):
        woman = sentence.after("woman", mark.last, REACH_OF_A_FRACTION)
        if woman is None or not isinstance(mark.value, int) or _is_of_track(sentence, mark):
            continue
        if any(sentence.words[place].gap for place in range(mark.last + 1, woman.first + 1)):
            continue
        if sentence.after("young", woman.last) or sentence.before("young", woman.first):
            continue
        sentence.take(mark.first, woman.last)
        yield Finding("women_share", mark.first, woman.last, LIKELY, value=mark.value)


def _is_of_track(sentence: Sentence, mark: Mark) -> bool:
    return any(
        "track" in one.readings and one.first <= mark.first <= one.last for one in sentence.sights
    )


def _find_youth(sentence: Sentence) -> Iterator[Finding]:
    found = list(_find_ages(sentence))
    yield from found or _find_young(sentence)


def _find_ages(sentence: Sentence) -> Iterator[Finding]:
    for under in sentence.list_marks("under"):
        number = (
            read_number(sentence, under.last + 1) if under.last + 1 < len(sentence.words) else None
        )
        if number is None or not YOUNGEST <= number[0] <= OLDEST_YOUTH:
            continue
        unit = sentence.after("unit", number[1])
        if sentence.after("percent", number[1]) or (unit is not None and unit.value != "Y"):
            continue
        last = unit.last if unit is not None else number[1]
        sentence.take(under.first, last)
        yield Finding("youth", under.first, last, LIKELY, value=number[0])


def _find_young(sentence: Sentence) -> Iterator[Finding]:
    for young in sentence.list_marks("young"):
        if _stands_by_person(sentence, young.first, young.last):
            yield Finding("youth", young.first, young.last, LOOSE, value="young")


def _stands_by_person(sentence: Sentence, first: int, last: int) -> bool:
    near = sentence.after("person", last, 1) or sentence.after("woman", last, 1)
    behind = sentence.before("person", first) or sentence.before("woman", first)
    beside = any(
        "role" in sight.readings
        and (sight.first - 2 <= last < sight.first or sight.last + 1 == first)
        for sight in sentence.sights
    )
    return bool(near or behind or beside)


def _find_team(sentence: Sentence) -> Iterator[Finding]:
    """Men are never sought, so a number of men is the team that is there; women stand beside them."""
    men = list(_count_people(sentence, "man"))
    for first, last, _ in men:
        sentence.take(first, last)
    women = list(_count_people(sentence, "woman"))
    if not men and not sentence.has("team"):
        return
    women = [one for one in women if men or _belongs_to_team(sentence, one)]
    counted = sorted([*men, *women])
    if not counted or len({id(one) for one in counted}) > 4:
        return
    first, last = min(one[0] for one in counted), max(one[1] for one in counted)
    sentence.take(first, last)
    team = PresentTeam(women=sum(one[2] for one in women[:1]), men=sum(one[2] for one in men[:1]))
    yield Finding("present_team", first, last, LIKELY if men else LOOSE, value=team)


def _belongs_to_team(sentence: Sentence, count: tuple[int, int, int]) -> bool:
    team = sentence.before("team", count[0], 5)
    return team is not None and not (sentence.has("must") or sentence.has("need"))


def _count_people(sentence: Sentence, category: str) -> Iterator[tuple[int, int, int]]:
    """(first word, last word, number) of "five men", of an Arabic dual or of "امرأة واحدة"."""
    for mark in sentence.list_marks(category):
        form = sentence.words[mark.first].form
        if form.endswith(("تين", "تان", "لين", "لان")):
            yield mark.first, mark.last, 2
            continue
        is_arabic = sentence.grammar.language == "ar"
        places = (mark.last + 1, mark.first - 1) if is_arabic else (mark.first - 1, mark.first - 2)
        for place in places:
            if not 0 <= place < len(sentence.words) or not sentence.is_free(place, place):
                continue
            number = read_number(sentence, place)
            if number is not None and 0 < number[0] <= MOST_TEAM:
                yield min(place, mark.first), max(mark.last, number[1]), number[0]
                break
