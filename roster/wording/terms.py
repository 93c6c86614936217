"""The lists that administrators keep, and how a term of them stands, in words."""

from __future__ import annotations

from collections.abc import Mapping

from roster.wording.messages import N_
from roster.wording.speech import Wording

LISTS: Mapping[str, str] = {
    "theme": N_("Themes"),
    "role": N_("Roles"),
    "phase": N_("Phases"),
    "training": N_("Trainings"),
    "track": N_("Tracks"),
    "network": N_("Networks"),
    "seniority": N_("Seniority"),
    "accreditation_state": N_("States of accreditation"),
    "modality": N_("Ways of work"),
    "notice": N_("Notice"),
    "availability_status": N_("Answers about availability"),
}
"""Kind of the vocabulary -> the name of its list."""


def own_name(wording: Wording, names: Mapping[str, str], code: str) -> str:
    """A term's own name, also where it is read as another one."""
    return names.get(wording.language) or names.get("en") or code


def word_standing(
    wording: Wording, kind: str, merged_into: str | None, *, is_retired: bool
) -> tuple[str, str] | None:
    """The sign and the words of a term that is not offered; None for one that is."""
    if merged_into:
        name = wording.isolate(wording.term(kind, merged_into))
        return "unk", wording.gettext(N_("is read as %(name)s"), name=name)
    return ("no", wording.gettext(N_("retired"))) if is_retired else None
