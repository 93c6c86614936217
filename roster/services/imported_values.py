"""From the values of an imported row to a record, its entries and an imported availability.

An import never overwrites what a person wrote: it replaces only what an earlier import said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from matching import likeness
from matching.terms import normalise
from roster import clock
from roster.encryption import keyring
from roster.models import (
    Availability,
    Entry,
    Identity,
    ImportRow,
    Mediator,
    Membership,
    Network,
    Record,
)
from roster.permissions import Actor
from roster.services.trail import add_audit, add_change

EntryKey = tuple[str, str]
EntryValue = tuple[dict[str, Any], str | None]
"""detail and sealed text of an entry."""

LIFE_DAYS = 90
"""How long a dated statement in a spreadsheet is shown to the coordinator as still standing."""


def create_imported_person(
    session: Session, *, actor: Actor, network_code: str, row: ImportRow
) -> Record:
    """A new mediator with this network's record of her; invisible until she consents."""
    network = session.get_one(Network, network_code)
    mediator = Mediator(time_zone=network.time_zone, created_at=clock.now())
    mediator.memberships.append(_membership(network_code, row.values))
    record = Record(mediator=mediator, network_code=network_code, created_at=clock.now())
    record.identity = Identity(**identity_values(row.values))
    session.add(record)
    session.flush()
    for key, value in read_entries(row.values):
        record.entries.append(_new_entry(actor, row, key, value))
    _add_availability(session, mediator.id, row.values)
    add_audit(
        session,
        actor=actor,
        action="record.imported",
        subject_kind="record",
        subject_id=record.id,
        network_code=network_code,
        detail={"row": row.row},
    )
    return record


def change_record(session: Session, *, actor: Actor, record: Record, row: ImportRow) -> bool:
    """Bring a record's imported entries up to the row; say whether anything changed."""
    wanted = dict(read_entries(row.values))
    held = {(entry.field, entry.code): entry for entry in record.entries}
    changed = False
    for key, entry in held.items():
        if entry.source == "import" and key not in wanted:
            record.entries.remove(entry)
            changed = True
    session.flush()
    for key, value in wanted.items():
        changed = _put_entry(actor, record, row, key, value, held.get(key)) or changed
    if changed:
        add_change(session, record.mediator_id)
        add_audit(
            session,
            actor=actor,
            action="record.updated_by_import",
            subject_kind="record",
            subject_id=record.id,
            network_code=record.network_code,
            detail={"row": row.row},
        )
    return changed


def _put_entry(
    actor: Actor,
    record: Record,
    row: ImportRow,
    key: EntryKey,
    value: EntryValue,
    held: Entry | None,
) -> bool:
    if held is None:
        record.entries.append(_new_entry(actor, row, key, value))
        return True
    if held.source != "import" or (held.detail, held.sealed) == value:
        return False
    held.detail, held.sealed = value
    held.import_row_id, held.entered_at = row.id, clock.now()
    return True


def _new_entry(actor: Actor, row: ImportRow, key: EntryKey, value: EntryValue) -> Entry:
    return Entry(
        field=key[0],
        code=key[1],
        detail=value[0],
        sealed=value[1],
        source="import",
        entered_by=actor.account_id,
        entered_at=clock.now(),
        import_row_id=row.id,
    )


def identity_values(values: Mapping[str, Any]) -> dict[str, Any]:
    """Names and contacts of a row, as the columns of ``Identity``."""
    email = values.get("email")
    return {
        "display_name": values.get("name") or values.get("name_original"),
        "original_name": values.get("name_original"),
        "title": values.get("title"),
        "email": email,
        "email_digest": keyring().digest(email) if email else None,
        "phone": values.get("phone"),
    }


LISTS = {
    "nationalities": "nationality",
    "tracks": "track",
    "roles": "role_held",
    "themes": "theme",
    "worked_in": "place",
}
"""Lists of codes in a row, and the field of the entries they become."""

NUMBERS = {
    "birth_year": "birth_year",
    "experience_years": "experience_years",
    "days_per_month": "days_per_month",
}

TEXTS = {"notes": "note", "bio": "biography"}


def read_entries(values: Mapping[str, Any]) -> Iterator[tuple[EntryKey, EntryValue]]:
    """The entries that a row's values make."""
    yield from _code_entries(values)
    for language in _one_per_code(values.get("languages") or ()):
        yield ("language", language["code"]), (_language_detail(language), None)
    for name, field in NUMBERS.items():
        if values.get(name) is not None:
            yield (field, ""), ({"number": values[name]}, None)
    for name, field in TEXTS.items():
        if values.get(name):
            yield (field, ""), ({}, str(values[name]))
    yield from _unmapped_entry(values)


def _code_entries(values: Mapping[str, Any]) -> Iterator[tuple[EntryKey, EntryValue]]:
    for name, field in LISTS.items():
        for code in dict.fromkeys(values.get(name) or ()):
            yield (field, code), ({}, None)
    for code in (values.get("networks") or ())[1:]:
        yield ("other_network", code), ({}, None)
    if values.get("residence"):
        yield ("residence", values["residence"]), ({}, None)


def _unmapped_entry(values: Mapping[str, Any]) -> Iterator[tuple[EntryKey, EntryValue]]:
    """Words that fit no code are kept for a person, never guessed."""
    unmapped = {key: words for key, words in (values.get("unmapped") or {}).items() if words}
    if unmapped:
        yield ("unmapped", ""), (unmapped, None)


def _one_per_code(languages: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    seen: set[str] = set()
    for language in languages:
        if language["code"] not in seen:
            seen.add(language["code"])
            yield language


def _language_detail(language: Mapping[str, Any]) -> dict[str, Any]:
    """A single level counts for speaking and listening; a free word for nothing until mapped."""
    level = language.get("level")
    if level in (None, "unmapped"):
        word = language.get("word")
        return {"word": word} if word else {}
    return {"speaking": level, "listening": level}


def _membership(network_code: str, values: Mapping[str, Any]) -> Membership:
    since = values.get("member_since")
    return Membership(
        network_code=network_code,
        since=str(since) if since else None,
        antenna=values.get("antenna"),
        accreditation="draft",
    )


def _add_availability(session: Session, mediator_id: int, values: Mapping[str, Any]) -> None:
    """Keep what the sheet says for her to confirm; it never counts as her answer."""
    said = values.get("availability") or {}
    if not said.get("stated"):
        return
    confirmed_at = _as_instant(said.get("confirmed_on")) or clock.now()
    life = timedelta(days=LIFE_DAYS) if said.get("confirmed_on") else timedelta(0)
    window_from, window_to = _as_day(said.get("from")), _as_day(said.get("to"))
    if window_from and window_to and window_to < window_from:
        window_from = window_to = None
    session.add(
        Availability(
            mediator_id=mediator_id,
            status=said["stated"],
            window_from=window_from,
            window_to=window_to,
            notice_days=_notice_days(said.get("notice")),
            days_per_month=values.get("days_per_month"),
            confirmed_at=confirmed_at,
            confirmed_by="import",
            valid_until=confirmed_at + life,
        )
    )


def _as_day(text: str | None) -> date | None:
    """A full ISO date; a month alone is no day."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _as_instant(text: str | None) -> datetime | None:
    day = _as_day(text)
    return datetime.combine(day, time(), UTC) if day else None


def _notice_days(code: str | None) -> int | None:
    """``72h`` is 3 days, ``14d`` is 14."""
    if not code:
        return None
    number = int("".join(filter(str.isdigit, code)) or 0)
    return number // 24 if code.endswith("h") else number


def says_the_same(record: Record, values: Mapping[str, Any]) -> bool:
    """Same address and same name: the network's own row of the woman, sent again."""
    email = values.get("email")
    if not email or record.identity.email_digest != keyring().digest(email):
        return False
    name = values.get("name") or values.get("name_original") or ""
    return normalise(record.identity.display_name) == normalise(name)


def compared_person(source: Record | Mapping[str, Any]) -> likeness.Identity:
    """What the search for look-alikes compares, of a stored record or of a row's values."""
    if isinstance(source, Record):
        return _compared_record(source)
    names = (source.get("name"), source.get("name_original"))
    return likeness.Identity(
        names=tuple(name for name in names if name),
        birth_year=source.get("birth_year"),
        email=source.get("email"),
        phone=source.get("phone"),
        nationalities=tuple(source.get("nationalities") or ()),
    )


def _compared_record(record: Record) -> likeness.Identity:
    years = [e.detail.get("number") for e in record.entries if e.field == "birth_year"]
    identity = record.identity
    names = (identity.display_name, identity.original_name, *(identity.other_names or ()))
    return likeness.Identity(
        names=tuple(name for name in names if name),
        birth_year=years[0] if years else None,
        email=identity.email,
        phone=identity.phone,
        nationalities=tuple(e.code for e in record.entries if e.field == "nationality"),
    )
