"""Her own record: what she says of herself. It begins as her answer to what a network holds.

A woman's own value goes before a network's. So keeping what the list says is a statement of hers
too: her own record takes the values over, with her as the source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, selectinload

from roster import clock
from roster.encryption import keyring
from roster.errors import NotFound, Refused, StaleVersion
from roster.models import Entry, Identity, Link, Mediator, Record
from roster.permissions import Actor, Permission, Subject
from roster.queries.merges import list_closed_records
from roster.services.address_changes import links_follow_address
from roster.services.entries import EntryValue, Hand, add_entry, change_entry, remove_entries
from roster.services.records import RecordChange, WantedEntry, describe_record
from roster.services.trail import add_audit, add_change, require

IDENTITY_FIELDS = ("display_name", "original_name", "title", "email", "phone", "safe_contact")

OWN_FIELDS = frozenset(
    {
        "nationality",
        "residence",
        "birth_year",
        "track",
        "role_held",
        "role_sought",
        "theme",
        "phase",
        "place",
        "language",
        "seniority",
        "biography",
        "days_per_month",
        "experience_years",
    }
)
"""What she takes over when she keeps a record. A coordinator's notes and words that were not
understood are no statements of hers."""

LEVELLED = ("speaking", "listening")
"""What a single level counts for (product, section 4)."""


def find_own_record(session: Session, mediator_id: int) -> Record | None:
    """Her own record with names and entries; None before she first answered."""
    return session.scalars(
        _with_parts().where(Record.mediator_id == mediator_id, Record.network_code.is_(None))
    ).one_or_none()


def find_inviting_record(session: Session, mediator_id: int) -> Record | None:
    """The record of the network whose invitation she took last, else of any of her networks."""
    invited = session.scalar(
        select(Link.record_id)
        .where(
            Link.mediator_id == mediator_id,
            Link.purpose == "invitation",
            Link.used_at.is_not(None),
        )
        .order_by(Link.used_at.desc(), Link.id.desc())
        .limit(1)
    )
    records = session.scalars(
        _with_parts()
        .where(
            Record.mediator_id == mediator_id,
            Record.network_code.is_not(None),
            Record.id.not_in(list_closed_records(session, mediator_id)),
        )
        .order_by(Record.id)
    ).all()
    chosen = (record for record in records if record.id == invited)
    return next(chosen, records[0] if records else None)


def keep_record(
    session: Session,
    *,
    actor: Actor,
    mediator_id: int,
    expected_version: int,
    levels: Mapping[str, str] | None = None,
) -> Record:
    """ "This is right": her own record says what her network's does, from now on by her own word.

    ``levels`` are those that she chose for languages whose level was missing or a free word: code
    to level. ``expected_version`` is her own record's, 0 where there is none yet.
    """
    inviting = find_inviting_record(session, mediator_id)
    if inviting is None:
        raise NotFound
    change = RecordChange(
        identity={name: getattr(inviting.identity, name) for name in IDENTITY_FIELDS},
        membership={},
        entries=tuple(_own_words(inviting.entries, levels or {})),
        fields=OWN_FIELDS,
    )
    return change_own_record(
        session,
        actor=actor,
        mediator_id=mediator_id,
        expected_version=expected_version,
        change=change,
    )


def change_own_record(
    session: Session,
    *,
    actor: Actor,
    mediator_id: int,
    expected_version: int,
    change: RecordChange,
) -> Record:
    """Make her own record say what she says; make the record where there is none yet.

    Fields that ``change.fields`` does not name are left as they are. StaleVersion when somebody
    (another page of hers) changed it since.
    """
    require(Permission.EDIT_OWN_PROFILE, actor, Subject(mediator_id=mediator_id))
    if not change.identity.get("display_name"):
        raise Refused("name_missing")
    own = find_own_record(session, mediator_id)
    if (own.version if own else 0) != expected_version:
        raise StaleVersion(describe_record(own) if own else {}, describe_change(change))
    if own is None:
        own = _create(session, mediator_id, change.identity["display_name"])
    else:
        own.version += 1
    with links_follow_address(session, own):
        _put_identity(own.identity, change.identity)
    _put_entries(session, actor, own, change)
    add_change(session, mediator_id)
    add_audit(
        session,
        actor=actor,
        action="own_record.changed",
        subject_kind="record",
        subject_id=own.id,
        detail={"fields": sorted(change.fields)},
    )
    session.flush()
    return own


def share_own_record(
    session: Session, *, actor: Actor, mediator_id: int, expected_version: int, is_shared: bool
) -> Record:
    """Let her coordinators read what she says herself, or keep it from them; at once, for all.

    StaleVersion when her record was changed since. The engine reads it either way: that is what
    her consent to matching is about.
    """
    require(Permission.EDIT_OWN_PROFILE, actor, Subject(mediator_id=mediator_id))
    own = find_own_record(session, mediator_id)
    if own is None:
        raise NotFound
    if own.version != expected_version:
        raise StaleVersion({"is_shared": own.is_shared}, {"is_shared": is_shared})
    if own.is_shared != is_shared:
        own.is_shared = is_shared
        add_audit(
            session,
            actor=actor,
            action="own_record.shared" if is_shared else "own_record.kept",
            subject_kind="record",
            subject_id=own.id,
        )
    session.flush()
    return own


def choose_level(detail: Mapping[str, Any], level: str | None) -> dict[str, Any]:
    """A language's detail with the level that she chose; her free word is kept beside it."""
    rest = {key: value for key, value in detail.items() if key not in LEVELLED}
    if not level:
        return rest
    return {**rest, **dict.fromkeys(LEVELLED, level)}


def _with_parts() -> Select[Record]:
    return select(Record).options(
        selectinload(Record.identity),
        selectinload(Record.entries),
        selectinload(Record.mediator),
    )


def _own_words(entries: Iterable[Entry], levels: Mapping[str, str]) -> Iterable[WantedEntry]:
    for entry in entries:
        if entry.field not in OWN_FIELDS:
            continue
        detail = entry.detail
        if entry.field == "language" and levels.get(entry.code):
            detail = choose_level(detail, levels[entry.code])
        yield WantedEntry(entry.field, entry.code, detail, entry.sealed)


def _create(session: Session, mediator_id: int, name: str) -> Record:
    mediator = session.get(Mediator, mediator_id)
    if mediator is None or mediator.state != "active":
        raise NotFound
    record = Record(mediator_id=mediator_id, network_code=None, created_at=clock.now(), entries=[])
    record.identity = Identity(display_name=name)
    session.add(record)
    session.flush()
    return record


def _put_identity(identity: Identity, wanted: Mapping[str, Any]) -> None:
    for name in IDENTITY_FIELDS:
        if name in wanted and getattr(identity, name) != wanted[name]:
            setattr(identity, name, wanted[name])
    identity.email_digest = keyring().digest(identity.email) if identity.email else None


def _put_entries(session: Session, actor: Actor, own: Record, change: RecordChange) -> None:
    held = {(e.field, e.code): e for e in own.entries if e.field in change.fields}
    wanted = {entry.key: entry for entry in change.entries}
    hand = Hand("self", actor.account_id)
    unwanted = [entry for key, entry in held.items() if key not in wanted]
    remove_entries(session, own, unwanted, hand)
    for key, entry_wanted in wanted.items():
        _put(session, own, held.get(key), entry_wanted, hand)


def _put(
    session: Session, own: Record, held: Entry | None, wanted: WantedEntry, hand: Hand
) -> None:
    """Write one entry; one that says the same keeps its date."""
    value = EntryValue(wanted.detail, wanted.sealed)
    if held is None:
        add_entry(own, wanted.field, wanted.code, value, hand)
    elif (held.detail, held.sealed) != (dict(wanted.detail), wanted.sealed):
        change_entry(session, held, value, hand)


def describe_change(change: RecordChange) -> dict[str, object]:
    """What she asked for, for the page that shows it beside what is stored."""
    described: dict[str, object] = dict(change.identity)
    for entry in sorted(change.entries, key=lambda one: one.key):
        held = described.get(entry.field)
        items = held if isinstance(held, list) else []
        described[entry.field] = [*items, entry.code or entry.sealed]
    return described
