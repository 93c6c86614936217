"""What the words of a search mean beside names: themes, languages, places … in any of six languages.

A word that a reader has typed is looked up in the vocabulary as it stands; of themes, roles, phases
and trainings also a single word of their names will do ("médiation", "وساطة"). Nothing that is only
alike is taken for a term.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.orm import Session

from matching.terms import Terms, normalise
from roster.queries.person_filter import find_holders, roll_down
from roster.queries.whole_lists import WholeList
from roster.vocabulary import load_vocabulary

FIELDS = {
    "theme": "theme",
    "track": "track",
    "role": "role_held",
    "phase": "phase",
    "training": "training",
    "language": "language",
    "country": "place",
    "region": "place",
}
"""Kinds of terms that a list is searched for, and the field of a record that names them."""
BY_ONE_WORD = ("theme", "role", "phase", "training")
"""Kinds whose names are phrases: one word of a name finds all that bear it."""
CODES_OF_OTHERS = frozenset({"language", "country", "region"})
"""Kinds whose codes are ISO's and the UN's: three letters that are also names of women."""
LONGEST_PHRASE = 5
SHORTEST_WORD = 3

Meaning = tuple[str, str]
"""A kind of the vocabulary and one of its codes."""


@dataclass(frozen=True)
class Phrase:
    """Words that stand for terms; whoever holds any of ``codes`` (field, code) meets them."""

    words: str
    meanings: tuple[Meaning, ...]

    @property
    def codes(self) -> frozenset[tuple[str, str]]:
        """What a record may say to meet the phrase: of a region each country of it."""
        return frozenset(
            (FIELDS[kind], met) for kind, code in self.meanings for met in _spread(kind, code)
        )


@dataclass(frozen=True)
class ReadText:
    """A search as it was read: phrases that are terms, and the words that can only be names."""

    phrases: tuple[Phrase, ...]
    rest: str


def read_text(text: str) -> ReadText:
    """Take the longest phrases that mean something first, from the left."""
    words = text.split()
    phrases: list[Phrase] = []
    rest: list[str] = []
    place = 0
    while place < len(words):
        length, meanings = _read_longest(words[place : place + LONGEST_PHRASE])
        if meanings:
            phrases.append(Phrase(" ".join(words[place : place + length]), meanings))
        else:
            rest.append(words[place])
        place += length
    return ReadText(tuple(phrases), " ".join(rest))


def _read_longest(words: Sequence[str]) -> tuple[int, tuple[Meaning, ...]]:
    for length in range(len(words), 0, -1):
        meanings = tuple(_list_meanings(" ".join(words[:length])))
        if meanings:
            return length, meanings
    return 1, _list_by_word(load_vocabulary()).get(normalise(words[0]), ())


def _list_meanings(phrase: str) -> Iterator[Meaning]:
    """What a phrase means as it stands; all of it where it may be one of several."""
    vocabulary = load_vocabulary()
    for kind in FIELDS:
        found = vocabulary.find(phrase, kind)
        if found is not None:
            if found.how != "code" or kind not in CODES_OF_OTHERS:
                yield kind, found.code
        elif len(normalise(phrase)) > SHORTEST_WORD:
            yield from ((kind, code) for code in vocabulary.ambiguous(phrase, kind))


@lru_cache(maxsize=2)
def _list_by_word(vocabulary: Terms) -> dict[str, tuple[Meaning, ...]]:
    """Every word of the names of these kinds, in all six languages, to what bears it."""
    found: dict[str, dict[Meaning, None]] = defaultdict(dict)
    for kind in BY_ONE_WORD:
        for code in vocabulary.codes(kind):
            for name in vocabulary.get(kind, code).names.values():
                for word in normalise(name).split():
                    if len(word) > SHORTEST_WORD:
                        found[word][(kind, code)] = None
    return {word: tuple(meanings) for word, meanings in found.items()}


def _spread(kind: str, code: str) -> frozenset[str]:
    if kind == "language":
        return frozenset({code, *load_vocabulary().descendants("language", code)})
    return roll_down(FIELDS[kind], [code])


def meet_phrases(session: Session, whole: WholeList, phrases: Sequence[Phrase]) -> set[int]:
    """Ids of the records of the list that meet every phrase; one statement for each field of each."""
    return set.intersection(*(_meet_phrase(session, whole, phrase) for phrase in phrases))


def _meet_phrase(session: Session, whole: WholeList, phrase: Phrase) -> set[int]:
    by_field: dict[str, set[str]] = defaultdict(set)
    for field, code in phrase.codes:
        by_field[field].add(code)
    held = (find_holders(session, whole, field, codes) for field, codes in by_field.items())
    return set().union(*held)
