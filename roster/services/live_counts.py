"""How many women would fit while a request is being written: banded, and by few criteria only.

The counts follow themes, languages, tracks, roles and days. Exclusions, parties and all else act
when the request is searched, so that nobody is found out by asking with and without (product,
section 7). They are counts of women who are not shown: 0 to 4 read "fewer than 5".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from matching import count_facets
from matching.columns import Columns
from roster import clock
from roster.errors import NotFound, TooMany
from roster.facts import make_request
from roster.models import Account
from roster.permissions import Actor, Permission
from roster.roster_index import RosterIndex
from roster.services.asked_requests import get_requester
from roster.services.sign_in import WINDOW, raise_counter
from roster.services.small_cells import round_count
from roster.services.trail import require

OF_REQUEST = ("start", "end")
OF_POST = ("roles", "role_grade", "tracks", "track_grade", "themes", "languages")
"""What the counts follow."""
COUNTS_PER_WINDOW = 300
"""Of one account in a quarter of an hour: one every three seconds without a pause."""


@dataclass(frozen=True)
class WithoutCount:
    """How many would fit if this one code were not asked. ``facet``: themes, languages, roles or
    tracks."""

    facet: str
    code: str
    fits: int | None


@dataclass(frozen=True)
class PostCount:
    """One post, in the order of the request; a count is a multiple of 5, None for 0 to 4."""

    fits: int | None
    without: tuple[WithoutCount, ...]


def note_count(session: Session, *, actor: Actor) -> None:
    """Note that this account counts once more; ``TooMany`` beyond the limit of a quarter of an hour."""
    if raise_counter(session, f"counts:{actor.account_id}") > COUNTS_PER_WINDOW:
        raise TooMany("too_many_counts", retry_after=int(WINDOW.total_seconds()))


def count_live(
    session: Session, *, actor: Actor, criteria: Mapping[str, Any], index: RosterIndex
) -> list[PostCount]:
    """Count for each post who would fit today; ``criteria`` have passed the request schema.

    A reading session suffices, and nothing is stored.
    """
    require(Permission.CREATE_REQUEST, actor)
    account = session.get(Account, actor.account_id)
    if account is None:
        raise NotFound
    with index.opened(session, now=clock.now()) as columns:
        return [_count(columns, account, criteria, post) for post in criteria["posts"]]


def _count(
    columns: Columns, account: Account, criteria: Mapping[str, Any], post: Mapping[str, Any]
) -> PostCount:
    asked = make_request(
        {
            **{name: criteria[name] for name in OF_REQUEST},
            "modality": "any",
            "posts": [{name: post[name] for name in OF_POST if post.get(name)}],
        },
        code="",
        requester=get_requester(account),
    )
    found = count_facets(columns, asked, clock.now(), _list_codes(post))
    without = (
        WithoutCount(one.name, str(one.value), round_count(one.fits))
        for one in found.facets
        if one.is_asked
    )
    return PostCount(round_count(found.fits), tuple(without))


def _list_codes(post: Mapping[str, Any]) -> dict[str, list[str]]:
    """The codes that a post asks, by facet."""
    wishes = {
        facet: [code for wish in post.get(facet) or () for code in wish["any_of"]]
        for facet in ("themes", "languages")
    }
    lists = {facet: list(post.get(facet) or ()) for facet in ("roles", "tracks")}
    return {name: list(dict.fromkeys(codes)) for name, codes in (wishes | lists).items() if codes}
