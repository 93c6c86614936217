"""Whose names meet what a coordinator types: any script, spelling, order; unfinished, mistyped.

In memory and for one request: names are sealed in the database and are never kept outside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matching.names import NameIndex, list_words
from matching.terms import normalise

LEAST = 0.7
"""A name is listed from here on (``NameIndex``, 0..1): one slip in a word of five letters."""


def find_names(names: Mapping[int, Sequence[str]], text: str) -> dict[int, float]:
    """By number, how well any of the names meets the text, 0..1; those that do not are left out.

    Names that hold every word as it is typed, in whatever place, meet it in full; a text of signs
    alone is met by all. A number is no name: it is met as it stands and by nothing like it.
    """
    words = normalise(text).split()
    found = {number: 1.0 for number, hers in names.items() if _holds(hers, words)}
    if len(found) < len(names) and not any(sign.isdigit() for sign in text):
        index = NameIndex.build((number, hers) for number, hers in names.items())
        for one in index.find(text, limit=len(names)):
            if one.score >= LEAST:
                found.setdefault(one.entry_id, one.score)
    return found


def list_all_names(display: str, original: str | None, others: Sequence[str] | None) -> list[str]:
    """All names of a record: as shown, in her own script, former ones and variants."""
    return [name for name in (display, original, *(others or ())) if name]


def _holds(names: Sequence[str], words: Sequence[str]) -> bool:
    held = " ".join(word for name in names for word in list_words(name))
    return all(word in held for word in words)
