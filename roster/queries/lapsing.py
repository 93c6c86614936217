"""What lapses soon in a network: accreditations, and certificates with a day on them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import Entry, Membership, Record
from roster.queries.leaving import left_records


@dataclass(frozen=True)
class Lapsing:
    """One thing of one woman that ends: ``what`` is accreditation, or a training's code."""

    record_id: int
    network_code: str
    what: str
    lapses_on: date


def list_lapsing(
    session: Session, networks: Collection[str], *, until: date, since: date
) -> list[Lapsing]:
    """Accreditations and certificates of these networks' own records that lapse between two days,
    both included; the earliest first. What has lapsed longer ago than ``since`` is left out."""
    found = [*_accreditations(session, networks, since, until)]
    found += _certificates(session, networks, since, until)
    return sorted(found, key=lambda one: (one.lapses_on, one.record_id, one.what))


def _accreditations(
    session: Session, networks: Collection[str], since: date, until: date
) -> list[Lapsing]:
    m = Membership
    rows = session.execute(
        select(Record.id, m.network_code, m.lapses_on)
        .join(
            Record, (Record.mediator_id == m.mediator_id) & (Record.network_code == m.network_code)
        )
        .where(
            m.network_code.in_(networks),
            m.accreditation.in_(("accredited", "needs_update")),
            m.lapses_on.between(since, until),
            m.ended_on.is_(None),
            Record.id.not_in(left_records()),
        )
    )
    return [Lapsing(row.id, row.network_code, "accreditation", row.lapses_on) for row in rows]


def _certificates(
    session: Session, networks: Collection[str], since: date, until: date
) -> list[Lapsing]:
    rows = session.execute(
        select(Record.id, Record.network_code, Entry.code, Entry.detail)
        .join(Entry, Entry.record_id == Record.id)
        .where(
            Record.network_code.in_(networks),
            Entry.field == "training",
            Record.id.not_in(left_records()),
        )
    )
    found = []
    for row in rows:
        text = row.detail.get("expires_on")
        day = date.fromisoformat(text) if text else None
        if day is not None and since <= day <= until:
            found.append(Lapsing(row.id, row.network_code, row.code, day))
    return found
