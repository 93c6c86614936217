"""One woman's profile as the coordinators of a network read it, and as her own mirror shows it.

Both pages take the same view and the same part of a template (``parts/person.html``), so that what
she sees in the mirror is what they see.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from roster.models import Record
from roster.queries.records import Person
from roster.web.person_words import (
    COORDINATOR,
    AvailabilityLine,
    Line,
    Viewers,
    availability_lines,
    consent_lines,
    entry_lines,
    identity_lines,
    language_lines,
    membership_line,
)
from roster.wording import Wording


@dataclass(frozen=True)
class PersonView:
    """The sections of the profile in words. ``own_…`` are her own record's, where it is shared."""

    network: str
    state: str
    safety_class: str
    is_from_list: bool
    """Whether what stands of her time is a spreadsheet's word only."""
    membership: dict[str, str]
    identity: list[tuple[str, str, str]]
    entries: list[Line]
    languages: list[list[str]]
    own_entries: list[Line]
    own_languages: list[list[str]]
    availability: AvailabilityLine
    consents: list[tuple[str, str, str]]


def make_person_view(
    wording: Wording,
    person: Person,
    own: Record | None,
    *,
    now: datetime,
    viewers: Viewers = COORDINATOR,
) -> PersonView:
    """The profile that ``person`` has in one network; only fields that all ``viewers`` may see."""
    said = person.availability
    return PersonView(
        network=wording.term("network", person.record.network_code or ""),
        state=person.state(now),
        safety_class=wording.term("safety_class", str(person.record.mediator.safety_class)),
        is_from_list=said is not None and said.confirmed_by == "import",
        membership=membership_line(wording, person),
        identity=identity_lines(wording, person.record, viewers),
        entries=entry_lines(wording, person.record, viewers),
        languages=language_lines(wording, person.record),
        own_entries=entry_lines(wording, own, viewers) if own else [],
        own_languages=language_lines(wording, own) if own else [],
        availability=availability_lines(wording, person, now),
        consents=consent_lines(wording, person),
    )
