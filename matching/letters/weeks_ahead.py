"""Days that a letter names by how far off they are: today, tomorrow, next week, next month."""

from datetime import date, timedelta

from matching.letters.sentences import Sentence

TOMORROW, WEEK, MONTH = 1, 7, 30
"""Values of the category ``day``: days ahead, or a whole week or month to come."""


def find_day_ahead(sentence: Sentence, place: int, received: date) -> tuple[date, int, bool] | None:
    """Return (day, last word, is it the first of a week or month); None where none is named.

    Next week begins on its Monday and next month on its first; what goes on until then ends on
    neither.
    """
    mark = sentence.at("day", place)
    if mark is None or not isinstance(mark.value, int):
        return None
    if mark.value <= TOMORROW:
        return received + timedelta(days=mark.value), mark.last, False
    if sentence.before("until", place) is not None:
        return None
    if mark.value == WEEK:
        return received + timedelta(days=7 - received.weekday()), mark.last, True
    return (received.replace(day=1) + timedelta(days=32)).replace(day=1), mark.last, True
