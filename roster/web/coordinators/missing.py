"""What records lack, worked out from past requests, each item with the page on which it is cured.

Pages of their own: asking many requests again takes its time, and she asks for it herself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from roster import clock
from roster.permissions import Permission
from roster.queries.records import get_person, network_subject, visible_networks
from roster.services.completeness import Completeness, Summed, find_missing, sum_missing
from roster.services.missing_items import MissingItem
from roster.web.access import current_actor, log_reading, needs, reading
from roster.web.coordinators import blueprint
from roster.web.coordinators.wishes import get_whole_lists
from roster.web.pages import current_wording, render
from roster.wording.completeness import word_item

HER_PAGE = "coordinators.show_person"
EDIT = "coordinators.edit_person"
CURED_ON: Mapping[str, str] = {
    "consent": HER_PAGE,
    "answer": "coordinators.show_availability",
    "answer_details": "coordinators.show_availability",
    "accreditation": "coordinators.show_accreditation",
    "training": "coordinators.show_accreditation",
    "declaration": HER_PAGE,
}
"""Where an item of one woman is cured; all others on the form of her record."""
STATES: Mapping[str, str] = {"answer": "expired", "answer_details": "fresh"}
FILTERS = frozenset({"language", "theme", "track"})
"""Kinds by which the list of people can be narrowed."""


@dataclass(frozen=True)
class MissingLine:
    """One item. ``women``: how many lack it, on the page that sums it up."""

    words: str
    opens: int
    endpoint: str
    helps: int = 0
    women: int = 0
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MissingView:
    """``asked`` requests asked again; of one woman ``fits``, of many ``looked_at``."""

    asked: int
    lines: Sequence[MissingLine]
    fits: int = 0
    looked_at: int = 0


@blueprint.get("/people/<int:record_id>/missing")
@needs(Permission.READ_RECORD, network_subject)
def show_missing(record_id: int) -> str:
    """The three missing items of one record that would open most matches."""
    actor, now = current_actor(), clock.now()
    person = get_person(reading(), actor=actor, record_id=record_id, now=now)
    log_reading(person.record.mediator_id, "record")
    return render(
        "coordinators/missing.html",
        record=person.record,
        name=person.record.identity.display_name,
        missing=make_missing(find_missing(reading(), actor=actor, record_id=record_id, now=now)),
    )


@blueprint.get("/missing")
@needs(Permission.LIST_RECORDS)
def show_summed() -> str:
    """What the records of a list lack, where it is the one thing between a woman and a request."""
    actor, now = current_actor(), clock.now()
    found = sum_missing(
        reading(),
        networks=visible_networks(reading(), actor),
        people=get_whole_lists().get(reading(), actor=actor, now=now).people,
        now=now,
    )
    return render("coordinators/missing_of_all.html", missing=make_summed(found))


def make_missing(found: Completeness) -> MissingView:
    """The items of one woman."""
    lines = [
        MissingLine(_word(one.item), one.opens, CURED_ON.get(one.item.code, EDIT), one.helps)
        for one in found.items
    ]
    return MissingView(found.asked, lines, fits=found.fits)


def make_summed(found: Summed) -> MissingView:
    """What many women lack, each with the list on which they are."""
    lines = [
        MissingLine(
            _word(one.item),
            one.matches,
            "coordinators.list_page",
            women=one.women,
            values=_narrow(one.item),
        )
        for one in found.items
    ]
    return MissingView(found.asked, lines, looked_at=found.looked_at)


def _narrow(item: MissingItem) -> dict[str, str]:
    """The list of people, as near to those who lack it as its form can ask."""
    if item.code in STATES:
        return {"state": STATES[item.code]}
    return {item.code: item.about[0]} if item.code in FILTERS and item.about else {}


def _word(item: MissingItem) -> str:
    return word_item(current_wording(), item.code, item.about)
