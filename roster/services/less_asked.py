"""The criteria of a request with a change of the engine made in them: what a form is filled with.

Nothing is stored here. What comes out asks exactly what the engine's own change asks, or nothing
comes out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

from matching import Change, Exclusions, Grade, Request, apply_changes
from matching.changes import LEFT_OUT, WISHES
from matching.facts import Requester
from roster.facts import LEVELS, make_request
from roster.facts.requests import post_code
from roster.services.added_posts import add_posts

Criteria = dict[str, Any]


def ask_less(criteria: Mapping[str, Any], changes: Iterable[Change]) -> Criteria:
    """Return the criteria with these changes made; ``ValueError`` for what no form can hold.

    Where a role or track is left out and nationals of a side were barred by it, they are named
    among the nationalities kept out, as the engine does: conflicts of interest are never relaxed.
    A change that adds a post (an interpreter, a second woman) puts it behind its own.
    """
    asked = sorted(changes, key=lambda one: (one.is_drop, -one.wish))
    after = deepcopy(dict(criteria))
    wanted = apply_changes(_read(criteria), asked)
    if len(wanted.posts) > len(after["posts"]):
        after["posts"] = add_posts(after, wanted)
        asked = [change for change in asked if change.post is None]
    for change in asked:
        _make(after, change)
    _keep_out(after, wanted)
    if _compare(_read(after)) != _compare(wanted):
        raise ValueError("the form cannot ask this")
    return after


def _read(criteria: Mapping[str, Any]) -> Request:
    return make_request(criteria, code="", requester=Requester())


def _make(criteria: Criteria, change: Change) -> None:
    if change.post is None:
        _set(criteria, change)
        return
    codes = [post_code(post, number) for number, post in enumerate(criteria["posts"], 1)]
    post = criteria["posts"][codes.index(change.post)]
    field = WISHES.get(change.criterion)
    if field is None:
        _set(post, change)
    elif change.is_drop:
        del post[field][change.wish]
    else:
        post[field][change.wish] |= {name: _write(name, value) for name, value in change.to}


def _set(values: Criteria, change: Change) -> None:
    settings = LEFT_OUT[change.criterion] if change.is_drop else dict(change.to)
    values.update({name: _write(name, value) for name, value in settings.items()})


def _write(name: str, value: Any) -> Any:
    if isinstance(value, Grade):
        return value.name.lower()
    if name == "level":
        return LEVELS[value - 1]
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _keep_out(criteria: Criteria, wanted: Request) -> None:
    """Put the nationalities that the engine keeps out of the only post among the request's own."""
    if len(wanted.posts) != 1 or criteria["posts"][0].get("exclusions") is not None:
        return
    kept = wanted.posts[0].exclusions
    if kept is not None:
        own = criteria.get("exclusions") or {}
        criteria["exclusions"] = {**own, "nationalities": sorted(kept.nationalities)}


def _compare(request: Request) -> Request:
    """The request with its exclusions told post by post, since either place means the same, and
    without the codes of posts, which ask nothing."""
    posts = tuple(
        replace(post, code="", exclusions=post.exclusions or request.exclusions)
        for post in request.posts
    )
    return replace(request, posts=posts, exclusions=Exclusions())
