"""What a request asks, and the sum of the women's share, ready for the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matching.facts import Requester
from roster.facts import make_request
from roster.services.womens_share import Share, work_out_share
from roster.wording import Wording
from roster.wording.answers import word_post, word_request

Criteria = list[tuple[bool, str]]


@dataclass(frozen=True)
class AskedView:
    """Criteria of the request and of each post by its code; ``share`` where a team is described."""

    title: str
    common: Criteria
    posts: list[tuple[str, Criteria]]
    share: Share | None


def make_asked_view(wording: Wording, criteria: Mapping[str, Any]) -> AskedView:
    """The words of stored criteria."""
    asked = make_request(criteria, code="", requester=Requester())
    return AskedView(
        title=str(criteria.get("title") or ""),
        common=word_request(wording, asked),
        posts=[(post.code, word_post(wording, post)) for post in asked.posts],
        share=_make_share(criteria),
    )


def _make_share(criteria: Mapping[str, Any]) -> Share | None:
    team, target = criteria.get("present_team"), criteria.get("target_share")
    if team is None or target is None:
        return None
    return work_out_share(
        women=team["women"], men=team["men"], posts=len(criteria["posts"]), target=target
    )
