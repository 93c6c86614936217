"""What would change of her record, and what her networks say otherwise, as lines of words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from roster.services.profile_changes import LISTS, FieldChange
from roster.vocabulary import load_vocabulary
from roster.wording import N_, Wording

LABELS: Mapping[str, tuple[str, str]] = {
    "display_name": (N_("Name"), ""),
    "original_name": (N_("Name in its own script"), ""),
    "title": (N_("Title"), ""),
    "email": (N_("E-mail"), ""),
    "phone": (N_("Telephone"), ""),
    "safe_contact": (N_("Safe ways to reach you"), ""),
    "birth_year": (N_("Year of birth"), ""),
    "residence": (N_("Country of residence"), "country"),
    "seniority": (N_("Seniority"), "seniority"),
    "biography": (N_("About you"), ""),
    "nationality": (N_("Nationality"), "country"),
    "track": (N_("Tracks"), "track"),
    "role_held": (N_("Roles held"), "role"),
    "role_sought": (N_("Roles sought"), "role"),
    "theme": (N_("Themes"), "theme"),
    "place": (N_("Countries worked in"), "country"),
    "language": (N_("Languages"), "language"),
}
"""Per field its label and the vocabulary of its codes."""
LEFT_TO_RIGHT = frozenset({"email", "phone"})


@dataclass(frozen=True)
class ChangeLine:
    """One field. Of a list ``before`` is what goes and ``after`` what comes; "" for nothing."""

    label: str
    before: str
    after: str
    is_list: bool = False
    direction: str = "auto"
    network: str = ""


def word_changes(wording: Wording, changes: Iterable[FieldChange]) -> list[ChangeLine]:
    """The changes that she is about to make."""
    return [
        ChangeLine(
            label=wording.gettext(LABELS[one.field][0]),
            before=_word_value(wording, one.field, one.before),
            after=_word_value(wording, one.field, one.after),
            is_list=one.field in LISTS,
            direction="ltr" if one.field in LEFT_TO_RIGHT else "auto",
        )
        for one in changes
    ]


def word_differences(
    wording: Wording, network_code: str, differences: Iterable[FieldChange]
) -> list[ChangeLine]:
    """``before`` is the network's word, ``after`` hers; a list names what only the network has."""
    network = wording.term("network", network_code)
    return [
        ChangeLine(
            label=wording.gettext(LABELS[one.field][0]),
            before=_word_value(wording, one.field, one.before),
            after=_word_value(wording, one.field, one.after),
            is_list=one.field in LISTS,
            network=network,
        )
        for one in differences
    ]


def _word_value(wording: Wording, field: str, value: Any) -> str:
    if not value:
        return ""
    kind = LABELS[field][1]
    if field == "language":
        spoken = (_word_language(wording, code, level) for code, level in value.items())
        return wording.list_parts(spoken)
    if field in LISTS:
        return wording.list_parts(wording.terms(kind, value))
    return wording.term(kind, str(value)) if kind else str(value)


def _word_language(wording: Wording, code: str, level: str | None) -> str:
    name = wording.term("language", code)
    if level is None:
        return wording.gettext(N_("%(language)s: not named"), language=name)
    if not level:
        return wording.gettext(N_("%(language)s: no level"), language=name)
    known = load_vocabulary().has("level", level)
    return f"{name} {wording.term('level', level) if known else level}"


def carry(raw: Mapping[str, Any]) -> list[tuple[str, str]]:
    """A sent form as names and values of hidden controls, so that nothing of it is lost."""
    return [pair for name, value in raw.items() if name != "do" for pair in _carry(name, value)]


def _carry(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(value, list):
        yield name, str(value)
        return
    for number, item in enumerate(value):
        if isinstance(item, Mapping):
            yield from ((f"{name}-{number}-{key}", str(each)) for key, each in item.items())
        else:
            yield name, str(item)
