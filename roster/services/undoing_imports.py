"""An import is taken back: its new people go, its changes are turned round, and people's work stays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Exists, and_, delete, exists, or_, select
from sqlalchemy.orm import Session, aliased

from roster import clock
from roster.errors import Refused
from roster.models import (
    Account,
    Availability,
    Consent,
    ImportRow,
    Link,
    Mediator,
    Record,
    SpreadsheetImport,
)
from roster.permissions import Actor
from roster.services.answered_rows import reopen_rows
from roster.services.imported_people import apply_row
from roster.services.imports import (
    CHUNK,
    audit_import,
    check_alone,
    check_state,
    load_records,
    open_import,
)
from roster.services.known_people import KnownPeople
from roster.services.trail import add_change

UNDO_DAYS = 30
"""How long a file can be taken back."""


@dataclass(frozen=True)
class UndoOutcome:
    """Women taken off the list again, records set back, and new women who stay, since somebody
    has worked on their record or they were asked since."""

    removed: int
    set_back: int
    kept: int


def undo_import(
    session: Session, *, actor: Actor, import_id: int, expected_version: int
) -> UndoOutcome:
    """Take back the newest file of a network; what a person has done since is left alone."""
    staged = open_import(session, actor, import_id)
    check_state(staged, expected_version, "confirmed")
    check_undo(session, staged)
    check_alone(session, staged)
    staged.state = "undone"
    session.flush()  # from here on the list is known without this file
    created = {row.record_id for row in staged.rows if row.outcome == "new" and row.record_id}
    removed = take_off(session, staged.id, created)
    left = [row for row in staged.rows if row.record_id and row.record_id not in removed]
    set_back = set_back_rows(session, actor, left, KnownPeople(session, staged.network_code))
    outcome = UndoOutcome(len(removed), set_back, len(created - removed))
    audit_import(session, actor, "import.undone", staged, dict(vars(outcome)))
    return outcome


def check_undo(session: Session, staged: SpreadsheetImport) -> None:
    """Refused for a file of long ago, and for one after which another has changed the list."""
    if staged.confirmed_at and clock.now() > staged.confirmed_at + timedelta(days=UNDO_DAYS):
        raise Refused("undo_too_late", days=UNDO_DAYS)
    if _has_successor(session, staged):
        raise Refused("undo_newer_first")


def _has_successor(session: Session, staged: SpreadsheetImport) -> bool:
    """A later file of this network has changed the list."""
    later = (
        select(ImportRow.id)
        .join(SpreadsheetImport)
        .where(
            SpreadsheetImport.network_code == staged.network_code,
            SpreadsheetImport.state == "confirmed",
            or_(
                SpreadsheetImport.confirmed_at > staged.confirmed_at,
                and_(
                    SpreadsheetImport.confirmed_at == staged.confirmed_at,
                    SpreadsheetImport.id > staged.id,
                ),
            ),
            ImportRow.outcome.in_(("new", "updated")),
        )
    )
    return session.scalar(later.limit(1)) is not None


def take_off(session: Session, import_id: int, record_ids: set[int]) -> set[int]:
    """Delete the women whom nobody but this file has touched; return their records' ids."""
    untouched: dict[int, int] = {}
    ids = sorted(record_ids)
    for start in range(0, len(ids), CHUNK):
        rows = session.execute(
            select(Record.id, Record.mediator_id).where(
                Record.id.in_(ids[start : start + CHUNK]),
                Record.version == 1,
                *(~busy for busy in _list_signs_of_others()),
            )
        )
        untouched.update(rows.all())
    for mediator_id in untouched.values():
        add_change(session, mediator_id)
    session.flush()
    reopen_rows(session, import_id, untouched)
    gone = sorted(untouched.values())
    for start in range(0, len(gone), CHUNK):
        session.execute(
            delete(Mediator)
            .where(Mediator.id.in_(gone[start : start + CHUNK]))
            .execution_options(synchronize_session=False)
        )
    session.expire_all()
    return set(untouched)


def _list_signs_of_others() -> Iterable[Exists]:
    """Of a record: she was asked, has answered, or somebody else speaks of her as well.

    Each is looked up for the one woman, so that a part of a long list takes no look at the whole.
    """
    her, other = Record.mediator_id, aliased(Record)
    return (
        exists().where(Link.mediator_id == her),
        exists().where(Account.mediator_id == her),
        exists().where(Consent.mediator_id == her),
        exists().where(Availability.mediator_id == her, Availability.confirmed_by != "import"),
        exists().where(other.mediator_id == her, other.id != Record.id),
    )


def set_back_rows(
    session: Session, actor: Actor, rows: Sequence[ImportRow], known: KnownPeople
) -> int:
    """Let the records of these rows say again what the list said before this file; how many do.

    ``known`` is the network's list as it says without this file.
    """
    updated = [(row, row.record_id) for row in rows if row.outcome == "updated" and row.record_id]
    record_ids = sorted({record_id for _, record_id in updated})
    before, sources = known.last_values(record_ids), known.last_rows(record_ids)
    records = {record.id: record for record in load_records(session, record_ids)}
    count = 0
    for row, record_id in updated:
        record = records[record_id]
        after, row_id = before.get(record_id, {}), sources.get(record_id, row.id)
        if apply_row(
            session, actor=actor, record=record, before=row.values, after=after, row_id=row_id
        ):
            add_change(session, record.mediator_id)
            count += 1
    return count
