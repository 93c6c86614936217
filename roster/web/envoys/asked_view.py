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
from roster.wording.team import word_allowed

Criteria = list[tuple[bool, str]]


@dataclass(frozen=True)
class AskedView:
    """Criteria of the request and of each post by its code; ``share`` where a team is described."""

    title: str
    common: Criteria
    posts: list[tuple[str, Criteria]]
    share: Share | None
    upper_bound: str = ""
    """How many women the highest share allows, in words."""


def make_asked_view(wording: Wording, criteria: Mapping[str, Any]) -> AskedView:
    """The words of stored criteria."""
    asked = make_request(criteria, code="", requester=Requester())
    share = _make_share(criteria)
    return AskedView(
        title=str(criteria.get("title") or ""),
        common=word_request(wording, asked),
        posts=[(post.code, word_post(wording, post)) for post in asked.posts],
        share=share,
        upper_bound=_word_upper_bound(wording, share),
    )


def make_share_view(wording: Wording, criteria: Mapping[str, Any]) -> AskedView:
    """The women's share alone, of criteria that need not be complete."""
    share = _make_share(criteria)
    return AskedView("", [], [], share, _word_upper_bound(wording, share))


def _word_upper_bound(wording: Wording, share: Share | None) -> str:
    if share is None or share.most is None:
        return ""
    return word_allowed(wording, share.most, share.allowed)


def _make_share(criteria: Mapping[str, Any]) -> Share | None:
    team, target = criteria.get("present_team"), criteria.get("target_share")
    most = criteria.get("most_share")
    if team is None or (target is None and most is None):
        return None
    return work_out_share(
        women=team["women"],
        men=team["men"],
        posts=len(criteria["posts"]),
        target=target or 0,
        most=most,
    )
