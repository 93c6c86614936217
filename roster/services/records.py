"""A coordinator keeps her network's record of a woman: names, entries, membership."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from matching.calendar import add_years
from matching.facts import Grade
from roster import clock
from roster.encryption import keyring
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import Entry, Identity, Membership, Record
from roster.permissions import Actor, Permission, Subject
from roster.services.accreditation import ACCREDITED, LASTS_YEARS, NEXT, Step, note_step
from roster.services.address_changes import links_follow_address
from roster.services.entries import EntryValue, Hand, add_entry, change_entry, remove_entries
from roster.services.trail import add_audit, add_change, require

IDENTITY_FIELDS = ("display_name", "original_name", "title", "email", "phone", "safe_contact")
MEMBERSHIP_FIELDS = ("category", "antenna", "pool", "accreditation", "accredited_on", "lapses_on")


@dataclass(frozen=True)
class WantedEntry:
    """What one entry shall say. ``confirm`` is the coordinator's own word for it, dated today."""

    field: str
    code: str = ""
    detail: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    sealed: str | None = None
    confirm: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return self.field, self.code


@dataclass(frozen=True)
class RecordChange:
    """A whole form. Fields that ``fields`` does not name are left as they are."""

    identity: Mapping[str, Any]
    membership: Mapping[str, Any]
    entries: tuple[WantedEntry, ...]
    fields: frozenset[str]


def change_record(
    session: Session,
    *,
    actor: Actor,
    record_id: int,
    expected_version: int,
    change: RecordChange,
) -> Record:
    """Make the record say what the form says; who and when is kept for each changed value."""
    record = _get_record(session, actor, record_id)
    if record.version != expected_version:
        raise StaleVersion(describe_record(record), _described_change(change))
    with links_follow_address(session, record):
        renamed = _change_identity(record.identity, change.identity)
    changed = [
        *renamed,
        *_change_membership(session, actor, record, change.membership),
        *_change_entries(session, actor, record, change),
    ]
    if changed:
        _touch(record)
        add_change(session, record.mediator_id)
        add_audit(
            session,
            actor=actor,
            action="record.changed",
            subject_kind="record",
            subject_id=record.id,
            network_code=record.network_code,
            detail={"fields": sorted(set(changed))},
        )
    session.flush()
    return record


def _get_record(session: Session, actor: Actor, record_id: int) -> Record:
    record = session.scalars(
        select(Record)
        .where(Record.id == record_id)
        .options(selectinload(Record.identity), selectinload(Record.entries))
    ).one_or_none()
    if record is None or record.network_code is None:
        raise NotFound
    require(
        Permission.EDIT_RECORD,
        actor,
        Subject(network_code=record.network_code, mediator_id=record.mediator_id),
    )
    return record


def _touch(record: Record) -> None:
    """Raise the record's version when only its parts changed: it covers them all."""
    record.version = record.version + 1


def _change_identity(identity: Identity, wanted: Mapping[str, Any]) -> list[str]:
    changed = _assign(identity, wanted, IDENTITY_FIELDS)
    if not identity.display_name:
        raise Refused("name_missing")
    if "email" in changed:
        identity.email_digest = keyring().digest(identity.email) if identity.email else None
    return changed


def _change_membership(
    session: Session, actor: Actor, record: Record, wanted: Mapping[str, Any]
) -> list[str]:
    membership = session.scalars(
        select(Membership).where(
            Membership.mediator_id == record.mediator_id,
            Membership.network_code == record.network_code,
        )
    ).one()
    before = membership.accreditation
    changed = _assign(membership, wanted, MEMBERSHIP_FIELDS)
    if "accreditation" in changed:
        _note_accreditation(session, actor, membership, before)
    return changed


def _note_accreditation(
    session: Session, actor: Actor, membership: Membership, before: str
) -> None:
    """The form of a whole record takes a step like the page of accreditation, without a reason."""
    after, today = membership.accreditation, clock.now().date()
    if after not in NEXT[before]:
        raise Refused("step_not_possible")
    if after == ACCREDITED:
        membership.accredited_on = membership.accredited_on or today
        membership.lapses_on = membership.lapses_on or add_years(
            membership.accredited_on, LASTS_YEARS
        )
    note_step(session, actor, membership, before, Step(after, today))


def _assign(
    row: Identity | Membership, wanted: Mapping[str, Any], names: tuple[str, ...]
) -> list[str]:
    changed = []
    for name in names:
        if name in wanted and getattr(row, name) != wanted[name]:
            setattr(row, name, wanted[name])
            changed.append(name)
    return changed


def _change_entries(
    session: Session, actor: Actor, record: Record, change: RecordChange
) -> list[str]:
    held = {(e.field, e.code): e for e in record.entries if e.field in change.fields}
    wanted = {entry.key: entry for entry in change.entries}
    hand = Hand("coordinator", actor.account_id)
    unwanted = [entry for key, entry in held.items() if key not in wanted]
    changed = [entry.field for entry in remove_entries(session, record, unwanted, hand)]
    for key, entry_wanted in wanted.items():
        if _put(session, record, held.get(key), entry_wanted, hand):
            changed.append(key[0])
    return changed


def _put(
    session: Session, record: Record, held: Entry | None, wanted: WantedEntry, hand: Hand
) -> bool:
    """Write one entry; an unchanged, already confirmed one keeps its source and date."""
    value = EntryValue(wanted.detail, wanted.sealed)
    if wanted.confirm:
        value = replace(value, grade=Grade.CONFIRMED, confirmed_on=clock.now().date())
    if held is None:
        add_entry(record, wanted.field, wanted.code, value, hand)
        return True
    is_same = (held.detail, held.sealed) == (dict(wanted.detail), wanted.sealed)
    if is_same and (not wanted.confirm or held.grade >= Grade.CONFIRMED):
        return False
    change_entry(session, held, value, hand)
    return True


def describe_record(record: Record) -> dict[str, object]:
    """What the record says now, for the second of two editors: her network's own words."""
    described: dict[str, object] = {
        name: getattr(record.identity, name) for name in IDENTITY_FIELDS
    }
    for entry in sorted(record.entries, key=lambda e: (e.field, e.code)):
        described.setdefault(entry.field, [])
        described[entry.field] = [*_as_list(described[entry.field]), entry.code or entry.sealed]
    return described


def _described_change(change: RecordChange) -> dict[str, object]:
    described: dict[str, object] = dict(change.identity)
    for entry in sorted(change.entries, key=lambda e: e.key):
        described[entry.field] = [
            *_as_list(described.get(entry.field, [])),
            entry.code or entry.sealed,
        ]
    return described


def _as_list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []
