"""Missing items of a record in words: what to fill in or to ask her, never a blame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from roster.wording.messages import N_
from roster.wording.speech import Wording

ITEMS: Mapping[str, str] = {
    "consent": N_("Her consent to be matched and shown as a card"),
    "answer": N_("An answer of hers that holds: when she is free"),
    "answer_details": N_("Dates, notice, days a month or ways of working in her answer"),
    "accreditation": N_("Her accreditation, finished or renewed"),
    "declaration": N_("Her declaration of ties, made within a year"),
    "nationality": N_("Her nationality"),
    "residence": N_("Her country of residence"),
    "language": N_("Her level confirmed: %(names)s"),
    "theme": N_("Her theme confirmed: %(names)s"),
    "role": N_("Evidence of a role held: %(names)s"),
    "track": N_("Evidence of a track: %(names)s"),
    "phase": N_("Evidence of a phase: %(names)s"),
    "region": N_("Evidence and years of work in: %(names)s"),
    "seniority": N_("Her seniority"),
    "training": N_("A certificate that holds: %(names)s"),
    "no_language": N_("Her languages: none is entered"),
    "no_theme": N_("Her themes: none is entered"),
    "no_role": N_("Her roles: none is entered"),
    "no_track": N_("Her tracks: none is entered"),
    "no_phase": N_("Her phases: none is entered"),
    "no_region": N_("Where she has worked: no country is entered"),
}
"""Per code of ``services.missing_items`` what would have to be there."""


def word_item(wording: Wording, code: str, about: Sequence[str]) -> str:
    """One item, with the names of what it is about."""
    kind = "country" if code == "region" else code
    names = [
        wording.term("region" if kind == "country" and one.isdigit() else kind, one)
        for one in about
    ]
    return wording.gettext(ITEMS[code], names=wording.list_or(names))
