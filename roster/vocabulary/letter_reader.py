"""The reader of letters with the shipped vocabulary, made once a process: it takes a third of a second."""

from __future__ import annotations

from functools import cache

from matching.letters import LetterReader
from roster.vocabulary import load_vocabulary
from roster.vocabulary.demonyms import list_demonyms


@cache
def load_letter_reader() -> LetterReader:
    """Return the reader; it keeps nothing of what it reads, so all may share it."""
    return LetterReader(load_vocabulary(), list_demonyms())
