"""A letter as words with their places: every later step works on words, only the end on signs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from matching.term_text import normalise, squeeze

JOINED, COMMA, SENTENCE, PARAGRAPH = range(4)

#: Marks that belong to the letter before them: decomposed accents, Arabic vowel signs, joiners.
_MARKS = "\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d"
_WORD = re.compile(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)"
    r"|\d+[.,٫]\d+|[Ii1١]\s?½|[Ii]\.[5Vv](?!\w)"
    r"|(?:[^\W\d_]{1,2}\.[ ]?){2,}(?<=\.)"
    rf"|[^\W_](?:[^\W_]|[{_MARKS}])*"
    r"|[%٪]"
)
_SENTENCE_END = re.compile(r"[.!?;؛؟…•·]|\n\s*[-*–]\s")
_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n")
_COMMA = re.compile(r"[,،:()\[\]/+|«»\"“”–—]|\s-\s")

#: Arabic "and", "then", "with", "to", "like" and the article, written onto the word; longest first.
_PROCLITICS = (
    "وبال",
    "وكال",
    "ولل",
    "وال",
    "فال",
    "بال",
    "كال",
    "لل",
    "وب",
    "ول",
    "ال",
    "و",
    "ف",
    "ب",
    "ل",
    "ك",
)
#: Arabic ending -> ending of the singular: feminine plural, duals, masculine plural.
_ARABIC_ENDINGS = (("تين", "ه"), ("تان", "ه"), ("ات", "ه"), ("ين", ""), ("ون", ""), ("ان", ""))
_ARABIC = re.compile("[\u0621-\u064a]")
SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Word:
    """One word: letter[start:end], its folded form, and the sort of gap that stands before it."""

    start: int
    end: int
    form: str
    gap: int


def split_words(text: str) -> tuple[Word, ...]:
    """Return the words of a letter in order; a sign that is no word only widens a gap."""
    return tuple(_list_words(text))


def _list_words(text: str) -> Iterator[Word]:
    last, is_first = 0, True
    for match in _WORD.finditer(text):
        form = fold(match.group())
        if not form:
            continue
        gap = PARAGRAPH if is_first else _judge_gap(text[last : match.start()])
        yield Word(match.start(), match.end(), form, gap)
        last, is_first = match.end(), False


def _judge_gap(between: str) -> int:
    if between in (" ", "-", "'", "’", "\n"):
        return JOINED
    if _PARAGRAPH_END.search(between):
        return PARAGRAPH
    if _SENTENCE_END.search(between):
        return SENTENCE
    return COMMA if _COMMA.search(between) else JOINED


@lru_cache(maxsize=16384)
def fold(written: str) -> str:
    """Return a word as it is compared: no case, accents, vowel signs or Arabic article."""
    if written in "%٪":
        return "%"
    folded = normalise(written)
    return folded.replace(" ", "-") if folded[0:1].isdigit() else squeeze(folded)


@lru_cache(maxsize=16384)
def list_bare_forms(form: str) -> tuple[str, ...]:
    """Return the form and, for an Arabic word, what remains without the small words written onto it."""
    if not _ARABIC.match(form):
        return (form,)
    bare = [
        form[len(clitic) :]
        for clitic in _PROCLITICS
        if form.startswith(clitic) and len(form) - len(clitic) >= SHORTEST_STEM
    ]
    return tuple(dict.fromkeys([form, *bare]))


@lru_cache(maxsize=16384)
def list_singulars(form: str) -> tuple[str, ...]:
    """Return the forms that the singular of a word may have; the word itself is not among them."""
    if _ARABIC.match(form):
        return tuple(
            form[: len(form) - len(ending)] + singular
            for ending, singular in _ARABIC_ENDINGS
            if form.endswith(ending) and len(form) - len(ending) >= SHORTEST_STEM
        )
    if len(form) <= SHORTEST_STEM or form[-1] not in "sx":
        return ()
    return (form[:-1], form[:-2]) if form.endswith("es") and len(form) > 5 else (form[:-1],)
