"""The card: what may be seen of a woman without a name. One function for every page that shows it.

Exact are codes, language levels with how they are known, the notice tier and the year of
accreditation; the day of her answer becomes a month, a country worked in its UN M49 sub-region.
Never on it: names, network, nationality, residence, her exact window, any narrative (product,
section 9). What depends on a request (covers the dates, conflict verdict) the request's page adds.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from matching.facts import Availability, Grade, Mediator, Skill
from roster.visibility import Viewer, may_see
from roster.vocabulary import load_vocabulary

ACCREDITED = frozenset({"accredited", "needs_update"})


@dataclass(frozen=True)
class CardItem:
    """One code with how it is known; ``depth`` of a theme, ``level`` of a language as a floor."""

    code: str
    grade: Grade
    by: str
    depth: int | None = None
    level: int | None = None
    as_entered: str | None = None


@dataclass(frozen=True)
class Card:
    """A field that the viewer may not see, or that nobody stated, is empty."""

    tracks: tuple[CardItem, ...] = ()
    roles: tuple[CardItem, ...] = ()
    themes: tuple[CardItem, ...] = ()
    phases: tuple[CardItem, ...] = ()
    languages: tuple[CardItem, ...] = ()
    seniority: CardItem | None = None
    regions: tuple[str, ...] = ()
    """UN M49 sub-regions of the countries worked in."""
    status: str = "unknown"
    """Of her availability; an expired answer is unknown."""
    confirmed_month: date | None = None
    confirmed_by: str = ""
    notice_days: int | None = None
    accredited_since: int | None = None


def card_of(mediator: Mediator, *, now: datetime, viewer: Viewer = Viewer.ENVOY_BEFORE) -> Card:
    """Her card as ``viewer`` may see it, from the same facts that the engine decides on."""
    parts: dict[str, dict[str, Any]] = {
        "track": {"tracks": _items(mediator.tracks)},
        "role_held": {"roles": _items(mediator.roles_held)},
        "theme": {"themes": _items(mediator.themes)},
        "phase": {"phases": _items(mediator.phases)},
        "language": {"languages": _languages(mediator)},
        "seniority": {"seniority": _item(mediator.seniority) if mediator.seniority else None},
        "place": {"regions": band_places(place.country for place in mediator.places)},
        "availability": _availability(mediator.availability, now),
        "accreditation": {"accredited_since": _accredited_since(mediator, now)},
    }
    seen = [part for field, part in parts.items() if may_see(field, viewer)]
    return Card(**{name: value for part in seen for name, value in part.items()})


def band_places(countries: Iterable[str]) -> tuple[str, ...]:
    """The smallest UN M49 region above each country, each once, in order."""
    vocabulary = load_vocabulary()
    regions = (
        vocabulary.get("country", code).parents[0]
        for code in countries
        if vocabulary.has("country", code)
    )
    return tuple(sorted(set(regions)))


def _item(skill: Skill, depth: int | None = None) -> CardItem:
    return CardItem(skill.code, skill.grade, skill.source.by, depth)


def _items(skills: Iterable[Skill]) -> tuple[CardItem, ...]:
    return tuple(_item(skill, skill.depth) for skill in skills)


def _languages(mediator: Mediator) -> tuple[CardItem, ...]:
    return tuple(
        CardItem(
            language.code,
            language.grade,
            language.source.by,
            level=language.speaking,
            as_entered=language.as_entered,
        )
        for language in mediator.languages
    )


def _availability(said: Availability | None, now: datetime) -> dict[str, Any]:
    if said is None or said.valid_until <= now:
        return {}
    return {
        "status": said.status,
        "confirmed_month": said.confirmed_at.date().replace(day=1),
        "confirmed_by": said.confirmed_by,
        "notice_days": said.notice_days,
    }


def _accredited_since(mediator: Mediator, now: datetime) -> int | None:
    years = [
        one.accredited_on.year
        for one in mediator.accreditations
        if one.state in ACCREDITED
        and one.accredited_on
        and (one.lapses_on is None or one.lapses_on > now.date())
    ]
    return min(years, default=None)
