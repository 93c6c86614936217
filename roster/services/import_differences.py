"""What a file would change in the records of women who are on the list, before it is taken in.

The same rule as the taking in: only what the list says differently, and never what a person wrote.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import Entry, ImportRow, Membership, Record, SpreadsheetImport
from roster.permissions import Actor, Permission, Subject
from roster.services.import_rows import judge_rows
from roster.services.imported_values import (
    SaidValue,
    Values,
    key_of,
    read_availability,
    read_entries_today,
    read_identity,
    read_membership,
)
from roster.services.imports import load_records
from roster.services.known_people import KnownPeople
from roster.services.trail import require


@dataclass(frozen=True)
class Difference:
    """One field: what the list said before, what it says now (None: nothing), whether it is taken.

    Not taken is what a person has written since: ``stands`` says what stays.
    """

    field: str
    code: str
    before: Any
    after: Any
    is_taken: bool = True
    stands: Any = None


@dataclass(frozen=True)
class RowDifferences:
    """A row of the file, the record that it is about, and what it would change there."""

    row: int
    record_id: int
    differences: tuple[Difference, ...]


def list_differences(
    session: Session, *, actor: Actor, staged: SpreadsheetImport, first: int, limit: int
) -> list[RowDifferences]:
    """The rows that would change a record, in the order of the file, from the ``first`` on."""
    require(Permission.IMPORT_SPREADSHEET, actor, Subject(network_code=staged.network_code))
    rows = session.scalars(
        select(ImportRow)
        .where(ImportRow.import_id == staged.id, ImportRow.outcome == "updated")
        .order_by(ImportRow.ordinal)
        .offset(first)
        .limit(limit)
    ).all()
    if not rows:
        return []
    known = KnownPeople(session, staged.network_code)
    matched = [
        (row, judgement.record_id)
        for row, judgement in zip(rows, judge_rows(rows, known), strict=True)
        if judgement.record_id is not None
    ]
    wanted = sorted({record_id for _, record_id in matched})
    before = known.last_values(wanted)
    records = {record.id: record for record in load_records(session, wanted)}
    memberships = _list_memberships(session, staged.network_code, records)
    return [
        RowDifferences(
            row.row,
            record_id,
            tuple(
                compare(
                    records[record_id],
                    memberships.get(records[record_id].mediator_id),
                    before.get(record_id, {}),
                    row.values,
                )
            ),
        )
        for row, record_id in matched
    ]


def _list_memberships(
    session: Session, network_code: str, records: Mapping[int, Record]
) -> dict[int, Membership]:
    her = [record.mediator_id for record in records.values()]
    found = session.scalars(
        select(Membership).where(
            Membership.network_code == network_code, Membership.mediator_id.in_(her)
        )
    )
    return {membership.mediator_id: membership for membership in found}


def compare(
    record: Record, membership: Membership | None, before: Values, after: Values
) -> Iterator[Difference]:
    """What a row that says ``after`` changes in a record of which the list said ``before``."""
    held = {name: getattr(record.identity, name) for name in read_identity(after)}
    yield from _compare_columns(read_identity(before), read_identity(after), held)
    if membership is not None:
        held = {name: getattr(membership, name) for name in read_membership(after)}
        yield from _compare_columns(read_membership(before), read_membership(after), held)
    yield from _compare_entries(record, before, after)
    if read_availability(before) != read_availability(after):
        yield Difference("availability", "", read_availability(before), read_availability(after))


def _compare_columns(
    old: Mapping[str, Any], new: Mapping[str, Any], held: Mapping[str, Any]
) -> Iterator[Difference]:
    for name, value in new.items():
        if value == old[name] or held[name] == value:
            continue
        if name == "display_name" and value is None:
            continue
        is_taken = held[name] in (old[name], None)
        yield Difference(name, "", old[name], value, is_taken, held[name])


def _compare_entries(record: Record, before: Values, after: Values) -> Iterator[Difference]:
    old, new = read_entries_today(before), read_entries_today(after)
    held = {key_of(entry): entry for entry in record.entries}
    for key, was in old.items():
        if key not in new and (entry := held.get(key)) is not None:
            yield Difference(*key, was, None, entry.source == "import", _said(entry))
    for key, value in new.items():
        entry = held.get(key)
        if old.get(key) == value or (entry is not None and _said(entry) == value):
            continue
        is_taken = entry is None or entry.source == "import"
        stands = _said(entry) if entry is not None else None
        yield Difference(*key, old.get(key), value, is_taken, stands)


def _said(entry: Entry) -> SaidValue:
    return dict(entry.detail), entry.sealed
