"""Records that an actor may see: her networks' lists, searched in memory since names are sealed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session, selectinload

from matching.terms import normalise
from roster import permissions
from roster.errors import NotFound
from roster.models import (
    Availability,
    Consent,
    Entry,
    Identity,
    Link,
    Membership,
    Network,
    Record,
)
from roster.permissions import Actor, Permission, Subject

DUE_DAYS = 14
"""From this many days before its end an availability is *due* (product, section 6)."""


@dataclass(frozen=True)
class PersonFilter:
    """What a coordinator asks of her list; an empty value asks nothing."""

    text: str = ""
    network: str = ""
    track: str = ""
    theme: str = ""
    language: str = ""
    country: str = ""
    state: str = ""
    """One of the words of ``Person.state``."""


@dataclass(frozen=True)
class Person:
    """One row of the list: a record, its mediator, and how fresh her answer is."""

    record: Record
    membership: Membership | None
    availability: Availability | None
    consents: frozenset[str]
    was_invited: bool

    def state(self, now: datetime) -> str:
        """What needs a hand: hidden, uninvited, waiting (invited, no answer yet), none (no
        availability of her own), expired, due or fresh. It asks the clock, not the job."""
        mediator = self.record.mediator
        if mediator.is_hidden or mediator.state != "active":
            return "hidden"
        if "matching" not in self.consents:
            return "waiting" if self.was_invited else "uninvited"
        if self.availability is None or self.availability.confirmed_by == "import":
            return "none"
        left = self.availability.valid_until - now
        if left <= timedelta(0):
            return "expired"
        return "due" if left <= timedelta(days=DUE_DAYS) else "fresh"

    @property
    def codes(self) -> frozenset[tuple[str, str]]:
        return frozenset((entry.field, entry.code) for entry in self.record.entries)


def visible_networks(session: Session, actor: Actor) -> tuple[str, ...]:
    """Codes of the networks whose records this actor may list."""
    codes = session.scalars(select(Network.code).where(Network.has_members).order_by(Network.code))
    return tuple(
        code
        for code in codes
        if permissions.decide(Permission.LIST_RECORDS, actor, Subject(network_code=code))
    )


def visible_to(session: Session, actor: Actor) -> Select[Record]:
    """The records that this actor may see, as a statement to narrow further."""
    return select(Record).where(Record.network_code.in_(visible_networks(session, actor)))


def record_subject(session: Session, record_id: int) -> Subject:
    """What the permission table needs of a record; NotFound when there is none."""
    record = session.get(Record, record_id)
    if record is None:
        raise NotFound
    if record.network_code is None:
        return Subject(mediator_id=record.mediator_id, is_shared=record.is_shared)
    return Subject(network_code=record.network_code, mediator_id=record.mediator_id)


def get_record(session: Session, *, actor: Actor, record_id: int) -> Record:
    """One record with its identity and entries, if the actor may read it."""
    subject = record_subject(session, record_id)
    if not permissions.decide(Permission.READ_RECORD, actor, subject):
        raise NotFound
    return session.scalars(
        select(Record)
        .where(Record.id == record_id)
        .options(
            selectinload(Record.identity),
            selectinload(Record.entries),
            selectinload(Record.experiences),
            selectinload(Record.mediator),
        )
    ).one()


def get_person(session: Session, *, actor: Actor, record_id: int, now: datetime) -> Person:
    """One record with its membership, consents and standing availability."""
    record = get_record(session, actor=actor, record_id=record_id)
    return _as_people(session, [record], now)[0]


def get_own_record(session: Session, *, actor: Actor, mediator_id: int) -> Record | None:
    """The woman's own record, where this actor may read it."""
    record = session.scalars(
        select(Record)
        .where(Record.mediator_id == mediator_id, Record.network_code.is_(None))
        .options(selectinload(Record.identity), selectinload(Record.entries))
    ).one_or_none()
    if record is None:
        return None
    subject = Subject(
        mediator_id=mediator_id,
        is_shared=record.is_shared,
        network_codes=_networks_of(session, mediator_id),
    )
    return record if permissions.decide(Permission.READ_OWN_WORDS, actor, subject) else None


def _networks_of(session: Session, mediator_id: int) -> frozenset[str]:
    rows = session.scalars(
        select(Membership.network_code).where(Membership.mediator_id == mediator_id)
    )
    return frozenset(rows)


def list_people(
    session: Session, *, actor: Actor, wanted: PersonFilter, now: datetime
) -> list[Person]:
    """The actor's people that meet every part of ``wanted``, by display name.

    A fixed number of statements, whatever the number of rows.
    """
    statement = visible_to(session, actor).options(
        selectinload(Record.identity), selectinload(Record.entries), selectinload(Record.mediator)
    )
    if wanted.network:
        statement = statement.where(Record.network_code == wanted.network)
    records = session.scalars(statement).all()
    people = _as_people(session, records, now)
    chosen = [person for person in people if _meets(person, wanted, now)]
    return sorted(chosen, key=lambda person: normalise(person.record.identity.display_name))


def _as_people(session: Session, records: Sequence[Record], now: datetime) -> list[Person]:
    ids = {record.mediator_id for record in records}
    memberships = {
        (row.mediator_id, row.network_code): row
        for row in session.scalars(select(Membership).where(_among(Membership.mediator_id, ids)))
    }
    availabilities = standing_availabilities(session, ids, now)
    consents = _consents(session, ids)
    invited = set(
        session.scalars(
            select(Link.mediator_id).where(
                _among(Link.mediator_id, ids), Link.purpose == "invitation"
            )
        )
    )
    return [
        Person(
            record=record,
            membership=memberships.get((record.mediator_id, record.network_code or "")),
            availability=availabilities.get(record.mediator_id),
            consents=frozenset(consents.get(record.mediator_id, ())),
            was_invited=record.mediator_id in invited,
        )
        for record in records
    ]


def _among(
    column: InstrumentedAttribute[int] | InstrumentedAttribute[int | None], ids: Iterable[int]
) -> ColumnElement[bool]:
    return column.in_(sorted(ids))


def standing_availabilities(
    session: Session, ids: Iterable[int], now: datetime
) -> dict[int, Availability]:
    """Per mediator the statement that stands: one that still holds before one that has ended,
    her own before a coordinator's before an import's, then the newer."""
    rows = session.scalars(
        select(Availability).where(
            Availability.superseded_at.is_(None), _among(Availability.mediator_id, ids)
        )
    )
    standing: dict[int, Availability] = {}
    for row in rows:
        held = standing.get(row.mediator_id)
        if held is None or _weight(row, now) > _weight(held, now):
            standing[row.mediator_id] = row
    return standing


def _weight(row: Availability, now: datetime) -> tuple[bool, int, datetime]:
    order = {"import": 0, "coordinator": 1, "self": 2}
    holds = row.confirmed_by != "import" and row.valid_until > now
    return (holds, order[row.confirmed_by], row.confirmed_at)


def _consents(session: Session, ids: Iterable[int]) -> dict[int, set[str]]:
    rows = session.execute(
        select(Consent.mediator_id, Consent.purpose).where(
            _among(Consent.mediator_id, ids), Consent.withdrawn_at.is_(None)
        )
    )
    consents: dict[int, set[str]] = {}
    for mediator_id, purpose in rows:
        consents.setdefault(mediator_id, set()).add(purpose)
    return consents


def _meets(person: Person, wanted: PersonFilter, now: datetime) -> bool:
    codes = person.codes
    asked = (
        ("track", wanted.track),
        ("theme", wanted.theme),
        ("language", wanted.language),
        ("nationality", wanted.country),
    )
    return (
        all((field, code) in codes for field, code in asked if code)
        and _name_matches(person.record.identity, wanted.text)
        and (not wanted.state or person.state(now) == wanted.state)
    )


def _name_matches(identity: Identity, text: str) -> bool:
    words = normalise(text).split()
    names = [identity.display_name, identity.original_name or "", *(identity.other_names or [])]
    haystack = normalise(" ".join(names))
    return all(word in haystack for word in words)


def entries_of(record: Record, field: str) -> list[Entry]:
    """The entries of one field in a stable order."""
    return sorted((e for e in record.entries if e.field == field), key=lambda e: (e.code, e.id))
