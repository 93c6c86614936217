"""A long list goes as it came: part by part, each woman in one piece, and never twice."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.models import ImportRow, SpreadsheetImport
from roster.permissions import Actor
from roster.services.imports import (
    audit_import,
    check_alone,
    check_state,
    list_part,
    open_import,
)
from roster.services.known_people import KnownPeople
from roster.services.reading_files import BrokenOff
from roster.services.taking_in import (
    GIVE_UP,
    TAKE_BACK,
    Work,
    hand_over,
    leave_hand,
)
from roster.services.undoing_imports import check_undo, set_back_rows, take_off


def queue_undo(
    session: Session, *, actor: Actor, import_id: int, expected_version: int
) -> SpreadsheetImport:
    """She takes a long list back: the job does it. What a person has done since is left alone."""
    staged = open_import(session, actor, import_id)
    check_state(staged, expected_version, "confirmed")
    check_undo(session, staged)
    check_alone(session, staged)
    hand_over(session, actor, staged, TAKE_BACK)
    audit_import(session, actor, "import.undo_asked", staged, {"rows": staged.rows_total})
    return staged


def take_back_part(
    session: Session, *, work: Work, first: int, limit: int, known: KnownPeople
) -> tuple[int, int]:
    """Take back what some rows brought; return how many rows, and how many records were set back.

    ``known`` is the network's list as it says without this file.
    """
    rows = list_part(session, work.import_id, first, limit)
    created = {row.record_id for row in rows if row.outcome == "new" and row.record_id}
    take_off(session, work.import_id, created)
    rows = list_part(session, work.import_id, first, limit)  # as they are now, in one statement
    left = [row for row in rows if row.record_id is not None]
    count = set_back_rows(session, work.actor, left, known)
    if work.step == GIVE_UP:
        for row in left:
            row.record_id = None
    return len(rows), count


def end_taking_back(session: Session, *, actor: Actor, work: Work, set_back: int) -> None:
    """The list is taken back; one that could not be taken in waits for a look again."""
    staged = session.get_one(SpreadsheetImport, work.import_id)
    if staged.state != "reading":
        raise BrokenOff
    staged.summary = leave_hand(staged.summary)
    if work.step == GIVE_UP:
        staged.state, staged.confirmed_at = "read", None
        staged.summary = {**staged.summary, "gave_up": True}
        audit_import(session, actor, "import.not_taken_in", staged, {})
        return
    staged.state = "undone"
    is_kept = ImportRow.record_id.is_not(None)
    rows = select(is_kept, func.count()).where(
        ImportRow.import_id == staged.id, ImportRow.outcome == "new"
    )
    counted = dict(session.execute(rows.group_by(is_kept)).all())
    detail = {
        "removed": counted.get(False, 0),
        "set_back": set_back,
        "kept": counted.get(True, 0),
    }
    audit_import(session, actor, "import.undone", staged, detail)
