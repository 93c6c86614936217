"""Who sees which field of a mediator: one table, field x viewer -> shown, banded, card or hidden.

Pages, API, exports, documents, mail and jobs ask ``shown``. A field or viewer that is not named
is hidden. Source: the visibility matrix of the trust design; "card" is the card of the product.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Viewer(StrEnum):
    """A viewer's relation to the mediator at this moment."""

    SELF = "self"
    OWN_COORDINATOR = "own_coordinator"
    OTHER_COORDINATOR = "other_coordinator"
    ENVOY_BEFORE = "envoy_before_release"
    ENVOY_AFTER = "envoy_after_release"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"
    PUBLIC = "public"
    EXCHANGE_PARTNER = "exchange_partner"
    """A mediator to whom she is proposed to learn with; both have agreed to be proposed."""
    SHARED_COORDINATOR = "shared_coordinator"
    """A coordinator of a network to which one of hers shows the cards of her class."""


class Sight(StrEnum):
    """How a field is shown."""

    HIDDEN = "hidden"
    CARD = "card"
    """As the card shows it: exact codes, banded dates and places."""
    BANDED = "banded"
    """As a wider band: a sub-region instead of a country."""
    SHOWN = "shown"
    WRITABLE = "writable"
    """Shown, and may be changed."""


S, V = Sight, Viewer
_OWN_TWO = {V.SELF: S.WRITABLE, V.OWN_COORDINATOR: S.WRITABLE}
_CARD = {**_OWN_TWO, V.ENVOY_BEFORE: S.CARD, V.ENVOY_AFTER: S.SHOWN}
_SHARED = {**_CARD, V.SHARED_COORDINATOR: S.CARD}
_EXCHANGED = {**_SHARED, V.EXCHANGE_PARTNER: S.CARD}
_RELEASED = {**_OWN_TWO, V.ENVOY_AFTER: S.SHOWN}

TABLE: Mapping[str, Mapping[Viewer, Sight]] = {
    "display_name": _RELEASED,
    "original_name": _RELEASED,
    "title": _RELEASED,
    "other_names": _RELEASED,
    "email": _RELEASED,
    "phone": _RELEASED,
    "safe_contact": _RELEASED,
    "birth_year": _OWN_TWO,
    "birth_band": {**_OWN_TWO, V.ENVOY_BEFORE: S.BANDED, V.ENVOY_AFTER: S.BANDED},
    "nationality": {**_OWN_TWO, V.ENVOY_AFTER: S.BANDED},
    "residence": {**_OWN_TWO, V.ENVOY_AFTER: S.BANDED},
    "language": _EXCHANGED,
    "theme": _EXCHANGED,
    "track": _EXCHANGED,
    "role_held": _EXCHANGED,
    "role_sought": _CARD,
    "phase": _SHARED,
    "place": _EXCHANGED,
    "seniority": _EXCHANGED,
    "training": _CARD,
    "experience": _CARD,
    "biography": _RELEASED,
    "note": {V.OWN_COORDINATOR: S.WRITABLE},
    "interests": {V.SELF: S.WRITABLE, V.OWN_COORDINATOR: S.SHOWN},
    "conflict_verdict": {V.SELF: S.SHOWN, V.OWN_COORDINATOR: S.SHOWN, V.ENVOY_BEFORE: S.CARD,
                         V.ENVOY_AFTER: S.SHOWN},
    "availability": _SHARED,
    "networks": {V.SELF: S.SHOWN, V.OWN_COORDINATOR: S.BANDED, V.ADMINISTRATOR: S.SHOWN,
                 V.AUDITOR: S.SHOWN},
    "accreditation": {V.SELF: S.SHOWN, V.OWN_COORDINATOR: S.WRITABLE, V.ENVOY_BEFORE: S.CARD,
                      V.ENVOY_AFTER: S.SHOWN, V.SHARED_COORDINATOR: S.CARD},
    "consent": {V.SELF: S.WRITABLE, V.OWN_COORDINATOR: S.SHOWN, V.ENVOY_AFTER: S.SHOWN,
                V.ADMINISTRATOR: S.SHOWN, V.AUDITOR: S.SHOWN},
    "safety_class": {V.SELF: S.WRITABLE, V.OWN_COORDINATOR: S.SHOWN},
    "pool": {V.OWN_COORDINATOR: S.WRITABLE},
    "points": {V.SELF: S.SHOWN, V.OWN_COORDINATOR: S.SHOWN, V.ENVOY_BEFORE: S.SHOWN,
               V.ENVOY_AFTER: S.SHOWN},
    "who_looked": {V.SELF: S.SHOWN, V.AUDITOR: S.SHOWN},
    "days_per_month": _OWN_TWO,
    "experience_years": _OWN_TWO,
    "other_network": {V.SELF: S.SHOWN},
    "unmapped": _OWN_TWO,
    "community": {V.SELF: S.WRITABLE},
    "member_since": _OWN_TWO,
    "antenna": _OWN_TWO,
}  # fmt: skip


def sight(field: str, viewer: Viewer) -> Sight:
    """How ``viewer`` sees ``field``; hidden unless the table says otherwise."""
    return TABLE.get(field, {}).get(viewer, Sight.HIDDEN)


def may_see(field: str, viewer: Viewer) -> bool:
    """Whether the field is in the viewer's answer at all."""
    return sight(field, viewer) is not Sight.HIDDEN


def fields_for(viewer: Viewer) -> tuple[str, ...]:
    """The fields that this viewer may see, in the order of the table."""
    return tuple(field for field in TABLE if may_see(field, viewer))


def writable_fields(viewer: Viewer) -> tuple[str, ...]:
    """The fields that this viewer may change."""
    return tuple(field for field in TABLE if sight(field, viewer) is Sight.WRITABLE)


def shown(values: Mapping[str, object], viewer: Viewer) -> dict[str, object]:
    """``values`` without what the viewer may not see."""
    return {field: value for field, value in values.items() if may_see(field, viewer)}


def unknown_fields(fields: Iterable[str]) -> tuple[str, ...]:
    """Fields that the table does not name: a test keeps this empty for every form and page."""
    return tuple(field for field in fields if field not in TABLE)
