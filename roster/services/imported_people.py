"""From an imported row to a mediator and her network's record, and later rows about the same woman.

Three versions are compared: what the list said before, what it says now, and what the record says.
Only what changed in the list is changed in the record, and only where nobody but the list spoke:
what a person wrote, changed or took away stays as she left it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from roster import clock
from roster.models import (
    Availability,
    Change,
    Entry,
    Identity,
    ImportRow,
    Mediator,
    Membership,
    Network,
    Record,
)
from roster.permissions import Actor
from roster.services.address_changes import links_follow_address
from roster.services.entries import EntryValue, Hand, add_entry, change_entry, remove_entries
from roster.services.imported_values import (
    EntryKey,
    SaidValue,
    Values,
    digest_email,
    read_availability,
    read_entries,
    read_identity,
    read_membership,
)


def create_people(
    session: Session, *, actor: Actor, network: Network, rows: Sequence[ImportRow]
) -> list[int]:
    """New mediators with this network's records of them; invisible until each consents.

    Return the ids of the records in the order of ``rows``, which point to them from now on.
    Thousands are written in a few statements, since all other writers wait meanwhile.
    """
    if not rows:
        return []
    now = clock.now()
    mediator_ids = _insert_mediators(session, network, len(rows))
    people = list(zip(mediator_ids, rows, strict=True))
    memberships = [
        {"mediator_id": her, "network_code": network.code, **read_membership(row.values)}
        for her, row in people
    ]
    session.execute(insert(Membership), memberships)
    records = [
        {"mediator_id": her, "network_code": network.code, "created_at": now}
        for her in mediator_ids
    ]
    returned = insert(Record).returning(Record.id, sort_by_parameter_order=True)
    record_ids = list(session.scalars(returned, records))
    session.execute(
        insert(Identity),
        [_identity_row(i, row) for i, row in zip(record_ids, rows, strict=True)],
    )
    _insert_many(session, Entry, _entry_rows(actor, record_ids, rows))
    _insert_many(session, Availability, (_availability_row(her, r.values) for her, r in people))
    session.execute(
        insert(Change), [{"n": session.info["n"], "mediator_id": her} for her in mediator_ids]
    )
    for record_id, row in zip(record_ids, rows, strict=True):
        row.record_id, row.outcome = record_id, "new"
    return record_ids


def _insert_mediators(session: Session, network: Network, count: int) -> list[int]:
    row = {"time_zone": network.time_zone, "created_at": clock.now()}
    statement = insert(Mediator).returning(Mediator.id, sort_by_parameter_order=True)
    return list(session.scalars(statement, [row] * count))


def _insert_many(
    session: Session, model: type[Entry | Availability], rows: Iterable[dict[str, Any] | None]
) -> None:
    given = [row for row in rows if row is not None]
    if given:
        session.execute(insert(model), given)


def _identity_row(record_id: int, row: ImportRow) -> dict[str, Any]:
    identity = read_identity(row.values)
    digest = digest_email(identity["email"])
    return {"record_id": record_id, "email_digest": digest, **identity}


def _entry_rows(
    actor: Actor, record_ids: Sequence[int], rows: Sequence[ImportRow]
) -> Iterator[dict[str, Any]]:
    for record_id, row in zip(record_ids, rows, strict=True):
        for key, value in read_entries(row.values):
            yield {"record_id": record_id, **_entry_columns(actor, row, key, value)}


def _availability_row(mediator_id: int, values: Values) -> dict[str, Any] | None:
    """What the sheet says of her time, as the columns of a statement; None if nothing."""
    said = read_availability(values)
    if said is None:
        return None
    confirmed_at, valid_until = said.lives(clock.now())
    return {
        "mediator_id": mediator_id,
        "status": said.status,
        "window_from": said.window_from,
        "window_to": said.window_to,
        "notice_days": said.notice_days,
        "days_per_month": said.days_per_month,
        "confirmed_at": confirmed_at,
        "confirmed_by": "import",
        "valid_until": valid_until,
    }


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
    old, new = dict(read_entries(before)), dict(read_entries(after))
    held = {(entry.field, entry.code): entry for entry in record.entries}
    hand = Hand("import", actor.account_id, row_id)
    gone = [e for key, e in held.items() if key in old and key not in new and _is_lists(e)]
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


def _entry_columns(actor: Actor, row: ImportRow, key: EntryKey, value: SaidValue) -> dict[str, Any]:
    return {
        "field": key[0],
        "code": key[1],
        "detail": value[0],
        "sealed": value[1],
        "source": "import",
        "entered_by": actor.account_id,
        "entered_at": clock.now(),
        "import_row_id": row.id,
    }


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
    columns = _availability_row(mediator_id, after)
    if columns is not None:
        session.add(Availability(**columns))
    return True
