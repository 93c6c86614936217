"""Missing items as the pages of coordinators say them, each with the page on which it is cured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from roster.services.completeness import Completeness, Summed
from roster.services.missing_items import MissingItem
from roster.web.pages import current_wording
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
