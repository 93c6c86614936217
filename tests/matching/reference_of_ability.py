"""What a post asks of her ability, as plain loops over one woman, apart from the engine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from matching import (
    Grade,
    LanguageWish,
    Mediator,
    PlaceWish,
    Post,
    Request,
    Skill,
    Terms,
    ThemeWish,
)

Miss = tuple[str, int, str, bool]
"""What she does not pass: criterion, number of the wish, code, and whether it can be cured."""

BANDS = ["emerging", "mid", "senior", "eminent"]


def _is_senior(woman: Mediator, floor: str) -> bool:
    band = woman.seniority.code if woman.seniority else None
    return band in BANDS and BANDS.index(band) >= BANDS.index(floor)


def judge_ability(woman: Mediator, post: Post, request: Request, terms: Terms) -> Iterator[Miss]:
    """What she does not pass of what the post asks of her ability."""
    yield from _proved(woman, post)
    for number, wish in enumerate(post.places):
        yield from _been(woman, wish, number, terms)
    for number, theme in enumerate(post.themes):
        yield from _knows(woman, theme, number)
    for number, language in enumerate(post.languages):
        yield from _speaks(woman, language, number, terms)
    if post.seniority and not _is_senior(woman, post.seniority):
        yield "seniority", 0, "R2", False
    for number, code in enumerate(post.trainings):
        ends = [one.expires_on or date.max for one in woman.trainings if one.code == code]
        if not ends or max(ends) < request.start:
            yield "training", number, "S1", False


def _proved(woman: Mediator, post: Post) -> Iterator[Miss]:
    if "mentee" in post.roles:
        if not any(one.code in post.roles for one in woman.roles_sought):
            yield "role", 0, "R1", False
    elif post.roles:
        yield from _skilled(
            "role", "R1", woman.roles_held, dict.fromkeys(post.roles, post.role_grade)
        )
    grades = {
        track: post.track_grade or (Grade.CONFIRMED if track in ("I", "I.5") else Grade.STATED)
        for track in post.tracks
    }
    if grades:
        yield from _skilled("track", "K1", woman.tracks, grades)
    if post.phases:
        yield from _skilled(
            "phase", "K1", woman.phases, dict.fromkeys(post.phases, post.phase_grade)
        )


def _skilled(
    name: str, code: str, skills: tuple[Skill, ...], grades: dict[str, Grade]
) -> Iterator[Miss]:
    has = [skill for skill in skills if skill.code in grades]
    if not has:
        yield name, 0, code, False
    elif not any(skill.grade >= grades[skill.code] for skill in has):
        yield name, 0, code, True


def _been(woman: Mediator, wish: PlaceWish, number: int, terms: Terms) -> Iterator[Miss]:
    cures = []
    for place in woman.places:
        inside = {place.country, *terms.ancestors("country", place.country)}
        if not inside & set(wish.any_of):
            continue
        if (
            wish.since_year is not None
            and place.last_year is None
            or wish.since_year is not None
            and (place.last_year or 0) < wish.since_year
        ):
            cures.append(False)
        elif place.grade >= wish.grade:
            return
        else:
            cures.append(True)
    yield "region", number, "K1", any(cures)


def _knows(woman: Mediator, wish: ThemeWish, number: int) -> Iterator[Miss]:
    has = [one for one in woman.themes if one.code in wish.any_of and one.depth >= wish.depth]
    if not any(one.grade >= wish.grade for one in has):
        yield "theme", number, "T1", bool(has)


def meets_language(code: str, wish: LanguageWish, terms: Terms) -> bool:
    """Tell whether a language of hers is one that the wish accepts."""
    if code in wish.any_of:
        return True
    if not wish.accepts_family:
        return False
    standard = {"arb": "ara", "zsm": "msa"}
    if standard.get(code) in wish.any_of:
        return True
    spoken = wish.skill in ("speaking", "listening")
    is_arabic = "ara" in terms.ancestors("language", code)
    return spoken and is_arabic and "ara" in wish.any_of


def _speaks(woman: Mediator, wish: LanguageWish, number: int, terms: Terms) -> Iterator[Miss]:
    has = [one for one in woman.languages if meets_language(one.code, wish, terms)]
    if not has:
        yield "language", number, "L1", False
        return
    levels = [one.level(wish.skill) for one in has]
    if any(
        level is not None and level >= wish.level and one.grade >= wish.grade
        for one, level in zip(has, levels, strict=True)
    ):
        return
    if any(level is None or level >= wish.level for level in levels):
        yield "language", number, "L3", True
    else:
        best = max(level for level in levels if level is not None)
        yield "language", number, "L2", best == wish.level - 1
