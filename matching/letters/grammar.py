"""The small words of a language that give a letter its meaning, as one table per language.

A table maps a category to phrases, or to phrases with a value. Phrases are written as people write
them and folded when the table is made. Categories: see `CATEGORIES`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from matching.letters.words import COMMA, Word, list_bare_forms, split_words

#: Category -> what a phrase of it says.
CATEGORIES: Mapping[str, str] = {
    "must": "what it goes with has to be so; value: where that stands (before, after, either)",
    "nice": "what it goes with is welcome; value as above",
    "exclude": "what it goes with keeps somebody out; value as above",
    "waive": "what it goes with is not asked for; value as above",
    "contrast": "ends the reach of what was said before",
    "and": "joins the members of a list",
    "filler": "articles and prepositions that may stand inside a list or a date",
    "number": "a number word; value: the number",
    "article": "an article that may count one",
    "the": "an article of something known",
    "person": "a countable person who may be sought",
    "woman": "a woman or women",
    "man": "a man or men",
    "need": "somebody is sought",
    "team": "the team, delegation or group that exists",
    "month": "a month; value 1..12",
    "auxiliary": "a word of time that is a verb here: may be",
    "weekday": "a day of the week; value 0 = Monday",
    "unit": "a unit of time; value H, D, W, M or Y, with a 2 where the word is a dual",
    "from": "a day after it begins something",
    "until": "a day after it ends something",
    "in": "a day after it is when something is",
    "begins": "a verb of beginning",
    "ends": "a verb of ending",
    "part": "a part of a month; value: its day, 0 = the last",
    "next": "the one that comes",
    "this_month": "the month of the letter's receipt",
    "day": "a day relative to receipt; value: days",
    "quarter": "a quarter of a year; value 1..4, or 0: a number stands beside it",
    "national": "of a nationality",
    "from_there": "of that country, a nationality where it keeps out",
    "resident": "living in",
    "office": "working for, holding office in; value: any, government or party",
    "unaffiliated": "all in one: works for nobody at all",
    "sender": "an embassy, mission or office: a country after it is a sender, no wish",
    "speaks": "a language is near",
    "speaker": "a word for the speaker of one language; value: its code",
    "lasting": "a length of time after it is a duration",
    "renewable": "a length of time before it is a duration",
    "notice": "a length of time after it is the time until she can come",
    "notice_after": "a length of time before it is the time until she can come",
    "reply": "a day or length of time near it is when an answer is due",
    "experience": "a length of time near it is what she has behind her",
    "per_month": "in each month",
    "percent": "hundredths",
    "parity": "as many women as men",
    "fraction": "a part of something, of women where they are named after it; value: percent",
    "young": "young, of a person",
    "under": "an age after it is not reached",
    "modality": "a way of working; value: its code",
    "title": "a title before a name",
    "address": "a street or box: a name beside it is no country",
    "phase": "marks a word beside it as a phase",
    "blocked": "looks like a criterion and is none",
    "people": "a language or country beside it names people or a place, no language",
    "homograph": "a word or a person's name that is a country too, and is read as one only beside a word"
    " of places; value name: it is doubtful elsewhere, doubt: it always is",
    "between": "two sides or more come after it",
    "body": "a sort of organisation: what it is called may be a side",
    "process": "of a country's talks, parties or conflict",
    "greeting": "opens a letter",
    "closing": "closes a letter",
    "header": "opens a line of a letter's head",
    "quote": "opens a quoted letter",
}
#: A first word of a phrase that is not longer than this says little about the language.
SHORTEST_OPENER = 3
#: Folded words, category, value.
Phrase = tuple[tuple[str, ...], str, int | str | None]


@dataclass(frozen=True)
class Mark:
    """A phrase of a grammar found in a letter: words first..last, both included."""

    first: int
    last: int
    category: str
    value: int | str | None = None


@dataclass(frozen=True)
class Grammar:
    """One language: its tag, the words by which it is recognised, its table of phrases."""

    language: str
    function_words: frozenset[str]
    _phrases: Mapping[str, tuple[Phrase, ...]] = field(repr=False)
    _openers: frozenset[str] = field(repr=False)

    @classmethod
    def make(cls, language: str, function_words: str, table: str) -> "Grammar":
        """Fold a table as people write it.

        A line is "category: phrase; phrase" or "category value: …"; a line that starts with a blank
        goes on with the one above it. KeyError for a category that does not exist.
        """
        by_first: dict[str, list[Phrase]] = defaultdict(list)
        for category, value, phrase in _read_table(table):
            forms = tuple(word.form for word in split_words(phrase))
            by_first[forms[0]].append((forms, category, value))
        ordered = {
            first: tuple(sorted(held, key=lambda one: -len(one[0])))
            for first, held in by_first.items()
        }
        words = frozenset(word.form for word in split_words(function_words))
        openers = frozenset(form for form in by_first if len(form) > SHORTEST_OPENER)
        return cls(language, words, ordered, openers)

    def count(self, forms: Iterable[str]) -> int:
        """Count the words that are small words or first words of a phrase of this language."""
        return sum(form in self.function_words or form in self._openers for form in forms)

    def find_marks(self, words: Sequence[Word], first: int) -> list[Mark]:
        """Return the longest phrase of each category that starts at a word."""
        found: dict[str, Mark] = {}
        for bare in list_bare_forms(words[first].form):
            for forms, category, value in self._phrases.get(bare, ()):
                if category not in found and _stands_at(words, first, forms):
                    found[category] = Mark(first, first + len(forms) - 1, category, value)
        return list(found.values())


def _read_table(table: str) -> Iterator[tuple[str, int | str | None, str]]:
    for line in table.replace("\n  ", " ").strip().splitlines():
        head, _, phrases = line.partition(":")
        category, _, written = head.partition(" ")
        CATEGORIES[category]
        value = int(written) if written.isdigit() else written or None
        yield from ((category, value, phrase.strip()) for phrase in phrases.split(";"))


def _stands_at(words: Sequence[Word], first: int, forms: tuple[str, ...]) -> bool:
    if first + len(forms) > len(words):
        return False
    rest = words[first + 1 : first + len(forms)]
    return all(
        word.gap <= COMMA and word.form == form for word, form in zip(rest, forms[1:], strict=True)
    )
