"""The reader of letters with the vocabulary in force, made once for each: it takes a third of a second."""

from __future__ import annotations

from functools import lru_cache

from matching.letters import LetterReader
from matching.terms import Terms
from roster.vocabulary import load_vocabulary
from roster.vocabulary.demonyms import list_demonyms


def load_letter_reader() -> LetterReader:
    """Return the reader; it keeps nothing of what it reads, so all may share it."""
    return _make_reader(load_vocabulary())


@lru_cache(maxsize=2)
def _make_reader(terms: Terms) -> LetterReader:
    return LetterReader(terms, list_demonyms())
