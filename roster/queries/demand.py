"""What requests asked of a network, and how few of its women with a fresh answer cover it.

Counted are the criteria that must be met, in the newest search of each request that asks one of
these networks. Of the request itself nothing is told but how many asked the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from roster.models import Entry, Record, Run
from roster.queries.people import ListedPerson
from roster.vocabulary import load_vocabulary
from roster.vocabulary.used_codes import list_read_as, read_criteria

LOOKED_BACK = timedelta(days=365)
MOST_REQUESTS = 100
"""The newest requests that are looked at: each costs the opening of what is sealed."""
ENOUGH = 3
"""A shortlist has three to five: with fewer women there is a gap."""
MOST_GAPS = 10
FRESH = frozenset({"fresh", "due"})
FIELDS = {"themes": "theme", "languages": "language", "places": "place"}
"""Wishes of a post, and the field of a record that meets them."""

Wish = tuple[str, tuple[str, ...]]
"""A field, and the codes of which any one will do."""


@dataclass(frozen=True)
class Gap:
    """One thing asked that fewer than ``ENOUGH`` women of the list can offer today."""

    field: str
    codes: tuple[str, ...]
    requests: int
    fresh: int
    """Women who have it and whose answer is fresh."""
    others: int
    """Women who have it and whose answer is missing or has run out."""


@dataclass(frozen=True)
class PastRequest:
    """What one request asked in its newest search."""

    request_id: int
    at: datetime
    criteria: Mapping[str, Any]

    def asks(self, networks: Collection[str]) -> bool:
        """Whether one of these networks was asked: by its name, or all by naming none."""
        named = self.criteria.get("networks") or ()
        return not named or bool(set(named) & set(networks))


def list_past_requests(
    session: Session, networks: Collection[str], now: datetime, limit: int = MOST_REQUESTS
) -> list[PastRequest]:
    """The newest search of each request that asks one of ``networks`` (or names none), searched
    within a year; the newest first, at most ``limit`` of the ``MOST_REQUESTS`` that are read."""
    newest = select(func.max(Run.id)).group_by(Run.request_id)
    rows = session.execute(
        select(Run.request_id, Run.at, Run.criteria)
        .where(Run.id.in_(newest), Run.at > now - LOOKED_BACK)
        .order_by(Run.id.desc())
        .limit(MOST_REQUESTS)
    )
    found = [PastRequest(*row) for row in rows]
    return [one for one in found if one.asks(networks)][:limit]


def list_gaps(
    session: Session,
    visible: Select[Record],
    people: Iterable[ListedPerson],
    criteria: Iterable[Mapping[str, Any]],
) -> list[Gap]:
    """Return what was asked and is barely covered, the fewest women and most requests first.

    ``people`` are the women of ``visible`` with their states; counted is what these records say,
    and her own where she shares it.
    """
    demand = Counter(wish for asked in criteria for wish in set(_list_wishes(asked)))
    wanted = {wish: _roll_down(wish) for wish in demand}
    holders = _load_holders(session, visible, set().union(*wanted.values()))
    states = {one.mediator_id: one.state for one in people}
    gaps = [
        _count(wish, demand[wish], set().union(*(holders.get(one, ()) for one in met)), states)
        for wish, met in wanted.items()
    ]
    found = [gap for gap in gaps if gap.fresh < ENOUGH]
    found.sort(key=lambda gap: (gap.fresh, -gap.requests, gap.others, gap.field, gap.codes))
    return found[:MOST_GAPS]


def _list_wishes(criteria: Mapping[str, Any]) -> Iterator[Wish]:
    for post in read_criteria(criteria).get("posts", ()):
        for name, field in FIELDS.items():
            for wish in post.get(name, ()):
                yield field, tuple(sorted(wish["any_of"]))


def _roll_down(wish: Wish) -> frozenset[tuple[str, str]]:
    """What a record may say that meets the wish: of a region each country of it."""
    field, codes = wish
    below = {each for code in codes if field == "place" for each in _list_below(code)}
    stored = {each for code in codes for each in list_read_as(field, code)}
    return frozenset((field, code) for code in {*stored, *below})


def _list_below(code: str) -> tuple[str, ...]:
    vocabulary = load_vocabulary()
    return vocabulary.descendants("region", code) if vocabulary.has("region", code) else ()


def _load_holders(
    session: Session, visible: Select[Record], wanted: Collection[tuple[str, str]]
) -> dict[tuple[str, str], set[int]]:
    own = Record.network_code.is_(None) & Record.is_shared
    hers = own & Record.mediator_id.in_(visible.with_only_columns(Record.mediator_id))
    rows = session.execute(
        select(Record.mediator_id, Entry.field, Entry.code)
        .join(Entry, Entry.record_id == Record.id)
        .where(
            or_(Record.id.in_(visible.with_only_columns(Record.id)), hers),
            Entry.field.in_(sorted({field for field, _ in wanted})),
            Entry.code.in_(sorted({code for _, code in wanted})),
        )
    )
    holders: dict[tuple[str, str], set[int]] = {}
    for her, field, code in rows:
        holders.setdefault((field, code), set()).add(her)
    return holders


def _count(wish: Wish, requests: int, women: set[int], states: Mapping[int, str]) -> Gap:
    shown = [states[her] for her in women if states.get(her, "hidden") != "hidden"]
    fresh = sum(state in FRESH for state in shown)
    return Gap(wish[0], wish[1], requests, fresh, len(shown) - fresh)
