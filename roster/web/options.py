"""What a form offers to choose from, in the words of its page; shared by all who fill one in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from roster.vocabulary import load_vocabulary
from roster.wording import N_, Wording

LEVELS: Mapping[str, str] = {
    "A1": N_("A1: a few words"),
    "A2": N_("A2: simple talk"),
    "B1": N_("B1: everyday talk"),
    "B2": N_("B2: can work in it"),
    "C1": N_("C1: fluent"),
    "C2": N_("C2: as a trained speaker"),
}


def level_options(wording: Wording) -> list[tuple[str, str]]:
    """The levels to choose from, in plain words where they have any."""
    codes = load_vocabulary().codes("level")
    return [
        (code, wording.gettext(LEVELS[code]) if code in LEVELS else wording.term("level", code))
        for code in codes
    ]


def options_in_order(wording: Wording, kind: str) -> list[tuple[str, str]]:
    """The codes of a kind that has an order of its own, with their names."""
    return [(code, wording.term(kind, code)) for code in load_vocabulary().codes(kind)]


def place_names(wording: Wording, codes: Iterable[str]) -> str:
    """Countries and regions as a form's text."""
    return wording.list_plain(
        wording.term("region" if code.isdigit() else "country", code) for code in codes
    )


LIKELY = 0.7
"""Confidence from which a similar name is worth showing; one letter off a short name has it."""
SUGGESTED = 3


def suggest_places(wording: Wording, codes: Iterable[str]) -> list[str]:
    """For each word that is no place (``unknown_word:Kenyya``) the places that may be meant."""
    words = [word for code, _, word in (one.partition(":") for one in codes) if word]
    return [
        wording.gettext(
            N_("Instead of “%(word)s”: %(names)s?"),
            word=wording.isolate(word),
            names=wording.list_or(names),
        )
        for word in words
        if (names := _list_similar(wording, word))
    ]


def _list_similar(wording: Wording, word: str) -> list[str]:
    vocabulary = load_vocabulary()
    kinds = ("country", "region")
    found = [one for kind in kinds for one in vocabulary.candidates(word, kind, SUGGESTED)]
    likely = sorted(
        (one for one in found if one.confidence >= LIKELY), key=lambda one: -one.confidence
    )
    return [wording.term(one.kind, one.code) for one in likely[:SUGGESTED]]
