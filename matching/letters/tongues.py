"""Languages and the levels asked for."""

from collections.abc import Iterator

from matching.letters.dates import AMBIGUOUS, CERTAIN, LIKELY, LOOSE
from matching.letters.lexicon import Sight
from matching.letters.peoples import is_doubtful_language, is_people
from matching.letters.sentences import Finding, Sentence

#: A name of a language that is so short is one only where something says that it is a language.
SHORT_NAME = 4
#: A level that no published table maps makes what is proposed less certain.
UNMAPPED = 0.1
#: So many words may stand between a language and its level.
REACH = 3


def find_languages(sentence: Sentence, taken_as_place: set[int]) -> list[Finding]:
    """Return languages with the level that stands beside each; places already read are left out."""
    findings: list[Finding] = [*_read_speakers(sentence)]
    for sight in sentence.sights:
        if "language" not in sight.readings or sight.first in taken_as_place:
            continue
        if {"network", "role", "theme"} & sight.readings.keys() or not sentence.is_free(
            sight.first, sight.last
        ):
            continue
        if is_people(sentence, sight) or is_doubtful_language(sentence, sight):
            continue
        is_named = sentence.has("speaks") or bool(findings) or _has_level(sentence)
        if ("country" in sight.readings and not sight.is_demonym) and not is_named:
            continue
        if len(sentence.words[sight.first].form) <= SHORT_NAME and not is_named:
            continue
        findings.extend(_make(sight, is_named=is_named))
    findings.sort(key=lambda one: one.first)
    _give_levels(sentence, findings)
    return findings


def _has_level(sentence: Sentence) -> bool:
    return any({"level", "level_word"} & one.readings.keys() for one in sentence.side_sights)


def _read_speakers(sentence: Sentence) -> Iterator[Finding]:
    for mark in sentence.list_marks("speaker"):
        if sentence.after("people", mark.last) or sentence.before("people", mark.first):
            continue
        yield Finding("language", mark.first, mark.last, LIKELY, code=str(mark.value))


def _make(sight: Sight, *, is_named: bool) -> Iterator[Finding]:
    codes = sight.readings["language"]
    confidence = (CERTAIN if is_named else LOOSE) / len(codes)
    confidence = AMBIGUOUS if sight.is_guess else confidence
    yield from (
        Finding("language", sight.first, sight.last, confidence, code=code) for code in codes
    )


def _give_levels(sentence: Sentence, languages: list[Finding]) -> None:
    """A level after a language is that language's; one before it holds for a list of languages."""
    levels = [one for one in sentence.side_sights if {"level", "level_word"} & one.readings.keys()]
    for sight in levels:
        if sentence.is_in("must", sight.first):  # "a basic condition" is no basic level
            continue
        owner = _find_owner(sentence, sight, languages)
        if owner is None:
            continue
        _set_level(owner, sight)
        if sight.last < owner.first:
            _spread(sentence, sight, owner, languages)
        else:
            _spread_back(sentence, sight, owner, languages)


def _find_owner(sentence: Sentence, sight: Sight, languages: list[Finding]) -> Finding | None:
    ahead = [one for one in languages if _is_near(sentence, sight.last, one.first)]
    behind = [one for one in languages if _is_near(sentence, one.last, sight.first)]
    if not ahead or not behind:
        return behind[-1] if behind else ahead[0] if ahead else None
    return behind[-1] if _is_nearer_behind(sentence, sight, behind[-1], ahead[0]) else ahead[0]


def _is_near(sentence: Sentence, last: int, first: int) -> bool:
    """Whether few words stand between; "of course" and "if possible" stand nowhere."""
    between = range(last + 1, first)
    forced = sum(sentence.is_in("must", at) or sentence.is_in("nice", at) for at in between)
    return last < first and len(between) - forced <= REACH


def _is_nearer_behind(sentence: Sentence, sight: Sight, behind: Finding, ahead: Finding) -> bool:
    def cost(first: int, last: int) -> int:
        between = [at for at in range(first, last) if not sentence.is_in("filler", at)]
        parted = sum(sentence.words[place].gap > 0 for place in range(first, last + 1))
        joined = sum(sentence.is_in("and", place) for place in between)
        return len(between) + 3 * parted + 3 * joined

    return cost(behind.last + 1, sight.first) <= cost(sight.last + 1, ahead.first)


def _set_level(language: Finding, sight: Sight) -> None:
    if language.level is not None and "level" not in sight.readings:
        return
    is_mapped = "level" in sight.readings
    codes = sight.readings["level"] if is_mapped else sight.readings["level_word"]
    language.level = codes[0]
    is_known = language.confidence > AMBIGUOUS
    language.confidence = max(language.confidence, LIKELY if is_known else AMBIGUOUS) - (
        0 if is_mapped else UNMAPPED
    )
    language.first, language.last = min(language.first, sight.first), max(language.last, sight.last)


def _spread(sentence: Sentence, sight: Sight, owner: Finding, languages: list[Finding]) -> None:
    """ "Fluent in English and French": the level holds until something else than a list begins."""
    last = owner.last
    for one in languages[languages.index(owner) + 1 :]:
        if not _is_list(sentence, last, one.first) or one.level is not None:
            return
        if any(other.first in range(last, one.last + REACH + 1) for other in sentence.side_sights):
            return
        one.level, one.confidence, last = owner.level, owner.confidence, one.last


def _spread_back(
    sentence: Sentence, sight: Sight, owner: Finding, languages: list[Finding]
) -> None:
    """ "English and French at C1": joined by "and", both have the level."""
    place = languages.index(owner)
    first = owner.first
    for one in reversed(languages[:place]):
        between = range(one.last + 1, first)
        joined = [at for at in between if sentence.is_in("and", at)]
        if not joined or len(between) > 2 or one.level is not None:
            return
        if "level" not in sight.readings:
            return
        one.level, first = owner.level, one.first


def _is_list(sentence: Sentence, last: int, first: int) -> bool:
    small = ("and", "filler", "nice")
    return _is_near(sentence, last, first) and all(
        any(sentence.is_in(one, place) for one in small) for place in range(last + 1, first)
    )
