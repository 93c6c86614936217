"""Two versions of a record side by side, for the second of two editors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from roster.web.coordinators.words import EDIT_LABELS
from roster.web.person_words import LEVEL_SKILLS, POOLS
from roster.wording import Wording

KINDS = {
    "track": "track",
    "role_held": "role",
    "theme": "theme",
    "seniority": "seniority",
    "accreditation": "accreditation_state",
}
"""Controls that hold codes, and their vocabulary."""
DAYS = ("accredited_on", "lapses_on")


class Difference(NamedTuple):
    """A field that the two versions say differently."""

    label: str
    sent: str
    saved: str


def list_differences(
    wording: Wording,
    checked: Mapping[str, Any],
    sent: Mapping[str, Any],
    saved: Mapping[str, Any],
) -> list[Difference]:
    """The fields that differ, in words and in the order of the form.

    ``sent`` is the form as typed, ``checked`` the same after the check (days and numbers).
    """
    found = []
    for name, label in EDIT_LABELS.items():
        source = checked if name in DAYS else sent
        mine, theirs = (_say(wording, name, each.get(name)) for each in (source, saved))
        if mine != theirs:
            found.append(Difference(wording.gettext(label), mine, theirs))
    return found


def _say(wording: Wording, name: str, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if name == "languages":
        return wording.list_parts(_say_language(wording, row) for row in value)
    if name in DAYS:
        return wording.date(value)
    if name == "pool":
        return wording.gettext(POOLS[value]) if value in POOLS else str(value)
    kind = KINDS.get(name)
    if kind is None:
        return str(value)
    codes = sorted(value) if isinstance(value, list) else [value]
    return wording.list_plain(wording.term(kind, str(code)) for code in codes)


def _say_language(wording: Wording, row: Mapping[str, Any]) -> str:
    levels = [wording.term("level", str(row[s])) if row.get(s) else "–" for s in LEVEL_SKILLS]
    if all(level == "–" for level in levels):
        levels = [wording.gettext("unknown")]
    return f"{row.get('language', '')} {' '.join(levels)}"
