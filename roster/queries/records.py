"""Records that an actor may see, one at a time: a network's record, the woman's own, how she stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from roster import permissions
from roster.errors import NotFound
from roster.models import (
    Availability,
    Consent,
    Entry,
    Link,
    Membership,
    Network,
    Record,
)
from roster.permissions import Actor, Permission, Subject
from roster.queries.leaving import left_records, list_open_erasures

DUE_DAYS = 14
"""From this many days before its end an availability is *due* (product, section 6)."""


@dataclass(frozen=True)
class Person:
    """One row of the list: a record, its mediator, and how fresh her answer is."""

    record: Record
    membership: Membership | None
    availability: Availability | None
    consents: frozenset[str]
    was_invited: bool
    spoken_until: Mapping[str, datetime] = field(default_factory=dict)
    """Purposes that hold by voice only, and until when."""

    def state(self, now: datetime) -> str:
        """What needs a hand; see ``judge_state``."""
        row, mediator = self.availability, self.record.mediator
        return judge_state(
            is_visible=mediator.state == "active" and not mediator.is_hidden,
            may_be_matched="matching" in self.consents,
            was_invited=self.was_invited,
            valid_until=row.valid_until if row and row.confirmed_by != "import" else None,
            now=now,
        )


def judge_state(
    *,
    is_visible: bool,
    may_be_matched: bool,
    was_invited: bool,
    valid_until: datetime | None,
    now: datetime,
) -> str:
    """hidden, uninvited, waiting (invited, no answer yet), none (no availability of hers), expired,
    due or fresh. It asks the clock, not the job."""
    if not is_visible:
        return "hidden"
    if not may_be_matched:
        return "waiting" if was_invited else "uninvited"
    if valid_until is None:
        return "none"
    left = valid_until - now
    if left <= timedelta(0):
        return "expired"
    return "due" if left <= timedelta(days=DUE_DAYS) else "fresh"


def visible_networks(session: Session, actor: Actor) -> tuple[str, ...]:
    """Codes of the networks whose records this actor may list."""
    codes = session.scalars(select(Network.code).where(Network.has_members).order_by(Network.code))
    return tuple(
        code
        for code in codes
        if permissions.decide(Permission.LIST_RECORDS, actor, Subject(network_code=code))
    )


def visible_to(session: Session, actor: Actor) -> Select[Record]:
    """The records that this actor may see, as a statement to narrow further.

    Not those of women who are leaving the network or the service.
    """
    return select(Record).where(
        Record.network_code.in_(visible_networks(session, actor)),
        Record.id.not_in(left_records()),
    )


def record_subject(session: Session, record_id: int) -> Subject:
    """What the permission table needs of a record; NotFound when there is none, or none any more
    since she is leaving."""
    record = session.scalars(
        select(Record).where(Record.id == record_id, Record.id.not_in(left_records()))
    ).one_or_none()
    if record is None:
        raise NotFound
    if record.network_code is None:
        return Subject(mediator_id=record.mediator_id, is_shared=record.is_shared)
    return Subject(network_code=record.network_code, mediator_id=record.mediator_id)


def network_subject(session: Session, record_id: int) -> Subject:
    """A record as the pages of coordinators know it: of a network, and nobody's own to open."""
    subject = record_subject(session, record_id)
    if subject.network_code is None:
        raise NotFound
    return Subject(network_code=subject.network_code)


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
    return _as_person(session, record, now)


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
    """Those that she is not leaving; none where she leaves the service."""
    rows = session.scalars(
        select(Membership.network_code).where(Membership.mediator_id == mediator_id)
    )
    leaving = {erasure.network_code for erasure in list_open_erasures(session, mediator_id)}
    return frozenset() if None in leaving else frozenset(rows) - leaving


def _as_person(session: Session, record: Record, now: datetime) -> Person:
    her = record.mediator_id
    membership = session.scalars(
        select(Membership).where(
            Membership.mediator_id == her, Membership.network_code == record.network_code
        )
    ).one_or_none()
    invitation = select(Link.id).where(Link.mediator_id == her, Link.purpose == "invitation")
    return Person(
        record=record,
        membership=membership,
        availability=standing_availabilities(session, [her], now).get(her),
        consents=frozenset(
            session.scalars(standing_consents(now).where(Consent.mediator_id == her))
        ),
        was_invited=session.scalar(invitation.limit(1)) is not None,
        spoken_until=_list_spoken(session, her, now),
    )


def _list_spoken(session: Session, mediator_id: int, now: datetime) -> dict[str, datetime]:
    """Purposes whose longest standing yes was given by voice, with its end."""
    rows = session.execute(
        standing_consents(now)
        .with_only_columns(Consent.purpose, Consent.channel, Consent.valid_until)
        .where(Consent.mediator_id == mediator_id)
        .order_by(Consent.valid_until)
    )
    longest = {purpose: (channel, until) for purpose, channel, until in rows}
    return {purpose: until for purpose, (channel, until) in longest.items() if channel == "voice"}


def standing_consents(now: datetime) -> Select[str]:
    """Purposes that somebody has consented to, neither withdrawn nor older than they last."""
    return select(Consent.purpose).where(
        Consent.withdrawn_at.is_(None), Consent.given_at <= now, Consent.valid_until > now
    )


def standing_availabilities(
    session: Session, ids: Iterable[int], now: datetime
) -> dict[int, Availability]:
    """Per mediator the statement that stands (``weigh``)."""
    rows = session.scalars(
        select(Availability).where(
            Availability.superseded_at.is_(None), Availability.mediator_id.in_(sorted(ids))
        )
    )
    standing: dict[int, Availability] = {}
    for row in rows:
        held = standing.get(row.mediator_id)
        if held is None or _weight(row, now) > _weight(held, now):
            standing[row.mediator_id] = row
    return standing


def _weight(row: Availability, now: datetime) -> Weight:
    return weigh(row.confirmed_by, row.valid_until, row.confirmed_at, now)


Weight = tuple[bool, bool, bool, datetime, datetime]


def weigh(
    confirmed_by: str, valid_until: datetime, confirmed_at: datetime, now: datetime
) -> Weight:
    """The heaviest of a woman's statements is the one that stands.

    Of those that hold hers goes before her coordinator's; of those that have ended the one that
    lasted longest; what a list says comes last and never holds.
    """
    is_answer = confirmed_by != "import"
    holds = is_answer and valid_until > now
    return (holds, is_answer, holds and confirmed_by == "self", valid_until, confirmed_at)


def entries_of(record: Record, field: str) -> list[Entry]:
    """The entries of one field in a stable order."""
    return sorted((e for e in record.entries if e.field == field), key=lambda e: (e.code, e.id))
