"""Reads a letter: from its text to proposals that a person confirms."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from matching.letters.amounts import find_amounts
from matching.letters.dates import find_dates
from matching.letters.lexicon import KINDS as LEXICON_KINDS
from matching.letters.lexicon import SIDE_KINDS, Lexicon
from matching.letters.parts import keep_what_asks
from matching.letters.places import find_places
from matching.letters.reach import find_cues, find_excluded, settle_forces
from matching.letters.sentences import Finding, Sentence, split_sentences
from matching.letters.tongues import find_languages
from matching.letters.values import KINDS, Force, Proposal
from matching.letters.wishes import find_wishes
from matching.letters.words import split_words
from matching.terms import Terms


class LetterReader:
    """Reads letters in English, French, Arabic, Spanish and Portuguese with one vocabulary.

    `demonyms` is country code -> adjectives ("Chadian"): they say whether a word names a country or
    somebody from there. Making a reader indexes the vocabulary; reading changes nothing.
    """

    def __init__(self, terms: Terms, demonyms: Mapping[str, Sequence[str]]) -> None:
        self._lexicon = Lexicon.make(terms, LEXICON_KINDS, demonyms)
        self._side_lexicon = Lexicon.make(terms, SIDE_KINDS, {})

    def read(self, letter: str, received: date) -> list[Proposal]:
        """Return what the letter seems to ask for, in the order of its words.

        `received` is the day from which "next Monday" or "mid-January" counts. Quoted mails, the
        head and the signature are not read. What is not found is not proposed; nothing in the list
        is certain before a person says so.
        """
        words = keep_what_asks(letter, split_words(letter))
        proposals: list[Proposal] = []
        for sentence in split_sentences(words, self._lexicon, self._side_lexicon):
            findings = _read_sentence(sentence, received)
            proposals.extend(_propose(letter, sentence, one) for one in findings)
        return sorted(_drop_repeated(proposals), key=_order)


def _read_sentence(sentence: Sentence, received: date) -> list[Finding]:
    cues = find_cues(sentence)
    timed = [*find_dates(sentence, received), *find_amounts(sentence)]
    excluded = find_excluded(sentence, cues)
    places = find_places(sentence, excluded)
    wishes = find_wishes(sentence)
    used = {one.first for one in places}
    languages = find_languages(sentence, used)
    return settle_forces(sentence, cues, [*timed, *places, *wishes, *languages], excluded)


def _propose(letter: str, sentence: Sentence, one: Finding) -> Proposal:
    start, end = sentence.words[one.first].start, sentence.words[one.last].end
    while end < len(letter) and unicodedata.combining(letter[end]):
        end += 1
    return Proposal(
        kind=one.kind,
        force=one.force or Force.MUST,
        start=start,
        end=end,
        text=letter[start:end],
        confidence=round(one.confidence, 2),
        code=one.code,
        value=one.value,
        level=one.level,
    )


def _drop_repeated(proposals: Iterable[Proposal]) -> list[Proposal]:
    """What is said twice is proposed once, where it is first said or first said with a level."""
    kept: dict[object, Proposal] = {}
    for number, one in enumerate(proposals):
        key = (
            one.kind,
            one.code,
            str(one.value),
            number if one.kind == "post_count" else one.force is Force.EXCLUDE,
        )
        if key not in kept or (one.level and not kept[key].level):
            kept[key] = one
    return list(kept.values())


def _order(one: Proposal) -> tuple[int, int, str]:
    return one.start, KINDS.index(one.kind), one.code or str(one.value)
