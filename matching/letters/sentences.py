"""One sentence with everything that is known of its words before its meaning is read."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from matching.letters.grammar import Grammar, Mark
from matching.letters.grammars import GRAMMARS
from matching.letters.lexicon import Lexicon, Sight
from matching.letters.values import Force, Value
from matching.letters.words import PARAGRAPH, SENTENCE, Word

#: A text of so many words is no letter in a language that claims a smaller part of them.
LONG_ENOUGH_TO_TELL = 20
LEAST_SHARE = 0.18
#: A paragraph is read in another language than the letter if that language has so many times its words.
MUCH_LIKELIER = 1.5


@dataclass
class Finding:
    """A criterion at words first..last of a sentence; its force is settled last."""

    kind: str
    first: int
    last: int
    confidence: float
    code: str | None = None
    value: Value | None = None
    level: str | None = None
    force: Force | None = None


@dataclass
class Sentence:
    """Words of a sentence, its grammar, the phrases of grammar and vocabulary in it.

    `taken` holds the places of words that a reading has used up: a number is read once.
    """

    words: Sequence[Word]
    grammar: Grammar
    sights: list[Sight]
    side_sights: list[Sight]
    marks: dict[str, list[Mark]] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        found: dict[str, list[Mark]] = defaultdict(list)
        for first in range(len(self.words)):
            for mark in self.grammar.find_marks(self.words, first):
                found[mark.category].append(mark)
        self.marks = dict(found)
        self.sights = [
            one
            for one in self.sights
            if not any(
                mark.first <= one.first and one.last <= mark.last
                for mark in found.get("blocked", ())
            )
        ]
        self._at = {
            category: {mark.first: mark for mark in marks} for category, marks in found.items()
        }
        self._by_last = {
            category: {mark.last: mark for mark in reversed(marks)}
            for category, marks in found.items()
        }
        self._covered = {
            category: {place for mark in marks for place in range(mark.first, mark.last + 1)}
            for category, marks in found.items()
        }

    def list_marks(self, category: str) -> list[Mark]:
        """Return the marks of a category in order."""
        return self.marks.get(category, [])

    def at(self, category: str, place: int) -> Mark | None:
        """Return the mark of a category that starts at a word."""
        return self._at.get(category, {}).get(place)

    def before(self, category: str, place: int, within: int = 0) -> Mark | None:
        """Return the nearest mark that ends before a word, with at most `within` words between."""
        held = self._by_last.get(category)
        if held:
            for last in range(place - 1, place - 2 - within, -1):
                if last in held:
                    return held[last]
        return None

    def after(self, category: str, place: int, within: int = 0) -> Mark | None:
        """Return the nearest mark that starts after a word, with at most `within` words between."""
        held = self._at.get(category)
        if held:
            for first in range(place + 1, place + 2 + within):
                if first in held:
                    return held[first]
        return None

    def is_in(self, category: str, place: int) -> bool:
        """Tell whether a word belongs to a mark of the category."""
        return place in self._covered.get(category, ())

    def has(self, category: str) -> bool:
        """Tell whether the sentence holds a mark of the category."""
        return category in self.marks

    def take(self, first: int, last: int) -> None:
        """Use up words first..last."""
        self.taken.update(range(first, last + 1))

    def is_free(self, first: int, last: int) -> bool:
        """Tell whether no reading has used any of the words."""
        return self.taken.isdisjoint(range(first, last + 1))

    def skip_fillers_back(self, place: int, most: int = 3) -> int:
        """Return the place itself or, past small words before it, the place where they start."""
        while most and place > 0 and self.is_in("filler", place - 1) and self.words[place].gap <= 1:
            place, most = place - 1, most - 1
        return place

    def is_end(self, last: int) -> bool:
        """Tell whether a word is the last before a comma or the end of the sentence."""
        return last + 1 >= len(self.words) or self.words[last + 1].gap > 0


def choose_grammar(words: Sequence[Word], default: Grammar | None = None) -> Grammar | None:
    """Return the grammar of the language that the words are likeliest in; None = none of the five."""
    forms = [word.form for word in words]
    hits = {grammar.language: grammar.count(forms) for grammar in GRAMMARS}
    best = max(GRAMMARS, key=lambda grammar: hits[grammar.language])
    if default is not None:
        is_likelier = hits[best.language] > MUCH_LIKELIER * hits[default.language] + 1
        return best if is_likelier else default
    share = hits[best.language] / max(len(forms), 1)
    if len(forms) >= LONG_ENOUGH_TO_TELL and share < LEAST_SHARE:
        return None
    return best if hits[best.language] else None


def split_sentences(
    words: Sequence[Word], lexicon: Lexicon, side_lexicon: Lexicon
) -> Iterator[Sentence]:
    """Yield the sentences of a letter; none where it is in no language that we read."""
    default = choose_grammar(words)
    if default is None:
        return
    for paragraph in _split_at(words, PARAGRAPH):
        grammar = choose_grammar(paragraph, default) or default
        for part in _split_at(paragraph, SENTENCE):
            yield Sentence(part, grammar, lexicon.find_all(part), side_lexicon.find_all(part))


def _split_at(words: Sequence[Word], gap: int) -> Iterator[Sequence[Word]]:
    starts = [place for place, word in enumerate(words) if place == 0 or word.gap >= gap]
    for start, end in zip(starts, [*starts[1:], len(words)], strict=True):
        yield words[start:end]
