"""The same asked again and again with another exclusion: whoever does so may look for somebody.

Compared is what is sought: posts, countries and place. Exclusions, sides and networks are what
varies, since each of them moves women in and out by what no card shows. Source: product, section 7.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import TooMany
from roster.models import Account, MatchRequest, Run
from roster.permissions import Actor
from roster.queries.requests import list_criteria_of_office
from roster.services.alarms import raise_alarm

VARIED = 3
"""The alarm is raised at this many runs that differ in an exclusion only."""
MOST_VARIED = 5
"""So many within a day over all requests of an office; the next is refused."""
DAY_SECONDS = 24 * 3600

SOUGHT = ("countries", "place")
VARYING = ("exclusions", "parties", "networks")


def check_exclusions(session: Session, request: MatchRequest, now: datetime) -> None:
    """``TooMany`` where the office has asked the same with too many exclusions today."""
    account = session.get_one(Account, request.account_id)
    today = list_criteria_of_office(session, account, now)
    own, varied = part(request.criteria)[1], _find_varied(request.criteria, today)
    if own not in varied and len(varied) >= MOST_VARIED:
        raise TooMany("too_many_exclusions", limit=MOST_VARIED, retry_after=DAY_SECONDS)


def watch_exclusions(session: Session, actor: Actor, request: MatchRequest) -> None:
    """Raise the alarm at the third; earlier runs of the same request count, however long ago."""
    account = session.get_one(Account, request.account_id)
    earlier = session.scalars(select(Run.criteria).where(Run.request_id == request.id)).all()
    earlier = [*earlier, *list_criteria_of_office(session, account, clock.now())]
    own, varied = part(request.criteria)[1], _find_varied(request.criteria, earlier)
    if own in varied or len(varied) + 1 < VARIED:
        return
    raise_alarm(
        session,
        actor=actor,
        code="exclusions_varied",
        about=request.id,
        count=len(varied) + 1,
        networks=request.criteria.get("networks") or (),
    )


def _find_varied(criteria: Mapping[str, Any], earlier: list[dict[str, Any]]) -> set[str]:
    sought = part(criteria)[0]
    parted = [part(one) for one in earlier]
    return {varying for other, varying in parted if other == sought}


def part(criteria: Mapping[str, Any]) -> tuple[str, str]:
    """What is sought, and what varies, both comparable whatever the order of their lists."""
    posts = criteria.get("posts", ())
    bare = [
        {name: value for name, value in post.items() if name not in ("exclusions", "code")}
        for post in posts
    ]
    sought = [bare, *(criteria.get(name) for name in SOUGHT)]
    varying = [*(criteria.get(name) for name in VARYING), [p.get("exclusions") for p in posts]]
    return _write(sought), _write(varying)


def _write(value: Any) -> str:
    return json.dumps(_order(value), sort_keys=True, default=str)


def _order(value: Any) -> Any:
    """Lists in one order, and nothing for what is empty: the same asked reads the same."""
    if isinstance(value, Mapping):
        return {name: _order(one) for name, one in value.items() if one not in (None, [], {}, "")}
    if isinstance(value, list | tuple):
        return sorted((_order(one) for one in value), key=lambda one: json.dumps(one, default=str))
    return value
