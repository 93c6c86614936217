"""Reads a letter: from its text to proposals that a person confirms."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from matching.letters.amounts import find_amounts
from matching.letters.dates import AMBIGUOUS, find_dates
from matching.letters.lexicon import KINDS as LEXICON_KINDS
from matching.letters.lexicon import SIDE_KINDS, Lexicon
from matching.letters.parts import keep_what_asks
from matching.letters.places import find_places
from matching.letters.reach import find_cues, find_excluded, settle_forces
from matching.letters.sentences import Finding, Sentence, split_sentences
from matching.letters.sides import Side, find_sides
from matching.letters.tongues import find_languages
from matching.letters.values import KINDS, Force, Proposal
from matching.letters.wishes import find_wishes
from matching.letters.words import split_words
from matching.terms import Terms

#: Kinds whose code is a country.
PLACES = frozenset({"country", "nationality", "residence", "office"})


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
        return _propose_all(letter, self._split(letter), received)

    def find_sides(self, letter: str) -> list[Side]:
        """Return the sides that a letter names, in the order of its words, each once.

        They are apart from what `read` returns, and none is certain before a person says so.
        """
        return _list_sides(letter, self._split(letter))

    def read_with_sides(self, letter: str, received: date) -> tuple[list[Proposal], list[Side]]:
        """Return what `read` and `find_sides` return, with the work of one."""
        sentences = self._split(letter)
        sides = _list_sides(letter, sentences)
        return _propose_all(letter, sentences, received), sides

    def _split(self, letter: str) -> list[Sentence]:
        words = keep_what_asks(letter, split_words(letter))
        return list(split_sentences(words, self._lexicon, self._side_lexicon))


def _propose_all(letter: str, sentences: Iterable[Sentence], received: date) -> list[Proposal]:
    proposals: list[Proposal] = []
    for sentence in sentences:
        findings = _read_sentence(sentence, received)
        proposals.extend(_propose(letter, sentence, one) for one in findings)
    return sorted(_drop_repeated(_drop_unlikely(proposals)), key=_order)


def _list_sides(letter: str, sentences: Iterable[Sentence]) -> list[Side]:
    found: dict[str, Side] = {}
    for sentence in sentences:
        for one in find_sides(letter, sentence):
            found.setdefault(one.code.casefold(), one)
    return list(found.values())


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


def _drop_unlikely(proposals: Sequence[Proposal]) -> Iterable[Proposal]:
    """ "Congolese" is of either Congo, and of the one that the letter names elsewhere."""
    sure = {one.code for one in proposals if one.confidence > AMBIGUOUS and one.kind in PLACES}
    settled = {(one.start, one.kind) for one in proposals if one.code in sure}
    for one in proposals:
        is_other = one.kind in PLACES and one.code not in sure and (one.start, one.kind) in settled
        if not (is_other and one.confidence <= AMBIGUOUS):
            yield one


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
        if key not in kept or _is_better(one, kept[key]):
            kept[key] = one
    return list(kept.values())


def _is_better(one: Proposal, kept: Proposal) -> bool:
    """Whether a later mention says more: a level, or the country of which the first left a doubt."""
    is_surer = kept.confidence <= AMBIGUOUS < one.confidence and kept.kind == "country"
    return bool(one.level and not kept.level) or is_surer


def _order(one: Proposal) -> tuple[int, int, str]:
    return one.start, KINDS.index(one.kind), one.code or str(one.value)
