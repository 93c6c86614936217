"""What a coordinator's pages say of women in a list and in a form."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from roster.queries.people import ListedPerson, ShownDetails
from roster.vocabulary import load_vocabulary
from roster.web.person_words import STATES, word_end
from roster.wording import N_, Wording

SPEAK_TO_HER = N_("She wants no mail. Please speak to her.")

EDIT_LABELS = {
    "display_name": N_("Name"),
    "original_name": N_("Name in her own script"),
    "title": N_("Title"),
    "email": N_("E-mail"),
    "phone": N_("Telephone"),
    "safe_contact": N_("How to reach her safely"),
    "nationality": N_("Nationalities"),
    "residence": N_("Country of residence"),
    "birth_year": N_("Year of birth"),
    "seniority": N_("Seniority"),
    "languages": N_("Languages"),
    "track": N_("Tracks"),
    "role_held": N_("Roles held"),
    "theme": N_("Themes"),
    "place": N_("Countries worked in"),
    "note": N_("Note of the network"),
    "antenna": N_("Antenna"),
    "pool": N_("Put forward"),
    "accreditation": N_("Accreditation"),
    "accredited_on": N_("Accredited on"),
    "lapses_on": N_("Lapses on"),
}
"""The controls of the form in its order, with their labels."""


@dataclass(frozen=True)
class PersonLine:
    """One row of the list of people."""

    record_id: int
    name: str
    original_name: str
    network: str
    sign: str
    state: str
    until: str
    detail: str
    channel: str
    """How she is reached, where it is not by mail."""


def person_line(
    wording: Wording, person: ListedPerson, details: ShownDetails, now: datetime
) -> PersonLine:
    """Name, network, what she can do in a few words, and how fresh her answer is."""
    sign, word = STATES[person.state]
    languages = wording.list_plain(wording.terms("language", details.languages))
    tracks = wording.list_plain(wording.terms("track", details.tracks))
    return PersonLine(
        record_id=person.record_id,
        name=person.name,
        original_name=details.original_name if details.original_name != person.name else "",
        network=wording.term("network", person.network_code),
        sign=sign,
        state=wording.gettext(word),
        until=word_end(wording, person.state, person.valid_until, person.time_zone),
        detail=" · ".join(part for part in (tracks, languages) if part),
        channel=wording.gettext(SPEAK_TO_HER) if person.is_spoken_to else "",
    )


def ordered_options(wording: Wording, kind: str) -> list[tuple[str, str]]:
    """Codes of one kind with their names, in the order of the vocabulary: levels, states."""
    return [(code, wording.term(kind, code)) for code in load_vocabulary().codes(kind)]
