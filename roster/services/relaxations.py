"""With too few fits: what an envoy could ask less, and how many more would then fit, banded."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from matching import Change, Request, answer, count_fits, relax
from roster import clock
from roster.errors import Refused
from roster.permissions import Actor
from roster.roster_index import RosterIndex
from roster.services.asked_today import make_newest_request
from roster.services.opened_requests import open_to_read
from roster.services.small_cells import round_count

FEWEST = 3
"""A shortlist has three to five; with fewer fits there is something to relax."""
MOST_SHOWN = 30
"""Sets for one post: those that change least, and of these those that free most."""


@dataclass(frozen=True)
class BandedRelaxation:
    """One smallest set of changes; ``freed`` more would fit: a multiple of 5, None for 0 to 4."""

    changes: tuple[Change, ...]
    freed: int | None


@dataclass(frozen=True)
class PostRelaxations:
    """One post. ``is_enough``: enough fit as it is. Else all smallest sets, ``left_off`` of them
    not shown."""

    post: str
    is_enough: bool
    sets: tuple[BandedRelaxation, ...] = ()
    left_off: int = 0


@dataclass(frozen=True)
class Relaxations:
    """What the newest search asked, and per post what could be asked less today."""

    asked: Request
    posts: tuple[PostRelaxations, ...]


def list_relaxations(
    session: Session, *, actor: Actor, request_id: int, index: RosterIndex
) -> Relaxations:
    """Return all smallest sets of changes after which ``FEWEST`` women fit each post today.

    A reading session suffices. The counts are of women who are not shown, and follow the rule of
    small cells. ``NotFound`` for another's request, ``Refused`` before the first run.
    """
    request = open_to_read(session, actor, request_id)
    if not request.runs:
        raise Refused("request_not_submitted")
    now, asked = clock.now(), make_newest_request(session, request)
    with index.opened(session, now=now) as columns:
        found = answer(columns, asked, now, limit=0)
        posts = []
        for post in asked.posts:
            if count_fits(found, post.code) >= FEWEST:
                posts.append(PostRelaxations(post.code, is_enough=True))
                continue
            sets = relax(found, post.code, wanted=FEWEST)
            shown = tuple(
                BandedRelaxation(one.changes, round_count(one.freed)) for one in sets[:MOST_SHOWN]
            )
            posts.append(PostRelaxations(post.code, False, shown, len(sets) - len(shown)))
    return Relaxations(asked, tuple(posts))
