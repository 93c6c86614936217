"""The look-up tables of one kind of terms: exact, loose and fuzzy."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from matching.term_text import loosen, normalise, squeeze

#: Up to this length a text may be a code, an abbreviation or a name, so a name has no precedence.
SHORT = 3
#: Similarity in percent under which two words are not worth a proposal.
FUZZY_FLOOR = 78.0
LOOSE_CONFIDENCE = 0.95

_CODE, _NAME, _SYNONYM, _RARE = range(4)
_HOW = ("code", "name", "synonym", "name")
_Levels = tuple[set[str], set[str], set[str], set[str]]


@dataclass(frozen=True)
class Term:
    """One entry of the vocabulary.

    `names` is by language tag, `parents` are codes one level up, `other_codes` are codes of other
    standards (ISO alpha-2). A rare term gives way: its words count where no other term has them.
    """

    kind: str
    code: str
    names: Mapping[str, str]
    synonyms: tuple[str, ...]
    parents: tuple[str, ...] = ()
    other_codes: tuple[str, ...] = ()
    is_rare: bool = False


class TermIndex:
    """The words of one kind: squeezed text -> level -> codes, and the looser table behind it."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._codes: set[str] = set()
        self._exact: dict[str, _Levels] = {}
        self._loose: dict[str, set[str]] = defaultdict(set)
        self._phrases: dict[str, set[str]] = defaultdict(set)
        for term in terms:
            self._add_codes(term)
            self._add_words(term, _RARE if term.is_rare else _NAME, term.names.values())
            self._add_words(term, _RARE if term.is_rare else _SYNONYM, term.synonyms)
        self._choices = list(self._phrases)

    def _add(self, phrase: str, level: int, code: str) -> None:
        levels = self._exact.setdefault(squeeze(phrase), (set(), set(), set(), set()))
        levels[level].add(code)

    def _add_codes(self, term: Term) -> None:
        self._codes.add(term.code)
        for code in (term.code, *term.other_codes):
            phrase = normalise(code)
            self._add(phrase, _CODE, term.code)
            if len(phrase) > SHORT:
                self._phrases[phrase].add(term.code)

    def _add_words(self, term: Term, level: int, words: Iterable[str]) -> None:
        for phrase in filter(None, map(normalise, words)):
            self._add(phrase, level, term.code)
            self._phrases[phrase].add(term.code)
            loose = loosen(phrase)
            if loose and level != _RARE:
                self._loose[loose].add(term.code)

    def look_up(self, text: str) -> tuple[tuple[str, ...], str, float]:
        """Return (codes, how, confidence): no code = unknown, several = ambiguous."""
        stripped = text.strip()
        if stripped in self._codes:
            return (stripped,), "code", 1.0
        phrase = normalise(text)
        levels = self._exact.get(squeeze(phrase))
        if levels is not None:
            codes = _choose(stripped, levels)
            hows = (_HOW[level] for level, held in enumerate(levels) if held & codes)
            return tuple(sorted(codes)), next(hows, "name"), 1.0
        loose = loosen(phrase)
        return tuple(sorted(self._loose.get(loose, ()))), "synonym", LOOSE_CONFIDENCE

    def list_similar(self, text: str, limit: int) -> list[tuple[str, float]]:
        """Return (code, similarity in percent) of the words most like the text, best first."""
        phrase = normalise(text)
        if len(phrase) < SHORT:
            return []
        hits = process.extract(
            phrase,
            self._choices,
            scorer=fuzz.token_sort_ratio,
            limit=limit,
            score_cutoff=FUZZY_FLOOR,
        )
        return [(code, score) for word, score, _ in hits for code in sorted(self._phrases[word])]


def _choose(text: str, levels: _Levels) -> set[str]:
    """Choose among the codes that share a spelling; more than one = the text does not decide.

    A short text written as codes are ("EN", "fr") is the code, unless it is a synonym elsewhere too
    ("MSA" is Malay and Modern Standard Arabic); as a name ("Dan") it may be either; with signs inside
    ("N/A") it is no code. In longer texts a code is certain, and common terms go before rare ones.
    """
    if len(squeeze(normalise(text))) <= SHORT:
        core = text.strip(" .,:;()[]")
        if not core.isalnum():
            return set().union(*levels[_NAME:])
        is_written_as_code = core.islower() or core.isupper() or core.isdigit()
        if levels[_CODE] and is_written_as_code:
            return levels[_CODE] | levels[_SYNONYM]
        return set().union(*levels)
    return levels[_CODE] or levels[_NAME] | levels[_SYNONYM] or levels[_RARE]
