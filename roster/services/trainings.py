"""Courses and certificates in a network's record of a woman; each ends on its day.

A requirement of a request ("security training") is met by a certificate that is still good on the
first day of the work: the engine asks the day, no job is needed.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from matching.facts import Grade
from roster import clock
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import Entry, Record
from roster.permissions import Actor, Permission, Subject
from roster.services.entries import EntryValue, Hand, add_entry, change_entry, remove_entries
from roster.services.trail import add_audit, add_change, require


def keep_training(
    session: Session,
    *,
    actor: Actor,
    record_id: int,
    expected_version: int,
    code: str,
    issued_on: date | None,
    expires_on: date | None,
) -> None:
    """Write down a certificate that was seen, or its new days. Confirmed today by who writes."""
    record = _open(session, actor, record_id, expected_version)
    if issued_on and issued_on > clock.now().date():
        raise Refused("day_in_future")
    if issued_on and expires_on and expires_on <= issued_on:
        raise Refused("lapse_not_after")
    days = {"issued_on": issued_on, "expires_on": expires_on}
    detail = {name: day.isoformat() for name, day in days.items() if day}
    value = EntryValue(detail, None, Grade.CONFIRMED, clock.now().date())
    hand, held = Hand("coordinator", actor.account_id), _find(record, code)
    if held is None:
        add_entry(record, "training", code, value, hand)
    else:
        change_entry(session, held, value, hand)
    _finish(session, actor, record)


def drop_training(
    session: Session, *, actor: Actor, record_id: int, expected_version: int, code: str
) -> None:
    """Take a certificate out of the record."""
    record = _open(session, actor, record_id, expected_version)
    held = _find(record, code)
    if held is None:
        raise NotFound
    remove_entries(session, record, [held], Hand("coordinator", actor.account_id))
    _finish(session, actor, record)


def list_trainings(record: Record) -> list[Entry]:
    """The certificates that a record holds, by code."""
    held = [entry for entry in record.entries if entry.field == "training"]
    return sorted(held, key=lambda entry: entry.code)


def _find(record: Record, code: str) -> Entry | None:
    return next((entry for entry in list_trainings(record) if entry.code == code), None)


def _open(session: Session, actor: Actor, record_id: int, expected_version: int) -> Record:
    record = session.get(Record, record_id)
    if record is None or record.network_code is None:
        raise NotFound
    require(Permission.EDIT_RECORD, actor, Subject(network_code=record.network_code))
    if record.version != expected_version:
        held = {entry.code: entry.detail for entry in list_trainings(record)}
        raise StaleVersion({"trainings": held}, {})
    return record


def _finish(session: Session, actor: Actor, record: Record) -> None:
    record.version = record.version + 1
    add_change(session, record.mediator_id)
    add_audit(
        session,
        actor=actor,
        action="record.changed",
        subject_kind="record",
        subject_id=record.id,
        network_code=record.network_code,
        detail={"fields": ["training"]},
    )
    session.flush()
