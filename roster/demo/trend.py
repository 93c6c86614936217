"""Six months before the demo began: invented counts, marked as such, so that a trend is seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy.orm import Session

from roster.demo.people import NETWORKS
from roster.permissions import SCHEDULER
from roster.queries.trend import FRESHNESS, INVENTED
from roster.services.snapshots import MonthlyCount, count_network, note_counts

SHARES = (0.45, 0.55, 0.5, 0.65, 0.75, 0.9)
"""Of today's numbers, the month furthest back first."""


def add_demo_months(session: Session, *, now: datetime) -> int:
    """Note the invented counts of the last six months; return how many were noted."""
    today = [one for network in NETWORKS for one in count_network(session, network, now)]
    months = _list_months(now.date(), len(SHARES))
    return sum(
        note_counts(
            session,
            actor=SCHEDULER,
            ids=range(len(today)),
            now=datetime.combine(month, time(12), UTC),
            found=[_invent(one, share) for one in today],
        )
        for month, share in zip(months, SHARES, strict=True)
    )


def _list_months(today: date, count: int) -> list[date]:
    """The first day of each of the months before this one, the oldest first."""
    numbers = [today.year * 12 + today.month - 1 - back for back in range(count, 0, -1)]
    return [date(number // 12, number % 12 + 1, 1) for number in numbers]


def _invent(one: MonthlyCount, share: float) -> MonthlyCount:
    if one.kind == FRESHNESS:
        counts: dict[str, Any] = {
            "women": one.counts["women"],
            "fresh": int(one.counts["fresh"] * share),
        }
    else:
        counts = {"cells": _shrink(one.counts["cells"], share)}
    return MonthlyCount(one.network_code, one.kind, {**counts, INVENTED: True})


def _shrink(
    cells: Mapping[str, Mapping[str, Sequence[int]]], share: float
) -> dict[str, dict[str, list[int]]]:
    return {
        place: {track: [int(fresh * share), women] for track, (fresh, women) in line.items()}
        for place, line in cells.items()
    }
