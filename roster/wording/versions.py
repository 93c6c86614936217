"""Two versions of one row in the words of an administrator's pages: what was sent, what is saved."""

from __future__ import annotations

from collections.abc import Mapping

from roster.wording.messages import N_
from roster.wording.speech import Wording
from roster.wording.staff import ROLES, word_grant, word_state

LABELS: Mapping[str, str] = {
    "role": N_("Role"),
    "roles": N_("Roles"),
    "network": N_("Network"),
    "is_active": N_("How it stands"),
    "availability_days": N_("Days that an answer lives"),
    "time_zone": N_("Time zone"),
    "names": N_("Names"),
    "word": N_("Further word"),
    "words": N_("Further words"),
    "is_retired": N_("How it stands"),
    "merged_into": N_("Is read as"),
}
"""Part of a row -> its label on the page where it is changed."""


def word_version(
    wording: Wording, version: Mapping[str, object], kind: str = ""
) -> list[tuple[str, str]]:
    """The parts that say something, with their labels; ``kind`` is the list of a term."""
    return [
        (wording.gettext(LABELS[part]), _word(wording, part, value, kind))
        for part, value in version.items()
        if part in LABELS and value not in (None, "", [], {})
    ]


def _word(wording: Wording, part: str, value: object, kind: str) -> str:
    if part == "role":
        return wording.gettext(ROLES.get(str(value), str(value)))
    if part == "roles":
        return wording.list_parts(_word_grant(wording, one) for one in str(value).split(", "))
    if part == "network":
        return wording.term("network", str(value))
    if part == "is_active":
        return word_state(wording, "open" if value else "closed")[1]
    if part == "is_retired":
        return wording.gettext(N_("retired") if value else N_("offered"))
    if part == "merged_into":
        return wording.term(kind, str(value))
    if isinstance(value, Mapping):
        return wording.list_plain(map(str, value.values()))
    return wording.list_plain(map(str, value)) if isinstance(value, list) else str(value)


def _word_grant(wording: Wording, grant: str) -> str:
    role, _, network = grant.partition(":")
    return word_grant(wording, role, network or None)
