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
    "modality": {"modality": "any"},
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
SHARED_OUT = ("region", "theme", "language")
"""Criteria of a post that two women may meet together, each some of them."""
SPLIT = "split"
"""Criterion of a change by which two women hold a post together."""
MET_BY = "met_by"
"""Setting of a language wish: met by one more person, of the role or of the level named."""
BY_ROLE, BY_LEVEL = "interpreter_mediator", "interpreter_level"
INTERPRETER_LEVEL = 6
"""C2 on the published scale (UN Level IV): who has it may interpret without having held the role."""


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
    second: tuple[tuple[str, int], ...] = ()
    """Of a split: criterion and wish of all that the second woman meets, and the first need not."""

    @property
    def is_drop(self) -> bool:
        """Whether the criterion is left out altogether."""
        return not self.to and not self.second

    @property
    def stand_in(self) -> str | None:
        """Who else meets the wish: ``interpreter_mediator``, ``interpreter_level`` or nobody."""
        how = dict(self.to).get(MET_BY)
        return None if how is None else str(how)

    @property
    def takes_out(self) -> bool:
        """Whether the wish is no longer asked of whoever holds the post."""
        return self.is_drop or self.stand_in is not None


def apply_changes(request: Request, changes: Iterable[Change]) -> Request:
    """Return the request with these changes made; ValueError for one that cannot be made.

    The rule that keeps nationals of a party's state out of mediating roles stays in force although
    a role or track is no longer asked: conflicts of interest are never relaxed.
    """
    made = sorted(changes, key=lambda one: (bool(one.second), one.takes_out, -one.wish))
    gone = {(one.post, one.criterion, one.wish) for one in made if one.takes_out}
    for change in made:
        request = _apply(request, _renumber(change, gone))
    return request


def _renumber(change: Change, gone: set[tuple[str | None, str, int]]) -> Change:
    """Return a split with the numbers that its wishes have once others are taken out."""
    second = tuple(
        (name, wish - sum((change.post, name, lower) in gone for lower in range(wish)))
        for name, wish in change.second
    )
    return replace(change, second=second)


def _apply(request: Request, change: Change) -> Request:
    if change.post is None:
        return replace(request, **_read_settings(change))
    if all(post.code != change.post for post in request.posts):
        raise ValueError(f"there is no post {change.post}")
    posts = [
        each
        for post in request.posts
        for each in (_change_post(request, post, change) if post.code == change.post else (post,))
    ]
    return replace(request, posts=tuple(posts))


def _read_settings(change: Change) -> dict[str, Any]:
    if change.is_drop and change.criterion not in LEFT_OUT:
        raise ValueError(f"{change.criterion} is always asked")
    return LEFT_OUT[change.criterion] if change.is_drop else dict(change.to)


def _change_post(request: Request, post: Post, change: Change) -> tuple[Post, ...]:
    """Return the post after a change, and behind it the post that the change adds."""
    if change.second:
        return split_post(post, change)
    field = WISHES.get(change.criterion)
    if field is None:
        return (_keep_conflict_rule(request, post, replace(post, **_read_settings(change))),)
    wishes = list(getattr(post, field))
    if change.takes_out:
        del wishes[change.wish]
    else:
        wishes[change.wish] = replace(wishes[change.wish], **dict(change.to))
    after: dict[str, Any] = {field: tuple(wishes)}
    added = (make_interpreter_post(post, change),) if change.stand_in else ()
    return (replace(post, **after), *added)


def make_interpreter_post(post: Post, change: Change) -> Post:
    """Return the post of the interpreter whom a change adds: the language, and the role or C2."""
    wish = post.languages[change.wish]
    added = Post(f"{post.code}-interpreter-{change.wish + 1}", exclusions=post.exclusions)
    if change.stand_in == BY_ROLE:
        return replace(added, roles=(BY_ROLE,), role_grade=post.role_grade, languages=(wish,))
    able = replace(wish, level=max(wish.level, INTERPRETER_LEVEL))
    return replace(added, languages=(able,))


def split_post(post: Post, change: Change) -> tuple[Post, Post]:
    """Return the halves of a post: regions, themes and languages parted, all else asked of both."""
    first: dict[str, Any] = {}
    second: dict[str, Any] = {}
    for name in SHARED_OUT:
        field = WISHES[name]
        for number, wish in enumerate(getattr(post, field)):
            half = second if (name, number) in change.second else first
            half[field] = (*half.get(field, ()), wish)
        first.setdefault(field, ())
        second.setdefault(field, ())
    return replace(post, **first), replace(post, code=f"{post.code}-second", **second)


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
