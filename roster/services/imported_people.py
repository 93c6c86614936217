"""Later rows of lists about a woman who is on her network's list already.

Three versions are compared: what the list said before, what it says now, and what the record says.
Only what changed in the list is changed in the record, and only where nobody but the list spoke:
what a person wrote, changed or took away stays as she left it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.models import Availability, Entry, Identity, Membership, Record
from roster.permissions import Actor
from roster.services.address_changes import links_follow_address
from roster.services.created_people import availability_columns
from roster.services.entries import EntryValue, Hand, add_entry, change_entry, remove_entries
from roster.services.imported_values import (
    EntryKey,
    Values,
    digest_email,
    key_of,
    read_availability,
    read_entries_today,
    read_identity,
    read_membership,
)


def apply_row(
    session: Session,
    *,
    actor: Actor,
    record: Record,
    before: Values,
    after: Values,
    row_id: int,
) -> bool:
    """Carry the difference between two states of the list into the record; say whether it changed.

    ``row_id`` is the row of a file that says ``after``. The record's version rises, so that somebody
    who has it open in a form is told.
    """
    changed = [
        _apply_names(session, record, before, after),
        _apply_entries(session, actor, record, before, after, row_id),
        _apply_membership(session, record, before, after),
        _apply_availability(session, record.mediator_id, before, after),
    ]
    if any(changed):
        record.version = record.version + 1
    return any(changed)


def _apply_entries(
    session: Session, actor: Actor, record: Record, before: Values, after: Values, row_id: int
) -> bool:
    old, new = read_entries_today(before), read_entries_today(after)
    held = {key_of(entry): entry for entry in record.entries}
    hand = Hand("import", actor.account_id, row_id)
    gone = [e for e in record.entries if key_of(e) in old.keys() - new.keys() and _is_lists(e)]
    remove_entries(session, record, gone, hand)
    put = [
        _put_entry(session, record, key, EntryValue(*value), held.get(key), hand)
        for key, value in new.items()
        if old.get(key) != value
    ]
    return bool(gone) or any(put)


def _is_lists(entry: Entry) -> bool:
    """Nobody but a list has said it."""
    return entry.source == "import"


def _put_entry(
    session: Session,
    record: Record,
    key: EntryKey,
    value: EntryValue,
    held: Entry | None,
    hand: Hand,
) -> bool:
    if held is None:
        add_entry(record, *key, value, hand)
        return True
    if not _is_lists(held) or (held.detail, held.sealed) == (value.detail, value.sealed):
        return False
    change_entry(session, held, value, hand)
    return True


def _apply_names(session: Session, record: Record, before: Values, after: Values) -> bool:
    if read_identity(before)["email"] == read_identity(after)["email"]:
        return _apply_identity(record.identity, before, after)
    with links_follow_address(session, record):  # it asks for her address twice
        return _apply_identity(record.identity, before, after)


def _apply_identity(identity: Identity, before: Values, after: Values) -> bool:
    changed = _apply_columns(identity, read_identity(before), read_identity(after))
    if "email" in changed:
        identity.email_digest = digest_email(identity.email)
    return bool(changed)


def _apply_membership(session: Session, record: Record, before: Values, after: Values) -> bool:
    old, new = read_membership(before), read_membership(after)
    if old == new:
        return False
    membership = session.scalars(
        select(Membership).where(
            Membership.mediator_id == record.mediator_id,
            Membership.network_code == record.network_code,
        )
    ).one()
    return bool(_apply_columns(membership, old, new))


def _apply_columns(
    row: Identity | Membership, old: Mapping[str, Any], new: Mapping[str, Any]
) -> list[str]:
    """Set what changed in the list and still stands as the list had it; a name is never emptied."""
    changed = [
        name
        for name, value in new.items()
        if value != old[name]
        and getattr(row, name) in (old[name], None)
        and not (name == "display_name" and value is None)
    ]
    for name in changed:
        setattr(row, name, new[name])
    return changed


def _apply_availability(session: Session, mediator_id: int, before: Values, after: Values) -> bool:
    if read_availability(before) == read_availability(after):
        return False
    standing = session.scalars(
        select(Availability).where(
            Availability.mediator_id == mediator_id,
            Availability.confirmed_by == "import",
            Availability.superseded_at.is_(None),
        )
    )
    for statement in standing:
        statement.superseded_at = clock.now()
    session.flush()
    columns = availability_columns(mediator_id, after)
    if columns is not None:
        session.add(Availability(**columns))
    return True
