"""The missing items of a record that would open most matches, worked out from real past requests.

Each request of the last year is asked again as if it were made today, its dates as far ahead as
they were then. Nothing of it is stored, and of a request nothing is told but that it is one of so
many.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import Answer, Columns, Request, State, Verdict, answer
from matching.explanation import explain_gates
from roster.facts import load_mediators, make_request
from roster.models import Account, MatchRequest, Record
from roster.permissions import Actor, Permission
from roster.queries.demand import PastRequest, list_past_requests
from roster.queries.people import ListedPerson
from roster.queries.records import network_subject
from roster.services.asked_requests import get_requester
from roster.services.missing_items import MissingItem, list_missing
from roster.services.trail import require
from roster.vocabulary import load_vocabulary

MOST_REPLAYED = 20
"""The newest requests that are asked again."""
MOST_SUMMED = 60
"""Women of a list over whom the items are summed, those with the freshest answers first."""
MOST_SUMMED_REQUESTS = 8
"""The newest requests over which they are summed: the page is a coordinator's first."""
SHOWN = 3


@dataclass(frozen=True)
class OpeningItem:
    """``opens``: how many more requests she would fit once this item and those before it are there.

    ``helps``: of how many others it is one of several things missing.
    """

    item: MissingItem
    opens: int
    helps: int


@dataclass(frozen=True)
class Completeness:
    """One woman: of ``asked`` past requests she fits ``fits`` as her record stands."""

    asked: int
    fits: int
    items: Sequence[OpeningItem]


@dataclass(frozen=True)
class SummedItem:
    """``women`` lack this one thing alone for a request; together it would open ``matches``."""

    item: MissingItem
    women: int
    matches: int


@dataclass(frozen=True)
class Summed:
    """``looked_at`` women, asked ``asked`` past requests."""

    asked: int
    looked_at: int
    items: Sequence[SummedItem]


def find_missing(session: Session, *, actor: Actor, record_id: int, now: datetime) -> Completeness:
    """The three items that would open most matches to the woman of a record; a reading session
    suffices. ``NotFound`` for a record that this actor may not read."""
    subject = network_subject(session, record_id)
    require(Permission.READ_RECORD, actor, subject)
    record = session.get_one(Record, record_id)
    past = list_past_requests(session, [subject.network_code or ""], now, MOST_REPLAYED)
    columns = _load(session, [record.mediator_id], now)
    missing: list[frozenset[MissingItem] | None] = []
    for found in _replay(session, columns, past, now):
        woman = columns.mediator(record.mediator_id)
        missing.append(list_missing(woman, found.reasons(record.mediator_id)))
    return Completeness(len(missing), sum(one == frozenset() for one in missing), _rank(missing))


def sum_missing(
    session: Session,
    *,
    networks: Sequence[str],
    people: Iterable[ListedPerson],
    now: datetime,
) -> Summed:
    """What most of these women lack, where it is the one thing between them and a request.

    ``people`` are those of the caller's own list: whoever calls has asked for it.
    """
    order = ("fresh", "due", "expired", "none")
    known = sorted(
        {one.mediator_id: order.index(one.state) for one in people if one.state in order}.items(),
        key=lambda pair: (pair[1], pair[0]),
    )
    ids = [her for her, _ in known[:MOST_SUMMED]]
    past = list_past_requests(session, networks, now, MOST_SUMMED_REQUESTS)
    columns = _load(session, sorted(ids) if past else [], now)
    matches: Counter[MissingItem] = Counter()
    women: dict[MissingItem, set[int]] = {}
    for found in _replay(session, columns, past, now):
        for her, item in _list_single(found, columns):
            matches[item] += 1
            women.setdefault(item, set()).add(her)
    ranked = sorted(matches, key=lambda one: (-matches[one], -len(women[one]), one))
    items = [SummedItem(one, len(women[one]), matches[one]) for one in ranked[:SHOWN]]
    return Summed(len(past), len(ids), items)


def _list_single(found: Answer, columns: Columns) -> set[tuple[int, MissingItem]]:
    """Each woman whom one missing item keeps from a post of a request."""
    near, everybody = set(found.list_ids(State.NEAR_MISS)), columns.rows()
    rows = everybody[[int(one) in near for one in columns.ids(everybody)]]
    women, plan = [columns.read(int(row)) for row in rows], found.workings.plan
    common = [step for _, step in plan.of_request]
    singles: set[tuple[int, MissingItem]] = set()
    for post, steps in zip(found.request.posts, plan.of_posts, strict=True):
        asked = [*common, *(step for _, step in steps)]
        said = explain_gates(columns, rows, women, plan.for_post(post), asked)
        for woman, evidence in zip(women, said, strict=True):
            failed = [one for one in evidence if one.verdict < Verdict.PASS]
            missing = list_missing(woman, failed) if len(failed) == 1 else None
            singles.update((woman.id, item) for item in missing or ())
    return singles


def _load(session: Session, ids: Sequence[int], now: datetime) -> Columns:
    """A roster of these women alone: a state depends on nobody else but look-alikes."""
    return Columns.build(load_mediators(session, ids=ids, now=now), load_vocabulary())


def _replay(
    session: Session, columns: Columns, past: Sequence[PastRequest], now: datetime
) -> Iterator[Answer]:
    for request in _make_requests(session, past, now):
        yield answer(columns, request, now, limit=0)


def _make_requests(
    session: Session, past: Sequence[PastRequest], now: datetime
) -> Iterator[Request]:
    rows = session.execute(
        select(MatchRequest.id, MatchRequest.code, Account)
        .join(Account, Account.id == MatchRequest.account_id)
        .where(MatchRequest.id.in_([one.request_id for one in past]))
    )
    known: Mapping[int, Any] = {number: (code, account) for number, code, account in rows}
    for one in past:
        code, account = known[one.request_id]
        request = make_request(one.criteria, code=code, requester=get_requester(account))
        later = now.date() - one.at.date()
        yield replace(request, start=request.start + later, end=request.end + later)


def _rank(missing: Sequence[frozenset[MissingItem] | None]) -> list[OpeningItem]:
    """Take, one after the other, the item that opens most; then that which comes nearest."""
    left = [set(one) for one in missing if one]
    ranked: list[OpeningItem] = []
    while len(ranked) < SHOWN and any(left):
        opens = Counter(next(iter(one)) for one in left if len(one) == 1)
        shares: Counter[MissingItem] = Counter()
        for lacking in left:
            shares.update(dict.fromkeys(lacking, 60 // len(lacking)))
        best = min(shares, key=lambda one: (-opens[one], -shares[one], one))
        helps = sum(best in one and len(one) > 1 for one in left)
        ranked.append(OpeningItem(best, opens[best], helps))
        left = [one - {best} for one in left if one != {best}]
    return ranked
