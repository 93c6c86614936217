"""The words of the vocabulary as they may stand in a letter: longest phrase first, inflected or not."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz.distance import OSA

from matching.letters.stop_words import SHORT_KEYS, STOP_KEYS
from matching.letters.words import COMMA, Word, list_bare_forms, list_singulars
from matching.term_text import normalise, squeeze
from matching.terms import Term, Terms

#: Kinds that compete for the same words, the likelier reading first.
KINDS = ("network", "role", "country", "region", "language", "theme", "phase", "track")
#: Kinds read apart, because they stand inside or beside the others ("senior gender adviser").
SIDE_KINDS = ("level", "level_word", "seniority")

#: Up to this length a key is an abbreviation; few of them are read.
SHORT = 3
LONGEST = 12
#: Names of these kinds are known again with one wrong letter, if they have so many letters.
GUESSED_KINDS = frozenset({"country", "language"})
SHORTEST_GUESS = 7
#: From this length on a key is unlikely to be two other words that happen to stand together.
LONG_KEY = 8


@dataclass(frozen=True)
class Sight:
    """Words first..last as a phrase of the vocabulary: its readings, kind -> codes.

    `quality` is 2 as written, 1 without what Arabic writes onto a word, 0 as the singular of what
    stands there. `is_demonym`: the country is named by its adjective, `is_name`: by its name. `is_guess`: one letter of the
    word is another than in the vocabulary.
    """

    first: int
    last: int
    quality: int
    readings: Mapping[str, tuple[str, ...]]
    is_demonym: bool = False
    width: int = 0
    is_guess: bool = False
    is_name: bool = False


@dataclass
class Lexicon:
    """Keys (phrases without spaces) of some kinds, in order, so that a beginning is found at once."""

    _entries: dict[str, dict[str, set[str]]] = field(default_factory=lambda: defaultdict(dict))
    _lengths: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _demonyms: set[str] = field(default_factory=set)
    _country_names: set[str] = field(default_factory=set)
    _keys: list[str] = field(default_factory=list)
    _guessable: dict[tuple[str, int], list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def make(
        cls, terms: Terms, kinds: Sequence[str], demonyms: Mapping[str, Sequence[str]]
    ) -> "Lexicon":
        """Index names and synonyms of the kinds; codes are left out, they are no words."""
        made = cls()
        for kind in kinds:
            for code in terms.codes(kind) if kind in terms.kinds() else ():
                made._add(terms.get(kind, code))
        made._add_demonyms(demonyms)
        made._add_country_names(terms)
        made._keys = sorted(made._entries)
        made._sort_guessable()
        return made

    def _add(self, term: Term) -> None:
        if term.is_rare:
            return
        for word in (*term.names.values(), *term.synonyms):
            phrase = normalise(word)
            key = squeeze(phrase)
            if is_usable(key, term.kind):
                self._lengths[key].add(len(phrase.split()))
                self._entries[key].setdefault(term.kind, set()).add(term.code)

    def _add_country_names(self, terms: Terms) -> None:
        """Some are written like an adjective of theirs ("Armenia", in Spanish of a woman too)."""
        for code in terms.codes("country") if "country" in terms.kinds() else ():
            names = terms.get("country", code).names.values()
            self._country_names.update(squeeze(normalise(one)) for one in names)

    def _add_demonyms(self, demonyms: Mapping[str, Sequence[str]]) -> None:
        keys = {squeeze(normalise(word)) for words in demonyms.values() for word in words}
        self._demonyms = keys & self._entries.keys()

    def _sort_guessable(self) -> None:
        for key in self._keys:
            is_name = GUESSED_KINDS & self._entries[key].keys() and 1 in self._lengths[key]
            if is_name and len(key) >= SHORTEST_GUESS:
                self._guessable[key[0], len(key)].append(key)

    def guess_at(self, words: Sequence[Word], first: int) -> Sight | None:
        """Return the one country or language whose name differs by one letter; never a short one."""
        form = words[first].form
        if len(form) < SHORTEST_GUESS or not form.isalpha():
            return None
        near = self._list_near(form)
        if not near:
            return None
        common = {
            kind: set.intersection(*(self._entries[key].get(kind, set()) for key in near))
            for kind in GUESSED_KINDS
        }
        readings = {kind: tuple(codes) for kind, codes in common.items() if len(codes) == 1}
        sight = self._make_sight(words, first, first, (near[0], 0))
        return replace(sight, readings=readings, is_guess=True) if readings else None

    def _list_near(self, form: str) -> list[str]:
        return [
            key
            for length in (len(form) - 1, len(form), len(form) + 1)
            for key in self._guessable.get((form[0], length), ())
            if OSA.distance(form, key, score_cutoff=1) <= 1
        ]

    def find_at(self, words: Sequence[Word], first: int) -> Sight | None:
        """Return the longest phrase that starts at a word and does not leave its sentence."""
        best: Sight | None = None
        partials = self._open(words[first])
        for last in range(first, min(first + LONGEST, len(words))):
            if last > first:
                if words[last].gap > COMMA:
                    break
                partials = self._extend(partials, words[last])
            if not partials:
                break
            phrase = words[first : last + 1]
            hits = [one for one in partials if self._is_phrase(one[0], phrase)]
            if hits:
                best = self._make_sight(words, first, last, max(hits, key=lambda one: one[1]))
        return best

    def _open(self, word: Word) -> list[tuple[str, int]]:
        exact = [(bare, 2 if bare == word.form else 1) for bare in list_bare_forms(word.form)]
        singular = [(one, 0) for bare, _ in exact for one in list_singulars(bare)]
        return self._keep([*exact, *singular])

    def _extend(self, partials: list[tuple[str, int]], word: Word) -> list[tuple[str, int]]:
        longer = [
            (begun + bare, quality if bare == word.form else min(quality, 1))
            for begun, quality in partials
            for bare in list_bare_forms(word.form)
        ]
        singular = [(begun + one, 0) for begun, _ in partials for one in list_singulars(word.form)]
        return self._keep([*longer, *singular])

    def _keep(self, partials: list[tuple[str, int]]) -> list[tuple[str, int]]:
        return [one for one in partials if self._is_beginning(one[0])]

    def _is_beginning(self, begun: str) -> bool:
        place = bisect_left(self._keys, begun)
        return place < len(self._keys) and self._keys[place].startswith(begun)

    def _is_phrase(self, key: str, words: Sequence[Word]) -> bool:
        """A long key may be parted otherwise than the vocabulary does it ("cease fire").

        Not by a single letter: "l'Ouganda" is no Luganda, "español a" no adjective of Spain.
        """
        if key not in self._entries:
            return False
        may_part = len(key) >= LONG_KEY and all(len(word.form) > 1 for word in words)
        return may_part or len(words) in self._lengths[key]

    def _make_sight(
        self, words: Sequence[Word], first: int, last: int, hit: tuple[str, int]
    ) -> Sight:
        key, quality = hit
        readings = {kind: tuple(sorted(codes)) for kind, codes in self._entries[key].items()}
        width = words[last].end - words[first].start
        is_name = key in self._country_names
        return Sight(first, last, quality, readings, key in self._demonyms, width, is_name=is_name)

    def find_all(self, words: Sequence[Word]) -> list[Sight]:
        """Return the phrases of a sentence in order; where two overlap, the longer one stays."""
        found = [sight for first in range(len(words)) if (sight := self.find_at(words, first))]
        taken: set[int] = set()
        kept = []
        for sight in sorted(found, key=lambda one: (-one.width, -one.quality, one.first)):
            places = range(sight.first, sight.last + 1)
            if taken.isdisjoint(places):
                taken.update(places)
                kept.append(sight)
        guesses = [
            guess
            for place in range(len(words))
            if place not in taken and (guess := self.guess_at(words, place))
        ]
        return sorted([*kept, *guesses], key=lambda one: one.first)


def is_usable(key: str, kind: str) -> bool:
    """Tell whether a phrase of a kind, squeezed, is read in a letter at all."""
    if not key or key in STOP_KEYS["*"] or key in STOP_KEYS.get(kind, ()):
        return False
    return len(key) > SHORT or key in SHORT_KEYS or not key.isascii()
