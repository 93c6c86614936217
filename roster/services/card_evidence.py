"""What of the engine's evidence may stand on a card, and so be kept with a run.

The rules of the card (product, section 9) as one table: per criterion the facts that may be said,
and how each is banded. A criterion or fact that the table does not name is left out, so a new one is
silent until somebody decides. Reason codes and verdicts are kept as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime

from matching.evidence import Evidence, Value
from matching.terms import Terms
from roster import visibility
from roster.visibility import Viewer
from roster.vocabulary import load_vocabulary

Band = Callable[[Value], Value]
WEEK = 7


def _exact(value: Value) -> Value:
    return value


def _to_month(value: Value) -> Value:
    """The first day of the month, for an instant its first moment."""
    if isinstance(value, datetime):
        return value.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return value.replace(day=1) if isinstance(value, date) else None


def _to_third_of_month(value: Value) -> Value:
    """The last 1st, 11th or 21st: what is left of a record's life, never more than it is."""
    if isinstance(value, datetime):
        day = 1 + (min(value.day, 30) - 1) // 10 * 10
        return value.replace(day=day, hour=0, minute=0, second=0, microsecond=0)
    return None


def _to_year(value: Value) -> Value:
    return value.replace(month=1, day=1) if isinstance(value, date) else None


SPAN = 5
"""Years in which the card tells an experience."""


def _to_span(value: Value) -> Value:
    """The five years in which the last year of an experience lies: ``2021–2025``."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    first = (value - 1) // SPAN * SPAN + 1
    return f"{first}–{first + SPAN - 1}"


def _to_weeks(value: Value) -> Value:
    """How far she is, in whole weeks, so that no day of hers can be worked out."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return -(-round(value) // WEEK) * WEEK


def _to_sub_region(value: Value) -> Value:
    """Countries as the smallest UN M49 region that holds them; regions stay."""
    places = (value,) if isinstance(value, str) else value
    if not isinstance(places, tuple):
        return None
    vocabulary = load_vocabulary()
    return tuple(dict.fromkeys(_region_of(vocabulary, str(place)) for place in places))


def _region_of(vocabulary: Terms, place: str) -> str:
    if place.isdigit() or not vocabulary.has("country", place):
        return place
    return vocabulary.get("country", place).parents[0]


_ASKED = frozenset(
    [
        "asked",
        "asked_from",
        "asked_to",
        "skill",
        "level_asked",
        "grade_asked",
        "depth_asked",
        "state_asked",
        "stay_asked",
        "since_year",
    ]
)
"""The request's own words, which the requester knows."""
_SOURCE: dict[str, Band] = {
    "by": _exact,
    "on": _to_month,
    "grade": _exact,
    "last_year": _to_span,
}
_FOUND: dict[str, Band] = {"found": _exact, **_SOURCE}

CARD: Mapping[str, tuple[str, Mapping[str, Band]]] = {
    "freshness_margin": ("availability", {"by": _exact, "confirmed_at": _to_month}),
    "freshness": (
        "availability",
        {
            "status": _exact,
            "by": _exact,
            "why": _exact,
            "confirmed_at": _to_month,
            "valid_until": _to_third_of_month,
        },
    ),
    "window": ("availability", {"why": _exact, "status": _exact, "days": _to_weeks}),
    "notice": ("availability", {"found": _exact}),
    "days_per_month": (
        "availability",
        {"found": _exact, "month": _exact, "days_asked": _exact},
    ),
    "modality": ("availability", {"found": _exact}),
    "place": ("availability", {}),
    "rhythm": ("availability", {"found": _exact}),
    "accreditation": ("accreditation", {"state": _exact, "on": _to_year}),
    "role": ("role_held", _FOUND),
    "track": ("track", _FOUND),
    "phase": ("phase", _FOUND),
    "region": ("place", {"found": _to_sub_region, **_SOURCE}),
    "theme": ("theme", {"depth": _exact, **_FOUND}),
    "language": (
        "language",
        {"level_found": _exact, "levels_short": _exact, "as_entered": _exact, **_FOUND},
    ),
    "seniority": ("seniority", _FOUND),
    "training": ("training", {"valid_on": _to_month}),
    "origin": ("conflict_verdict", {"found": _exact}),
    "community": ("conflict_verdict", {}),
    # Preferences, by name of the weight.
    "themes_nice": ("theme", {"depth": _exact, **_FOUND}),
    "languages_nice": (
        "language",
        {"level_found": _exact, "as_entered": _exact, **_FOUND},
    ),
    "places_nice": ("place", {"found": _to_sub_region, **_SOURCE}),
    "region_experience": ("place", {"found": _to_sub_region, **_SOURCE}),
    "theme_depth": ("theme", {"depth": _exact, **_FOUND}),
    "role_evidence": ("role_held", _FOUND),
    "role_recency": ("role_held", _FOUND),
    "mediated_in": ("language", _FOUND),
    "origin_wish": ("conflict_verdict", {"found": _exact}),
    "seniority_above": ("seniority", _FOUND),
    "notice_margin": ("availability", {"found": _exact}),
    "track_breadth": ("track", _FOUND),
    "phase_breadth": ("phase", _FOUND),
}
"""Criterion -> field of the visibility table, and the facts that may be said of her.

What no line names (nationality, residence, offices, ties, refusals, statements, classes, consents,
suspensions) keeps its code and verdict only.
"""


def put_on_card(evidence: Evidence, viewer: Viewer = Viewer.ENVOY_BEFORE) -> Evidence:
    """The same evidence with only those facts that ``viewer`` may read, banded."""
    field, bands = CARD.get(evidence.criterion, ("", {}))
    facts: dict[str, Value] = {}
    if visibility.may_see(field, viewer):
        facts = {key: value for key, value in evidence.facts.items() if key in _ASKED}
        facts |= {
            key: band(evidence.facts[key]) for key, band in bands.items() if key in evidence.facts
        }
    return Evidence(
        criterion=evidence.criterion,
        verdict=evidence.verdict,
        code=evidence.code,
        wish=evidence.wish,
        is_hard=evidence.is_hard,
        points=evidence.points,
        out_of=evidence.out_of,
        facts=facts,
    )
