"""Entries of a record are written here and nowhere else, so that what they said before is kept.

Each value that is replaced or taken out leaves one row of history: what it said, who had said so,
when and from which row of a file, and whose hand ended it. A new value leaves none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from matching.facts import Grade
from roster import clock
from roster.models import Entry, EntryHistory, Record


@dataclass(frozen=True)
class Hand:
    """Whose hand writes: ``source`` as an entry's, her account, and the row of a file she took."""

    source: str
    account_id: int | None = None
    import_row_id: int | None = None


@dataclass(frozen=True)
class EntryValue:
    """What an entry says, and how far it is known."""

    detail: Mapping[str, Any]
    sealed: str | None = None
    grade: int = Grade.STATED
    confirmed_on: date | None = None


def add_entry(record: Record, field: str, code: str, value: EntryValue, hand: Hand) -> Entry:
    """A value that the record does not hold yet."""
    entry = Entry(field=field, code=code)
    _write(entry, value, hand)
    record.entries.append(entry)
    return entry


def change_entry(session: Session, entry: Entry, value: EntryValue, hand: Hand) -> None:
    """Let an entry say something else, or let somebody confirm what it says.

    Who only confirms a value leaves the row of the file that it came from.
    """
    says_the_same = (entry.detail, entry.sealed) == (dict(value.detail), value.sealed)
    row_id = entry.import_row_id if says_the_same else None
    session.add(_note(entry, "changed", hand))
    _write(entry, value, hand)
    entry.import_row_id = hand.import_row_id or row_id


def remove_entries(
    session: Session, record: Record, entries: Iterable[Entry], hand: Hand
) -> list[Entry]:
    """Take these out of the record, and return them; their keys are free again at once."""
    gone = list(entries)
    for entry in gone:
        session.add(_note(entry, "removed", hand))
        record.entries.remove(entry)
    session.flush()
    return gone


def _write(entry: Entry, value: EntryValue, hand: Hand) -> None:
    entry.detail, entry.sealed = dict(value.detail), value.sealed
    entry.grade, entry.confirmed_on = int(value.grade), value.confirmed_on
    entry.source, entry.entered_by, entry.entered_at = hand.source, hand.account_id, clock.now()
    entry.import_row_id = hand.import_row_id


def _note(entry: Entry, act: str, hand: Hand) -> EntryHistory:
    return EntryHistory(
        record_id=entry.record_id,
        field=entry.field,
        code=entry.code,
        detail=entry.detail,
        sealed=entry.sealed,
        grade=entry.grade,
        source=entry.source,
        entered_by=entry.entered_by,
        entered_at=entry.entered_at,
        import_row_id=entry.import_row_id,
        act=act,
        ended_by=hand.account_id,
        ended_source=hand.source,
        ended_at=clock.now(),
    )
