"""The published weights of the preferences: out of 100, versioned, the same for everybody.

No figure comes from data about people; they follow what the sources ask of a good choice: first
what the envoy says she would like (themes, languages, places, origin), then what makes her work
better from the first day (the country, the role's evidence, depth, a language she has mediated in),
last what makes her easier to reach (freshness, notice). No weight may exceed 40, so that no single
preference decides.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

HEAVIEST = 40.0
TOTAL = 100.0


class WeightError(ValueError):
    """The weights break a bound."""


@dataclass(frozen=True)
class Weights:
    """Points per preference. ``version`` is printed with every answer and kept with every run."""

    version: str = "2026.1"
    themes_nice: float = 15
    languages_nice: float = 15
    places_nice: float = 10
    region_experience: float = 12
    theme_depth: float = 8
    role_evidence: float = 8
    role_recency: float = 7
    mediated_in: float = 6
    freshness_margin: float = 5
    origin_wish: float = 5
    seniority_above: float = 3
    notice_margin: float = 2
    track_breadth: float = 2
    phase_breadth: float = 2

    def __post_init__(self) -> None:
        """Raise WeightError unless each is 0 … 40 and all together are 100."""
        for name, points in self.by_preference().items():
            if not 0 <= points <= HEAVIEST:
                raise WeightError(f"{name} is {points}, not 0 to {HEAVIEST}")
        total = sum(self.by_preference().values())
        if abs(total - TOTAL) > 1e-9:
            raise WeightError(f"the weights sum to {total}, not {TOTAL}")
        if not self.version:
            raise WeightError("weights need a version")

    def by_preference(self) -> dict[str, float]:
        """Return points by the name of the preference."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "version"}


PUBLISHED = Weights()
