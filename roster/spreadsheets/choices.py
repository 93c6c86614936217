"""What an office has decided about its files: what a heading stands for, what a free word means."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from matching.terms import Terms, normalise
from roster.spreadsheets.results import Problem

KINDS = {
    "languages": "language",
    "levels": "level",
    "themes": "theme",
    "roles": "role",
    "countries": "country",
    "networks": "network",
    "tracks": "track",
}
"""What can be asked about a word, and the kind of the vocabulary in which the answer lies."""
LONGEST = 200
"""Characters of a heading or word, folded, by which it is known again."""

_FOUND_IS_WORD = {
    "LANG_UNKNOWN": "languages",
    "LANG_AMBIGUOUS": "languages",
    "COUNTRY_UNKNOWN": "countries",
    "COUNTRY_AMBIGUOUS": "countries",
    "REGION_FOR_COUNTRY": "countries",
    "TRACK_UNKNOWN": "tracks",
}
_LEVEL_AT_END = re.compile(r"\s+[ABC][12]\+?$", re.IGNORECASE)
"""An unknown language is asked about without its level: the answer holds at every level."""
_FOUND_IS_LIST = {
    "THEME_UNMAPPED": "themes",
    "ROLE_UNMAPPED": "roles",
    "NETWORK_UNKNOWN": "networks",
}


def fold(text: str) -> str:
    """A heading or word as it is known again: without case, accents and punctuation."""
    return normalise(text)[:LONGEST].strip()


@dataclass(frozen=True)
class Choices:
    """The decisions of one office. A field or meaning of None: pass over, leave as it is."""

    columns: Mapping[str, str | None] = field(default_factory=dict)
    """Folded heading -> field."""
    words: Mapping[tuple[str, str], str | None] = field(default_factory=dict)
    """(what is asked, folded word) -> code."""

    def speak(self, terms: Terms) -> Terms:
        """The vocabulary with the words of this office; a code that is no more is passed over."""
        own = {
            (KINDS[asked], word): code
            for (asked, word), code in self.words.items()
            if code is not None and asked in KINDS and terms.has(KINDS[asked], code)
        }
        return terms.with_words(own) if own else terms

    def settles(self, problem: Problem) -> bool:
        """Whether the problem is about nothing but words that the office wants left as they are."""
        if not self.words:
            return False
        words = [(asked, fold(word)) for asked, word in list_words(problem)]
        return bool(words) and all(self.words.get(pair, "") is None for pair in words)


NO_CHOICES = Choices()


def list_words(problem: Problem) -> Iterator[tuple[str, str]]:
    """The words as found that a problem is about, each with what can be asked about it."""
    found = problem.found or ""
    if asked := _FOUND_IS_WORD.get(problem.code):
        yield asked, _LEVEL_AT_END.sub("", found)
    elif asked := _FOUND_IS_LIST.get(problem.code):
        yield from ((asked, word) for word in found.split("; "))
    elif problem.code == "LEVEL_UNMAPPED":
        yield from (("levels", word) for word in (problem.note or "").split(", "))
