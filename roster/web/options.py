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
