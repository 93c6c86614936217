"""Countries and regions, and what they are to her: her passport, her home, her employer, her work."""

from collections.abc import Iterator

from matching.letters.dates import AMBIGUOUS, CERTAIN, DOUBTFUL, LIKELY, LOOSE
from matching.letters.lexicon import Sight
from matching.letters.peoples import is_doubtful_country, is_named_people, is_other_word
from matching.letters.sentences import Finding, Sentence

#: So many words may stand between a name and what it is governed by ("national of the Republic of").
REACH = 2


def find_places(sentence: Sentence, excluded: set[int]) -> list[Finding]:
    """Return countries, regions, nationalities, residences and offices.

    `excluded` holds the places of words that a phrase of exclusion reaches: there "from X" is a
    nationality.
    """
    findings: list[Finding] = []
    previous: tuple[Sight, str] | None = None
    for sight in sentence.sights:
        if not {"country", "region"} & sight.readings.keys() or _is_other(sight):
            continue
        if is_other_word(sentence, sight, is_excluded=sight.first in excluded):
            continue
        kind = _judge(sentence, sight, excluded)
        if (
            kind in ("country", "language")
            and sight.is_demonym
            and _opens_list_of_persons(sentence, sight)
        ):
            kind = "nationality"
        if previous is not None and _continues(sentence, previous[0], sight):
            kind = _continue(sentence, previous, sight, kind)
        previous = (sight, kind)
        findings.extend(_make(sentence, sight, kind))
    return [*findings, *_find_offices(sentence, findings, excluded)]


def _continue(sentence: Sentence, previous: tuple[Sight, str], sight: Sight, kind: str) -> str:
    """ "Residents of X or Y": what the first is to her the second is, unless it says itself."""
    between = range(previous[0].last + 1, sight.first)
    says_itself = any(
        sentence.is_in(one, place) for one in ("national", "from_there") for place in between
    )
    if kind == "nationality" and previous[1] == "residence" and not says_itself:
        return "residence"
    return previous[1] if kind == "country" else kind


def _opens_list_of_persons(sentence: Sentence, sight: Sight) -> bool:
    """ "A Nigerian or Ghanaian expert": what holds for the second adjective holds for the first."""
    joined = sentence.after("and", sight.last)
    following = next(
        (one for one in sentence.sights if joined and one.first == joined.last + 1), None
    )
    if following is None or not following.is_demonym:
        return False
    by_nationality = sentence.after("national", following.last) is not None
    return by_nationality or _stands_by_person(sentence, following)


def _is_other(sight: Sight) -> bool:
    return bool({"network", "role"} & sight.readings.keys())


def _continues(sentence: Sentence, before: Sight, sight: Sight) -> bool:
    """A list goes on: only "and", "or", commas and small words stand between two names."""
    between = range(before.last + 1, sight.first)
    if len(between) > 4 or sentence.before("process", sight.first, len(between) - 1):
        return False
    small = ("and", "filler", "the", "national", "exclude", "from_there")
    return all(any(sentence.is_in(one, place) for one in small) for place in between)


def _judge(sentence: Sentence, sight: Sight, excluded: set[int]) -> str:
    first = sentence.skip_fillers_back(sight.first)
    is_excluded = sight.first in excluded

    def is_governed(category: str) -> bool:
        near = sentence.before(category, sight.first, REACH) or sentence.before(category, first)
        return near is not None and not _is_in_sight(sentence, near.first)

    if sentence.is_in("address", sight.last + 1) or is_governed("address"):
        return "nothing"
    if is_governed("title") or _is_sender(sentence, sight) and not is_excluded:
        return "nothing"
    if is_governed("resident"):
        return "residence"
    if is_excluded and (is_governed("office") or sentence.before("sender", sight.first, 1)):
        return "office"
    if is_governed("national") or sentence.after("national", sight.last):
        return "nationality"
    return _judge_by_rest(sentence, sight, is_excluded=is_excluded)


def _is_in_sight(sentence: Sentence, place: int) -> bool:
    """ "National" in "national dialogue" is no nationality."""
    return any(
        one.first <= place <= one.last and "country" not in one.readings for one in sentence.sights
    )


def _judge_by_rest(sentence: Sentence, sight: Sight, *, is_excluded: bool) -> str:
    if sight.is_demonym and not _is_named(sentence, sight):
        return _judge_adjective(sentence, sight, is_excluded=is_excluded)
    office = sentence.before("office", sight.first, 1)
    if office is not None and office.value == "any" and not is_excluded:
        return "country" if _is_side(sentence, office.first) else "nothing"
    return "nationality" if is_excluded else "country"


def _is_named(sentence: Sentence, sight: Sight) -> bool:
    """A word that is both name and adjective of a country is its name, but beside a person."""
    return sight.is_name and not _stands_by_person(sentence, sight)


def _is_sender(sentence: Sentence, sight: Sight) -> bool:
    mark = sentence.before("sender", sight.first, 1)
    return mark is not None and not _is_side(sentence, mark.first)


def _is_side(sentence: Sentence, place: int) -> bool:
    """ "The talks between the Government of X and …": who is named so does not write the letter."""
    return sentence.before("process", place, REACH) is not None


def _judge_adjective(sentence: Sentence, sight: Sight, *, is_excluded: bool) -> str:
    if sentence.after("process", sight.last) or sentence.before("process", sight.first):
        return "country"
    if is_excluded and sentence.after("office", sight.last):
        return "office"
    if sentence.after("office", sight.last):
        return "nothing"
    if is_named_people(sentence, sight) and not is_excluded:
        return "country"
    if "language" in sight.readings:
        is_tongue = not is_excluded or sentence.before("speaks", sight.first, REACH)
        return "language" if is_tongue else "nationality"
    return "nationality" if is_excluded or _stands_by_person(sentence, sight) else "country"


def _stands_by_person(sentence: Sentence, sight: Sight) -> bool:
    near = [
        sentence.after(one, sight.last) or sentence.before(one, sight.first)
        for one in ("person", "woman")
    ]
    by_role = any(
        "role" in one.readings and sight.first - 1 <= one.last and one.first <= sight.last + 1
        for one in sentence.sights
    )
    return any(near) or by_role


def _make(sentence: Sentence, sight: Sight, kind: str) -> Iterator[Finding]:
    if kind in ("nothing", "language"):
        return
    if "country" not in sight.readings:
        if kind == "country" and not sight.is_demonym:
            yield from (
                Finding("region", sight.first, sight.last, LIKELY, code=one)
                for one in sight.readings["region"]
            )
        return
    codes = sight.readings["country"]
    confidence = LIKELY if kind == "country" else CERTAIN
    if len(codes) > 1 or sight.is_guess or is_doubtful_country(sentence, sight):
        confidence = AMBIGUOUS
    elif sight.is_demonym or sight.quality == 0:
        confidence = LOOSE
    yield from (Finding(kind, sight.first, sight.last, confidence, code=code) for code in codes)


def _find_offices(
    sentence: Sentence, named: list[Finding], excluded: set[int]
) -> Iterator[Finding]:
    """Offices of no named country; only where they keep her out."""
    free = sentence.list_marks("unaffiliated")
    if free:
        yield Finding("office", free[0].first, free[0].last, LIKELY, value="any")
        return
    for mark in sentence.list_marks("office"):
        is_named = any(one.kind == "office" and one.first - mark.last <= 4 for one in named)
        if mark.value != "any" and mark.first in excluded and not is_named:
            yield Finding("office", mark.first, mark.last, DOUBTFUL + 0.1, value=str(mark.value))
            return
