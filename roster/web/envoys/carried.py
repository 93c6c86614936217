"""What a request says that the form does not ask: kept when the form is saved over it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

NOT_ASKED = ("code", "networks", "rhythm", "requester")
NOT_ASKED_OF_A_POST = ("trainings", "exclusions")


def carry_over(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """``after`` with what ``before`` said beyond the form; posts are paired by their codes,
    or by their place where they have none."""
    posts = {_key(post, place): post for place, post in enumerate(before["posts"])}
    return {
        **after,
        **_pick(before, NOT_ASKED),
        "posts": [
            {**post, **_pick(posts.get(_key(post, place), {}), NOT_ASKED_OF_A_POST)}
            for place, post in enumerate(after["posts"])
        ],
    }


def _key(post: Mapping[str, Any], place: int) -> str | int:
    return post.get("code") or place


def _pick(values: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: values[name] for name in names if values.get(name) is not None}
