"""What narrows a list, as addresses, forms and kept searches say it: read, checked and worded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app

from roster.db import Database
from roster.queries.people_list import PeopleList
from roster.queries.person_filter import (
    LAPSED,
    NOT_FRESH,
    SEVERAL,
    TO_SPEAK,
    WISHES,
    PersonFilter,
    split_codes,
)
from roster.queries.whole_lists import WholeLists
from roster.schemas.export import LONGEST_FILTER
from roster.vocabulary import load_vocabulary
from roster.web.access import database
from roster.web.coordinators.words import SPEAK_TO_HER, ordered_options
from roster.web.pages import current_wording, term_options
from roster.web.person_words import STATES
from roster.wording import N_

KINDS: Mapping[str, tuple[str, ...]] = {
    "track": ("track",),
    "role": ("role",),
    "theme": ("theme",),
    "language": ("language",),
    "level": ("level",),
    "place": ("country", "region"),
    "accreditation": ("accreditation_state",),
    "safety": ("safety_class",),
}
"""Wishes about codes, and the kinds of the vocabulary of which one holds the code."""
SEVERAL_CODES = frozenset({"track", "role", "theme", "language", "place"})
MORE_STATES: Mapping[str, str] = {
    NOT_FRESH: N_("No fresh answer"),
    TO_SPEAK: SPEAK_TO_HER,
}
LABELS: Mapping[str, str] = {
    "text": N_("Name, language, theme or place, in any script"),
    "network": N_("Network"),
    "track": N_("Track"),
    "role": N_("Role held"),
    "theme": N_("Theme"),
    "language": N_("Language"),
    "level": N_("Spoken at least at"),
    "place": N_("Worked in"),
    "accreditation": N_("Accreditation"),
    "state": N_("Her answer"),
    "safety": N_("Safety class"),
}
"""The controls of the form in its order."""
LAPSED_WORDS = N_("lapsed")


def get_whole_lists() -> WholeLists:
    """What this process remembers of whole lists: of its one database."""
    known: tuple[Database, WholeLists] | None = current_app.extensions.get("whole_lists")
    if known is None or known[0] is not database():
        known = current_app.extensions["whole_lists"] = database(), WholeLists()
    return known[1]


def read_wishes(
    given: Mapping[str, str], networks: Sequence[str]
) -> tuple[PersonFilter, dict[str, list[str]]]:
    """What is asked, and codes of what is wrong with it; a wish that cannot be read asks nothing.

    A network that is not hers is no wish at all: it looks like one that does not exist.
    """
    asked = {name: given.get(name, "").strip() for name in WISHES}
    if asked["network"] not in networks:
        asked["network"] = ""
    errors = {name: [code] for name in WISHES if (code := _find_error(name, asked))}
    known = {name: "" if name in errors else value for name, value in asked.items()}
    return PersonFilter(**known), errors


def _find_error(name: str, asked: Mapping[str, str]) -> str | None:
    value = asked[name]
    if not value or name == "network":
        return None
    if len(value) > LONGEST_FILTER:
        return "wrong_length"
    if name == "text":
        return "forbidden_characters" if "\x00" in value else None
    if not _is_known(name, value):
        return "not_a_choice"
    return "language_missing" if name == "level" and not asked["language"] else None


def _is_known(name: str, value: str) -> bool:
    if name == "state":
        return value in STATES or value in MORE_STATES
    if name == "accreditation" and value == LAPSED:
        return True
    vocabulary = load_vocabulary()
    codes = split_codes(value) if name in SEVERAL_CODES else (value,)
    return bool(codes) and all(
        any(vocabulary.has(kind, code) for kind in KINDS[name]) for code in codes
    )


def list_kept(wanted: PersonFilter) -> dict[str, Any]:
    """The wishes that ask something, for an address or a form."""
    return {name: value for name in WISHES if (value := getattr(wanted, name))}


def word_wish(name: str, value: str) -> str:
    """One wish as a reader says it."""
    wording = current_wording()
    if name == "network":
        return wording.term("network", value)
    if name == "state":
        return wording.gettext(STATES[value][1] if value in STATES else MORE_STATES[value])
    if name == "accreditation" and value == LAPSED:
        return wording.gettext(LAPSED_WORDS)
    if name not in KINDS:
        return value
    return wording.list_or([_word_code(name, code) for code in value.split(SEVERAL)])


def _word_code(name: str, code: str) -> str:
    """The name of a code; the code itself where the vocabulary has lost it."""
    vocabulary, wording = load_vocabulary(), current_wording()
    kind = next((kind for kind in KINDS[name] if vocabulary.has(kind, code)), None)
    return wording.term(kind, code) if kind else code


def word_wishes(wanted: PersonFilter) -> list[tuple[str, str]]:
    """What is asked: label and value of every wish."""
    wording = current_wording()
    kept = list_kept(wanted)
    return [
        (wording.gettext(LABELS[name]), word_wish(name, kept[name]))
        for name in LABELS
        if name in kept
    ]


def list_choices(found: PeopleList, wanted: PersonFilter) -> dict[str, list[tuple[str, str]]]:
    """Per wish about codes its options: value and word, what is asked among them."""
    wording = current_wording()
    options = {
        "track": ordered_options(wording, "track"),
        "role": term_options("role"),
        "theme": term_options("theme"),
        "language": _sort([(one, _word_code("language", one)) for one in found.languages]),
        "level": ordered_options(wording, "level"),
        "place": _sort([(one, _word_code("place", one)) for one in found.places]),
        "accreditation": [
            *ordered_options(wording, "accreditation_state"),
            (LAPSED, wording.gettext(LAPSED_WORDS)),
        ],
        "state": [
            *((code, wording.gettext(word)) for code, (_, word) in STATES.items()),
            *((code, wording.gettext(word)) for code, word in MORE_STATES.items()),
        ],
        "safety": ordered_options(wording, "safety_class"),
    }
    for name, value in list_kept(wanted).items():
        if name in options and value not in dict(options[name]):
            options[name].append((value, word_wish(name, value)))
    return options


def _sort(pairs: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(pairs, key=lambda pair: pair[1])


def word_read_as(found: PeopleList) -> list[tuple[str, str]]:
    """What of the text was read as terms: the words, and what they were taken for."""
    wording = current_wording()
    return [
        (phrase.words, wording.list_or([wording.term(*meaning) for meaning in phrase.meanings]))
        for phrase in found.read_as
    ]


def pass_wishes(found: PeopleList, wanted: PersonFilter) -> dict[str, Any]:
    """What the template of the form of wishes is given."""
    wording = current_wording()
    return {
        "wanted": wanted,
        "choices": list_choices(found, wanted),
        "labels": {name: wording.gettext(label) for name, label in LABELS.items()},
        "read_as": word_read_as(found),
    }
