"""What was read in a letter and what becomes of each point: taken or left, and how firmly."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from matching.letters import Proposal, Side
from roster.facts import LEVELS

MUST, NICE, EXCLUDE = "must", "nice", "exclude"
FORCES: Mapping[str, tuple[str, ...]] = {
    "post_count": (MUST,),
    "role": (MUST,),
    "theme": (MUST, NICE),
    "track": (MUST,),
    "phase": (MUST,),
    "language": (MUST, NICE),
    "country": (MUST,),
    "region": (MUST, NICE),
    "nationality": (EXCLUDE,),
    "residence": (EXCLUDE,),
    "office": (EXCLUDE,),
    "start_date": (MUST,),
    "end_date": (MUST,),
    "duration": (MUST,),
    "notice": (MUST,),
    "days_per_month": (MUST,),
    "modality": (MUST,),
    "women_share": (MUST,),
    "present_team": (MUST,),
    "seniority": (MUST,),
}
"""How firmly the form can ask each kind; what is not here, the form of a request does not ask."""
NEEDS_CODE = frozenset({"office"})
"""Kinds that the form can ask only of a country or side that is named."""
AS_LIKELY = 0.6
"""Below this another reading is as likely (``matching.letters``): then it waits for her word."""
USUAL_LEVEL = "B2"
"""What the form offers where the letter names no level of a scale."""


@dataclass(frozen=True)
class Choice:
    """One point of the letter. ``force`` and ``level`` are what it would be taken as."""

    number: int
    point: Proposal
    is_taken: bool
    force: str
    level: str = ""

    @property
    def forces(self) -> tuple[str, ...]:
        """How firmly the form could ask it; none where the form does not ask it."""
        return list_forces(self.point)

    @property
    def is_unmapped(self) -> bool:
        """Whether the letter has a word for the level ("fluent") that is on no scale."""
        return self.point.level is not None and self.point.level not in LEVELS


def list_forces(point: Proposal) -> tuple[str, ...]:
    """How firmly the form can ask this; empty where it cannot."""
    if point.kind in NEEDS_CODE and point.code is None:
        return ()
    return FORCES.get(point.kind, ())


def propose(points: Iterable[Proposal]) -> list[Choice]:
    """The choices as a page first offers them: what is uncertain starts as left."""
    return [_propose(number, point) for number, point in enumerate(points, 1)]


def _propose(number: int, point: Proposal) -> Choice:
    forces = list_forces(point)
    level = point.level if point.level in LEVELS else USUAL_LEVEL
    choice = Choice(
        number=number,
        point=point,
        is_taken=False,
        force=str(point.force) if point.force in forces else next(iter(forces), MUST),
        level=level or "" if point.kind == "language" else "",
    )
    is_clear = point.confidence >= AS_LIKELY and point.force in forces and not choice.is_unmapped
    return _take(choice) if is_clear else choice


def _take(choice: Choice) -> Choice:
    return Choice(choice.number, choice.point, True, choice.force, choice.level)


def read_choices(points: Iterable[Proposal], posted: Mapping[str, str]) -> list[Choice]:
    """What she chose; a point of which nothing was sent is left, a value that is no answer offered
    is the one first offered."""
    return [_read(one, posted) for one in propose(points)]


def _read(offered: Choice, posted: Mapping[str, str]) -> Choice:
    force = posted.get(f"force-{offered.number}", "")
    level = posted.get(f"level-{offered.number}", "")
    return Choice(
        number=offered.number,
        point=offered.point,
        is_taken=posted.get(f"take-{offered.number}") == "yes" and bool(offered.forces),
        force=force if force in offered.forces else offered.force,
        level=level if level in LEVELS and offered.level else offered.level,
    )


@dataclass(frozen=True)
class SideChoice:
    """One side that the letter names. It starts as left: whether it is one, she alone knows."""

    number: int
    side: Side
    is_taken: bool = False


def propose_sides(sides: Iterable[Side], points: Sequence[Proposal]) -> list[SideChoice]:
    """The sides as a page first offers them, numbered after the points."""
    return [SideChoice(number, side) for number, side in enumerate(sides, len(points) + 1)]


def read_sides(
    sides: Iterable[Side], points: Sequence[Proposal], posted: Mapping[str, str]
) -> list[SideChoice]:
    """What she chose of the sides; one of which nothing was sent is left."""
    return [
        SideChoice(one.number, one.side, posted.get(f"take-{one.number}") == "yes")
        for one in propose_sides(sides, points)
    ]
