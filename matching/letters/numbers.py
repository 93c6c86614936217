"""Numbers in words and digits."""

import re

from matching.letters.sentences import Sentence

_DIGITS = re.compile(r"(\d{1,4})(?:er|st|nd|rd|th|eme|e|o|a|os|as)?")
_WITH_UNIT = re.compile(r"(\d{1,3})(h|hrs|d|j)")
TENS = frozenset(range(20, 100, 10))


def read_number(sentence: Sentence, place: int) -> tuple[int, int] | None:
    """Return (number, last word) of the number that starts at a word; None where none does."""
    match = _DIGITS.fullmatch(sentence.words[place].form)
    if match:
        return int(match[1]), place
    mark = sentence.at("number", place)
    if mark is None or not isinstance(mark.value, int):
        return None
    return _add_units(sentence, mark.value, mark.last)


def _add_units(sentence: Sentence, value: int, last: int) -> tuple[int, int]:
    if value in TENS:
        following = last + 2 if sentence.at("and", last + 1) else last + 1
        unit = sentence.at("number", following)
        if unit is not None and isinstance(unit.value, int) and unit.value < 10:
            return value + unit.value, unit.last
    return value, last


def read_number_with_unit(sentence: Sentence, place: int) -> tuple[int, str] | None:
    """Return (number, unit) of a word such as "72h" or "10j"."""
    match = _WITH_UNIT.fullmatch(sentence.words[place].form)
    return (int(match[1]), "H" if match[2].startswith("h") else "D") if match else None
