"""How many answers are fresh, noted once a month for each network, so that there is a trend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from roster.models import Network, Record, Snapshot
from roster.permissions import Actor, Permission
from roster.queries.coverage import FRESH
from roster.queries.leaving import left_records
from roster.queries.people import list_states
from roster.services.trail import add_audit, require

KIND = "freshness"


@dataclass(frozen=True)
class MonthlyCount:
    """What is noted of one network: its women who do not hide, and those with a fresh answer."""

    network_code: str
    counts: Mapping[str, int]


def count_networks(session: Session, *, now: datetime) -> list[MonthlyCount]:
    """The counts of every network that has none of this month yet; changes nothing."""
    noted = set(session.scalars(select(Snapshot.network_code).where(*_of_month(now))))
    codes = session.scalars(select(Network.code).where(Network.has_members).order_by(Network.code))
    return [_count(session, code, now) for code in codes if code not in noted]


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
    noted = set(session.scalars(select(Snapshot.network_code).where(*_of_month(now))))
    new = [found[place] for place in ids if found[place].network_code not in noted]
    for one in new:
        session.add(
            Snapshot(
                network_code=one.network_code,
                kind=KIND,
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
            detail={"networks": len(new)},
        )
    return len(new)


def _of_month(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    first: date = now.date().replace(day=1)
    return Snapshot.kind == KIND, Snapshot.taken_on >= first


def _count(session: Session, code: str, now: datetime) -> MonthlyCount:
    records = select(Record).where(Record.network_code == code, Record.id.not_in(left_records()))
    shown = [one for one in list_states(session, records, now) if one.state != "hidden"]
    fresh = sum(one.state in FRESH for one in shown)
    return MonthlyCount(code, {"women": len(shown), "fresh": fresh})
