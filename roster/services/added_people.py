"""A coordinator adds one woman by hand: a name to begin with, and she is asked to answer herself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from roster import clock
from roster.encryption import keyring
from roster.errors import Refused
from roster.local_days import local_day
from roster.models import Identity, Mediator, Membership, Network, Record
from roster.permissions import Actor, Permission, Subject
from roster.services.known_people import Alike, KnownPeople, note_different
from roster.services.trail import add_audit, add_change, require


@dataclass(frozen=True)
class NewPerson:
    """What must be known of her: how she is called, where she is written to, in which language."""

    network_code: str
    name: str
    language: str
    original_name: str | None = None
    email: str | None = None


def list_alike(session: Session, *, actor: Actor, person: NewPerson) -> list[Alike]:
    """Who on this network's own list looks like her; of another network nothing is said."""
    require(Permission.EDIT_RECORD, actor, Subject(network_code=person.network_code))
    values = {"name": person.name, "name_original": person.original_name, "email": person.email}
    return KnownPeople(session, person.network_code).find_alike(values)


def add_person(
    session: Session, *, actor: Actor, person: NewPerson, different_from: Iterable[Alike] = ()
) -> Record:
    """A new mediator with this network's record of her; invisible until she consents.

    ``different_from`` are those who look like her and are others: these pairs are not asked again.
    """
    require(Permission.EDIT_RECORD, actor, Subject(network_code=person.network_code))
    network = session.get(Network, person.network_code)
    if network is None or not network.has_members:
        raise Refused("network_missing")
    record = _create(session, person, network)
    for other in different_from:
        note_different(session, network.code, record.id, other)
    add_change(session, record.mediator_id)
    add_audit(
        session,
        actor=actor,
        action="record.added",
        subject_kind="record",
        subject_id=record.id,
        network_code=network.code,
    )
    return record


def _create(session: Session, person: NewPerson, network: Network) -> Record:
    now = clock.now()
    mediator = Mediator(language=person.language, time_zone=network.time_zone, created_at=now)
    session.add(mediator)
    session.flush()
    record = Record(mediator_id=mediator.id, network_code=network.code, created_at=now, entries=[])
    record.identity = Identity(
        display_name=person.name,
        original_name=person.original_name,
        email=person.email,
        email_digest=keyring().digest(person.email) if person.email else None,
    )
    since = local_day(now, network.time_zone).isoformat()
    membership = Membership(mediator_id=mediator.id, network_code=network.code, since=since)
    session.add_all((record, membership))
    session.flush()
    return record
