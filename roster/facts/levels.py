"""Language levels as they were entered, read on the one published scale of the vocabulary."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from roster.vocabulary.scales import LEVEL_FLOORS

LEVELS = tuple(LEVEL_FLOORS)
SKILLS = ("speaking", "listening", "reading", "writing")


def floor_of(level: Any) -> int | None:
    """Floor of a level as entered; None for a free word, no level, or one of no known scale."""
    return LEVEL_FLOORS.get(level) if isinstance(level, str) else None


def read_levels(detail: Mapping[str, Any]) -> dict[str, int | None]:
    """Floors per skill of a language entry's detail; a single ``level`` speaks for two skills."""
    single = detail.get("level")
    spoken = {"speaking": single, "listening": single}
    return {skill: floor_of(detail.get(skill, spoken.get(skill))) for skill in SKILLS}


def as_entered(detail: Mapping[str, Any]) -> str | None:
    """The level or free word as it was given: that of speaking first, else any."""
    given = (detail.get("word"), *(detail.get(skill) for skill in (*SKILLS, "level")))
    return next((word for word in given if word), None)
