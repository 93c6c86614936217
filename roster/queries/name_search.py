"""Whose names meet what a coordinator types: any script, spelling, order; unfinished, mistyped.

In memory: names are sealed in the database.
"""

from __future__ import annotations

from matching.terms import normalise
from roster.queries.opened_names import SearchedNames

LEAST = 0.7
"""A name is listed from here on (``NameIndex``, 0..1): one slip in a word of five letters."""


def find_names(searched: SearchedNames, text: str) -> dict[int, float]:
    """By number, how well any of the names meets the text, 0..1; those that do not are left out.

    Names that hold every word as it is typed, in whatever place, meet it in full; a text of signs
    alone is met by all. A number is no name: it is met as it stands and by nothing like it.
    """
    found = dict.fromkeys(hold_words(searched, text), 1.0)
    if len(found) < len(searched.names) and not any(sign.isdigit() for sign in text):
        for one in searched.typed.find(text, limit=len(searched.names), least=LEAST):
            if one.score >= LEAST:
                found.setdefault(one.entry_id, one.score)
    return found


def hold_words(searched: SearchedNames, text: str) -> list[int]:
    """Whose names hold every word of the text as it is typed."""
    words = normalise(text).split()
    return [one for one, held in searched.words.items() if all(word in held for word in words)]
