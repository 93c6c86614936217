"""The women of the village: a canary, or a country of its own, in whatever is said of each."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.models import (
    Availability,
    Declaration,
    Entry,
    EntryHistory,
    Experience,
    Identity,
    Mediator,
    Membership,
    Record,
)
from tests.factories import canary
from tests.walls.village import Village
from tests.walls.words import dress


def describe(
    session: Session, village: Village, name: str, woman: Mediator, countries: Iterator[str]
) -> None:
    """Put a dressed canary, or a country of its own, into everything that is said of her."""
    village.women[name] = woman.id
    records = session.scalars(select(Record).where(Record.mediator_id == woman.id)).all()
    village.networks[woman.id] = {one.network_code for one in records if one.network_code}
    for record in records:
        village.records[record.id] = (woman.id, record.network_code)
        _dress_record(session, record)
        for kind in ("nationality", "residence", "place"):
            _say_country(session, record, kind, next(countries), village)
    first = records[0].id
    for row in session.scalars(select(Membership).where(Membership.mediator_id == woman.id)):
        record_id = village.record_of(name, row.network_code)
        row.antenna = f"<i>{canary('antenna', record_id)}</i>"
    for statement in session.scalars(
        select(Availability).where(Availability.mediator_id == woman.id)
    ):
        statement.refused = [country := next(countries)]
        village.marks[country] = ("refused", first)
    for declaration in session.scalars(
        select(Declaration).where(Declaration.mediator_id == woman.id)
    ):
        country = next(countries)
        tie = {"kind": "office", "country": country, "party": canary("party", first)}
        declaration.interests = [{**tie, "started_on": "2001-01-01", "ended_on": "2002-12-31"}]
        village.marks[country] = ("tie", first)
    session.flush()


def _dress_record(session: Session, record: Record) -> None:
    identity = session.get_one(Identity, record.id)
    for name in ("display_name", "original_name", "title", "phone", "safe_contact"):
        setattr(identity, name, dress(canary(name, record.id)))
    identity.other_names = [dress(canary("other_names", record.id))]
    entries = session.scalars(select(Entry).where(Entry.record_id == record.id)).all()
    for entry in entries:
        if entry.field in ("note", "biography", "unmapped"):
            entry.sealed = dress(canary(entry.field, record.id))
        if entry.field == "language":
            entry.grade = 2
    _add_entry(session, record, "language", "zha", {"word": dress(canary("word", record.id))})
    _add_entry(session, record, "community", canary("community", record.id), {})
    _add_entry(session, record, "other_network", canary("other_network", record.id), {})
    for name in ("note", "biography"):
        session.add(_make_former(record, name, dress(canary(f"former_{name}", record.id))))
    for row in session.scalars(select(Experience).where(Experience.record_id == record.id)):
        for name in ("process", "mandating_body", "contribution"):
            setattr(row, name, dress(canary(name, record.id)))


def _add_entry(
    session: Session, record: Record, name: str, code: str, detail: dict[str, object]
) -> None:
    session.add(
        Entry(
            record_id=record.id,
            field=name,
            code=code,
            detail=detail,
            grade=1,
            source="self" if record.network_code is None else "coordinator",
            entered_at=clock.now(),
        )
    )


def _make_former(record: Record, field: str, text: str) -> EntryHistory:
    source = "self" if record.network_code is None else "coordinator"
    return EntryHistory(
        record_id=record.id,
        field=field,
        detail={},
        sealed=text,
        source=source,
        entered_at=clock.now(),
        act="changed",
        ended_source=source,
        ended_at=clock.now(),
    )


def _say_country(
    session: Session, record: Record, name: str, country: str, village: Village
) -> None:
    _add_entry(session, record, name, country, {})
    village.marks[country] = (name, record.id)


def keep_to_herself(session: Session, village: Village, name: str) -> None:
    own = village.record_of(name, None)
    session.get_one(Record, own).is_shared = False
    village.unshared.add(own)
