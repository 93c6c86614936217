"""Posts, roles, themes, tracks, phases, networks, seniority and ways of working."""

from collections.abc import Iterator

from matching.letters.dates import CERTAIN, DOUBTFUL, LIKELY, LOOSE
from matching.letters.lexicon import Sight
from matching.letters.numbers import read_number
from matching.letters.sentences import Finding, Sentence

#: A role of somebody who asks, more often than of somebody sought: "the Special Envoy".
TITLES = frozenset({"lead_mediator", "deputy_envoy", "guarantor_rep"})
MOST_POSTS = 12
#: So many words may stand between a number and what it counts ("two senior French-speaking …").
REACH_OF_A_NUMBER = 4
SINGLE_WORD_THEME = 0.75


def find_wishes(sentence: Sentence) -> list[Finding]:
    """Return what a post asks for, but for languages and places."""
    roles = [one for sight in sentence.sights for one in _read_role(sentence, sight)]
    return [
        *roles,
        *_find_counts(sentence, roles),
        *(one for sight in sentence.sights for one in _read_subject(sentence, sight)),
        *_find_modality(sentence),
        *_find_seniority(sentence),
    ]


def _read_role(sentence: Sentence, sight: Sight) -> Iterator[Finding]:
    if "role" not in sight.readings or "network" in sight.readings:
        return
    if _is_owner(sentence, sight):
        return
    codes = sight.readings["role"]
    is_known = sentence.before("the", sight.first) is not None or _is_definite(sentence, sight)
    if TITLES.intersection(codes) and (is_known or sentence.before("sender", sight.first, 1)):
        return
    confidence = (LOOSE if is_known else CERTAIN) if len(codes) == 1 else DOUBTFUL
    yield from (Finding("role", sight.first, sight.last, confidence, code=code) for code in codes)


def _is_owner(sentence: Sentence, sight: Sight) -> bool:
    """Whether "'s" follows: "the envoy's adviser" seeks no envoy."""
    following = sentence.words[sight.last + 1 : sight.last + 2]
    return sentence.grammar.language == "en" and any(one.form == "s" for one in following)


def _is_definite(sentence: Sentence, sight: Sight) -> bool:
    return sight.quality == 1 or sentence.is_in("sender", sight.first)


def _read_subject(sentence: Sentence, sight: Sight) -> Iterator[Finding]:
    readings = sight.readings
    for kind in ("network", "track", "theme", "phase"):
        if (
            kind not in readings
            or "role" in readings
            or (kind != "network" and "country" in readings)
        ):
            continue
        if kind == "theme" and "phase" in readings and _is_phase(sentence, sight):
            continue
        if kind == "theme" and _is_of_youth(sentence, sight):
            continue
        confidence = _trust(sight, kind)
        codes = readings[kind]
        yield from (
            Finding(kind, sight.first, sight.last, confidence / len(codes), code=code)
            for code in codes
        )
        return


def _trust(sight: Sight, kind: str) -> float:
    if sight.quality == 0:
        return LOOSE
    return SINGLE_WORD_THEME if kind == "theme" and sight.first == sight.last else LIKELY


def _is_phase(sentence: Sentence, sight: Sight) -> bool:
    behind = sentence.before("phase", sight.first, 2)
    return behind is not None or sentence.after("phase", sight.last) is not None


def _is_of_youth(sentence: Sentence, sight: Sight) -> bool:
    return not sentence.is_free(sight.first, sight.last) or (
        "youth" in sight.readings["theme"]
        and sentence.is_in("young", sight.first)
        and sentence.after("person", sight.last - 1, 1) is not None
    )


def _find_counts(sentence: Sentence, roles: list[Finding]) -> Iterator[Finding]:
    role_places = {role.first for role in roles}
    for place in range(len(sentence.words)):
        if not sentence.is_free(place, place) or _is_inside(sentence, place):
            continue
        yield from _count_at(sentence, place, role_places)


def _count_at(sentence: Sentence, place: int, role_places: set[int]) -> Iterator[Finding]:
    is_dual = sentence.words[place].form.endswith(("تين", "تان"))
    if is_dual and (sentence.at("person", place) is not None or place in role_places):
        yield Finding("post_count", place, place, LIKELY, value=2)
        return
    number = read_number(sentence, place)
    if number == (1, place) and sentence.grammar.language == "ar":
        if sentence.before("person", place) is not None or _ends_role(sentence, place):
            yield Finding("post_count", place, place, LIKELY, value=1)
        return
    is_article = sentence.at("article", place) is not None
    if number is None and is_article:
        number = (1, place)
    if number is None or not 1 <= number[0] <= MOST_POSTS or _is_one_of_them(sentence, place):
        return
    if _counts_person(sentence, number[1], role_places, is_article=is_article):
        sentence.take(place, number[1])
        confidence = LOOSE if is_article else CERTAIN
        yield Finding("post_count", place, number[1], confidence, value=number[0])


def _ends_role(sentence: Sentence, place: int) -> bool:
    return any("role" in one.readings and one.last + 1 == place for one in sentence.sights)


def _is_inside(sentence: Sentence, place: int) -> bool:
    return any(
        sight.first <= place <= sight.last and {"track", "network"} & sight.readings.keys()
        for sight in sentence.sights
    ) or any(sight.first <= place <= sight.last for sight in sentence.side_sights)


#: "One of them", "dont une", "una de ellas": some of those that were counted before.
PART_OF = frozenset(
    ["dont", "including", "cuales", "incluida", "incluyendo", "quais", "منهن", "بينهن", "entre"]
)


def _is_one_of_them(sentence: Sentence, place: int) -> bool:
    return any(word.form in PART_OF for word in sentence.words[max(place - 2, 0) : place])


#: Words that end the reach of a number: what follows them is another thing.
STOPS = frozenset(
    [
        "of",
        "who",
        "with",
        "for",
        "in",
        "to",
        "at",
        "on",
        "and",
        "or",
        "de",
        "du",
        "des",
        "d",
        "qui",
        "avec",
        "pour",
        "en",
        "dans",
        "et",
        "ou",
        "del",
        "que",
        "con",
        "para",
        "e",
        "y",
        "o",
        "do",
        "da",
        "dos",
        "das",
        "com",
        "em",
        "no",
        "na",
        "في",
        "على",
        "إلى",
        "التي",
        "مع",
        "من",
        "او",
    ]
) - {"من"}


def _counts_person(
    sentence: Sentence, last: int, role_places: set[int], *, is_article: bool
) -> bool:
    for place in range(last + 1, min(last + 2 + REACH_OF_A_NUMBER, len(sentence.words))):
        word = sentence.words[place]
        if (
            word.gap > 1
            or (word.gap and place > last + 2)
            or sentence.at("number", place) is not None
        ):
            return False
        if place in role_places:
            return True
        if sentence.at("person", place) is not None:
            return not _is_national(sentence, place)
        if not is_article and sentence.at("woman", place) is not None:
            return True
        if word.form in STOPS:
            return False
    return False


def _is_national(sentence: Sentence, place: int) -> bool:
    return sentence.at("national", place) is not None and sentence.has("exclude")


def _find_modality(sentence: Sentence) -> Iterator[Finding]:
    last = -1
    for mark in sorted(sentence.list_marks("modality"), key=lambda one: (one.first, -one.last)):
        if mark.first > last:
            last = mark.last
            yield Finding("modality", mark.first, mark.last, LIKELY, code=str(mark.value))


def _find_seniority(sentence: Sentence) -> Iterator[Finding]:
    """A word of seniority counts only beside a person: "senior officials" are nobody's wish."""
    for sight in sentence.side_sights:
        if "seniority" in sight.readings and _stands_by_post(sentence, sight):
            code = sight.readings["seniority"][0]
            yield Finding("seniority", sight.first, sight.last, LOOSE, code=code)


def _stands_by_post(sentence: Sentence, sight: Sight) -> bool:
    places = range(sight.first - 2, sight.last + 4)
    by_role = any(
        "role" in one.readings and not set(places).isdisjoint(range(one.first, one.last + 1))
        for one in sentence.sights
    )
    by_person = any(sentence.at("person", place) or sentence.at("woman", place) for place in places)
    return by_role or by_person
