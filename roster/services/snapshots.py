"""How many answers are fresh, and who covers what, noted once a month, so that there is a trend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from roster.models import Network, Snapshot
from roster.permissions import Actor, Permission
from roster.queries.coverage import count_coverage
from roster.queries.coverage_bits import NetworkBits
from roster.queries.trend import COVERAGE, FRESHNESS, write_cells
from roster.services.trail import add_audit, require


@dataclass(frozen=True)
class MonthlyCount:
    """What is noted of one network: its women who do not hide, and those with a fresh answer."""

    network_code: str
    kind: str
    """In all, or by track and region."""
    counts: Mapping[str, Any]


def count_networks(session: Session, *, now: datetime) -> list[MonthlyCount]:
    """The counts of every network that has none of this month yet; changes nothing."""
    noted = _list_noted(session, now)
    codes = session.scalars(select(Network.code).where(Network.has_members).order_by(Network.code))
    return [
        one
        for code in codes
        if {(code, FRESHNESS), (code, COVERAGE)} - noted
        for one in count_network(session, code, now)
        if (code, one.kind) not in noted
    ]


def count_network(session: Session, code: str, now: datetime) -> list[MonthlyCount]:
    """Both counts of one network as it stands."""
    found = count_coverage(NetworkBits(code).at(session, now=now), {})
    whole = {"women": found.whole.women, "fresh": found.whole.fresh}
    return [
        MonthlyCount(code, FRESHNESS, whole),
        MonthlyCount(code, COVERAGE, {"cells": write_cells(found)}),
    ]


def note_counts(
    session: Session,
    *,
    actor: Actor,
    ids: Sequence[int],
    now: datetime,
    found: Sequence[MonthlyCount],
) -> int:
    """Note those of ``found`` that stand at the places ``ids``, each network once a month."""
    require(Permission.RUN_JOBS, actor)
    noted = _list_noted(session, now)
    new = [found[place] for place in ids]
    new = [one for one in new if (one.network_code, one.kind) not in noted]
    for one in new:
        session.add(
            Snapshot(
                network_code=one.network_code,
                kind=one.kind,
                taken_on=now.date(),
                counts=dict(one.counts),
            )
        )
    if new:
        add_audit(
            session,
            actor=actor,
            action="snapshot.taken",
            subject_kind="snapshot",
            detail={"counts": len(new)},
        )
    return len(new)


def _list_noted(session: Session, now: datetime) -> set[tuple[str, str]]:
    rows = session.execute(select(Snapshot.network_code, Snapshot.kind).where(*_in_month(now)))
    return {(code, kind) for code, kind in rows if code is not None}


def _in_month(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """From the month's first day on, and not after it: a past month may be noted later."""
    first: date = now.date().replace(day=1)
    after = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return Snapshot.taken_on >= first, Snapshot.taken_on < after
