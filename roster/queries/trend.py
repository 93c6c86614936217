"""How the share of fresh answers of one network went over the months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import permissions
from roster.errors import NotFound
from roster.models import Snapshot
from roster.permissions import Actor, Permission, Subject

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """Exact counts of a coordinator's own network on one day of a month."""

    taken_on: date
    women: int
    fresh: int


def list_months(session: Session, *, actor: Actor, network: str) -> list[Month]:
    """The last twelve months noted of ``network``, the oldest first; ``NotFound`` for others."""
    if not permissions.decide(Permission.LIST_RECORDS, actor, Subject(network_code=network)):
        raise NotFound
    rows = session.execute(
        select(Snapshot.taken_on, Snapshot.counts)
        .where(Snapshot.network_code == network, Snapshot.kind == "freshness")
        .order_by(Snapshot.taken_on.desc(), Snapshot.id.desc())
        .limit(MONTHS)
    ).all()
    return [Month(day, counts["women"], counts["fresh"]) for day, counts in reversed(rows)]
