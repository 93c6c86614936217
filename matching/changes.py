"""Changes of a request: which criterion is asked less, and the request that results."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from matching.criteria import IMPARTIAL_TRACKS, MEDIATING_ROLES
from matching.facts import Exclusions, Post, Request

Setting = int | str | date
"""A new floor: a level, depth or grade, days, a year, a band, a state, a modality, a day."""
Settings = tuple[tuple[str, Setting], ...]

WISHES = {"language": "languages", "theme": "themes", "region": "places", "training": "trainings"}
"""Criteria asked once per wish, and the field of the post in which the wishes stand."""
LEFT_OUT: dict[str, dict[str, Any]] = {
    "notice": {"notice_days": None},
    "days_per_month": {"days_per_month": None},
    "accreditation": {"accreditation_floor": "none"},
    "place": {"place": None},
    "role": {"roles": ()},
    "track": {"tracks": ()},
    "phase": {"phases": ()},
    "seniority": {"seniority": None},
    "origin": {"origin": None},
    "community": {"community": None},
}
"""What a request or post holds once a criterion is no longer asked."""


@dataclass(frozen=True)
class Change:
    """One criterion asked less.

    ``to`` holds the new value of each field that is lowered, by its name in the request, the post
    or the wish (``level``, ``grade``, ``notice_days``, ``end`` …); empty: no longer asked at all.
    """

    criterion: str
    wish: int = 0
    post: str | None = None
    """Code of the post; None for what is asked of all posts."""
    to: Settings = ()

    @property
    def is_drop(self) -> bool:
        """Whether the criterion is left out altogether."""
        return not self.to


def apply_changes(request: Request, changes: Iterable[Change]) -> Request:
    """Return the request with these changes made; ValueError for one that cannot be made.

    The rule that keeps nationals of a party's state out of mediating roles stays in force although
    a role or track is no longer asked: conflicts of interest are never relaxed.
    """
    for change in sorted(changes, key=lambda one: (one.is_drop, -one.wish)):
        request = _apply(request, change)
    return request


def _apply(request: Request, change: Change) -> Request:
    if change.post is None:
        return replace(request, **_read_settings(change))
    if all(post.code != change.post for post in request.posts):
        raise ValueError(f"there is no post {change.post}")
    posts = [
        _change_post(request, post, change) if post.code == change.post else post
        for post in request.posts
    ]
    return replace(request, posts=tuple(posts))


def _read_settings(change: Change) -> dict[str, Any]:
    if change.is_drop and change.criterion not in LEFT_OUT:
        raise ValueError(f"{change.criterion} is always asked")
    return LEFT_OUT[change.criterion] if change.is_drop else dict(change.to)


def _change_post(request: Request, post: Post, change: Change) -> Post:
    field = WISHES.get(change.criterion)
    if field is None:
        return _keep_conflict_rule(request, post, replace(post, **_read_settings(change)))
    wishes = list(getattr(post, field))
    if change.is_drop:
        del wishes[change.wish]
    else:
        wishes[change.wish] = replace(wishes[change.wish], **dict(change.to))
    after: dict[str, Any] = {field: tuple(wishes)}
    return replace(post, **after)


def _keep_conflict_rule(request: Request, before: Post, after: Post) -> Post:
    states = {side.country for side in request.parties if side.stance == "party" and side.country}
    if not states or not _is_impartial(before) or _is_impartial(after):
        return after
    rules: Exclusions = request.exclusions if after.exclusions is None else after.exclusions
    return replace(
        after, exclusions=replace(rules, nationalities=rules.nationalities | frozenset(states))
    )


def _is_impartial(post: Post) -> bool:
    return not (MEDIATING_ROLES.isdisjoint(post.roles) or IMPARTIAL_TRACKS.isdisjoint(post.tracks))
