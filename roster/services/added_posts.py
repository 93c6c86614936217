"""Posts that a change of the engine adds to a request, as the request schema writes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from matching import Grade, LanguageWish, PlaceWish, Post, Request, ThemeWish
from roster.facts import LEVELS
from roster.facts.requests import post_code

NOT_CARRIED = ("trainings", "exclusions")
"""The form does not ask these: it pairs posts by their places, which an added post would shift."""


def add_posts(criteria: Mapping[str, Any], wanted: Request) -> list[dict[str, Any]]:
    """The posts of ``wanted``: those that the criteria have as they stand, unless changed, and the
    others written anew. ``ValueError`` where a post says what the form does not ask, and for a
    request with rules of the whole team."""
    posts = criteria["posts"]
    if criteria.get("team") or any(post.get(name) for post in posts for name in NOT_CARRIED):
        raise ValueError("the form cannot add a post here")
    own = {post_code(post, number): post for number, post in enumerate(posts, 1)}
    has_codes = any(post.get("code") for post in posts)
    return [
        {**own.get(post.code, _begin(post.code if has_codes else None)), **_write(post)}
        for post in wanted.posts
    ]


def _begin(code: str | None) -> dict[str, Any]:
    return {"code": code, "trainings": [], "exclusions": None}


def _write(post: Post) -> dict[str, Any]:
    return {
        "roles": list(post.roles),
        "role_grade": _name(post.role_grade),
        "tracks": list(post.tracks),
        "track_grade": None if post.track_grade is None else _name(post.track_grade),
        "phases": list(post.phases),
        "phase_grade": _name(post.phase_grade),
        "themes": [_write_theme(wish) for wish in post.themes],
        "themes_nice": [_write_theme(wish) for wish in post.themes_nice],
        "languages": [_write_language(wish) for wish in post.languages],
        "languages_nice": [_write_language(wish) for wish in post.languages_nice],
        "places": [_write_place(wish) for wish in post.places],
        "places_nice": [_write_place(wish) for wish in post.places_nice],
        "seniority": post.seniority,
        "origin": post.origin,
        "origin_is_hard": post.origin_is_hard,
        "community": post.community,
    }


def _write_theme(wish: ThemeWish) -> dict[str, Any]:
    return {"any_of": list(wish.any_of), "depth": wish.depth, "grade": _name(wish.grade)}


def _write_language(wish: LanguageWish) -> dict[str, Any]:
    return {
        "any_of": list(wish.any_of),
        "skill": wish.skill,
        "level": LEVELS[wish.level - 1],
        "accepts_family": wish.accepts_family,
        "grade": _name(wish.grade),
    }


def _write_place(wish: PlaceWish) -> dict[str, Any]:
    return {
        "any_of": list(wish.any_of),
        "since_year": wish.since_year,
        "grade": _name(wish.grade),
    }


def _name(grade: Grade) -> str:
    return grade.name.lower()
