"""Language levels as they were entered, read on the one published scale.

A1 = 1 … C2 = 6, native = 7. The UN levels are floors: II counts as B2, III as C1, IV as C2
(product rules, section 4); level I has no published floor above A2 and counts as that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SCALE = {
    **{level: floor for floor, level in enumerate(("A1", "A2", "B1", "B2", "C1", "C2"), 1)},
    "native": 7,
    "UN-I": 2,
    "UN-II": 4,
    "UN-III": 5,
    "UN-IV": 6,
}
NAMES = {floor: level for level, floor in SCALE.items() if not level.startswith("UN-")}
LEVELS = tuple(SCALE)
SKILLS = ("speaking", "listening", "reading", "writing")


def floor_of(level: Any) -> int | None:
    """Floor of a level as entered; None for a free word, no level, or one of no known scale."""
    return SCALE.get(level) if isinstance(level, str) else None


def read_levels(detail: Mapping[str, Any]) -> dict[str, int | None]:
    """Floors per skill of a language entry's detail; a single ``level`` speaks for two skills."""
    single = detail.get("level")
    spoken = {"speaking": single, "listening": single}
    return {skill: floor_of(detail.get(skill, spoken.get(skill))) for skill in SKILLS}


def as_entered(detail: Mapping[str, Any]) -> str | None:
    """The level or free word as it was given: that of speaking first, else any."""
    given = (detail.get("word"), *(detail.get(skill) for skill in (*SKILLS, "level")))
    return next((word for word in given if word), None)
