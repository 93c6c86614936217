"""What the loop looks up in one woman's entries."""

from __future__ import annotations

from collections.abc import Iterable

from matching import Grade, LanguageWish, Mediator, PlaceWish, Post, Skill
from matching.criteria import IMPARTIAL_TRACKS


def has_skill(skills: Iterable[Skill], codes: Iterable[str], grade: Grade) -> bool:
    """Tell whether one of the skills is among the codes and known as surely."""
    return any(one.code in codes and one.grade >= grade for one in skills)


def has_track(woman: Mediator, post: Post, track: str) -> bool:
    """Tell whether she has worked on the track, with the grade that it takes."""
    usual = Grade.CONFIRMED if track in IMPARTIAL_TRACKS else Grade.STATED
    return has_skill(woman.tracks, (track,), post.track_grade or usual)


def has_worked(woman: Mediator, countries: frozenset[str], wish: PlaceWish) -> bool:
    """Tell whether she has worked in one of the countries, known as surely as asked."""
    return any(one.country in countries and one.grade >= wish.grade for one in woman.places)


def speaks(woman: Mediator, wish: LanguageWish) -> bool:
    """Tell whether she speaks one of the languages to the level and as surely as asked."""
    return any(
        one.code in wish.any_of and (one.speaking or 0) >= wish.level and one.grade >= wish.grade
        for one in woman.languages
    )
