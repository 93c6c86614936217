"""A long list is taken in by a job: its new women are staged in small commits and shown by one.

Until that one commit nobody sees any of them, and a process that dies leaves nothing but staged
women, with whom the next turn goes on. What the list says otherwise of women who are on the
network's list already is carried over woman by woman, each in one piece, before the others appear.
A step that breaks off again and again is taken back: then the file waits for a look, as before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from roster import clock
from roster.models import Account, ImportRow, Network, Record, SpreadsheetImport
from roster.permissions import Actor, Permission
from roster.services.answered_rows import AnsweredRows
from roster.services.created_people import (
    StagedPeople,
    show_people,
    stage_people,
    unstage_people,
)
from roster.services.import_rows import Judgement, judge_rows, note_judgement
from roster.services.imports import (
    audit_import,
    check_alone,
    check_state,
    is_in_hand,
    list_part,
    open_import,
    update_rows,
)
from roster.services.known_people import KnownPeople
from roster.services.reading_files import BrokenOff
from roster.services.trail import require

MOST_AT_ONCE = 300
"""Rows that are taken in, or back, while she waits; more are left to the job."""
MOST_TRIES = 3
"""A list over which the taking in broke off so often is taken back."""
TAKE_IN, TAKE_BACK, GIVE_UP = "take_in", "take_back", "give_up"
"""What a job does with a list: take it in, undo it, or undo what of it was begun."""

ListMark = tuple[int, int]
"""The newest record on a network's list, and how many there are."""


@dataclass(frozen=True)
class Work:
    """One list in the hands of the job."""

    import_id: int
    network_code: str
    step: str
    actor: Actor
    """Who asked for it: the values bear her name."""


def is_long_list(session: Session, import_id: int) -> bool:
    """Whether a list is left to the job."""
    rows = select(func.count(ImportRow.id)).where(ImportRow.import_id == import_id)
    return (session.scalar(rows) or 0) > MOST_AT_ONCE


def queue_confirmation(
    session: Session, *, actor: Actor, import_id: int, expected_version: int
) -> SpreadsheetImport:
    """She has said yes to a long list: the job takes it in. Nothing of it is seen before."""
    staged = open_import(session, actor, import_id)
    check_state(staged, expected_version, "read")
    check_alone(session, staged)
    hand_over(session, actor, staged, TAKE_IN)
    audit_import(session, actor, "import.confirmation_asked", staged, {"rows": staged.rows_total})
    return staged


def hand_over(session: Session, actor: Actor, staged: SpreadsheetImport, step: str) -> None:
    """Leave a list to the job, which begins with its first row."""
    staged.state, staged.confirmed_at = "queued", staged.confirmed_at or clock.now()
    staged.summary = {**staged.summary, "step": step, "asked_by": actor.account_id, "tries": 0}
    staged.rows_read = 0
    rows = select(func.count(ImportRow.id)).where(ImportRow.import_id == staged.id)
    staged.rows_total = session.scalar(rows) or 0
    session.flush()


def begin_work(session: Session, *, actor: Actor) -> Work | None:
    """Take the oldest list that waits for the job, or over which a job broke off; None if none."""
    require(Permission.RUN_JOBS, actor)
    staged = session.scalar(
        select(SpreadsheetImport).where(*is_in_hand()).order_by(SpreadsheetImport.id).limit(1)
    )
    if staged is None:
        return None
    summary, tries = staged.summary, staged.summary["tries"] + 1
    step = summary["step"]
    if step == TAKE_IN and tries > MOST_TRIES:
        step, tries = GIVE_UP, 1
    staged.state, staged.rows_read = "reading", 0
    staged.summary = {**summary, "step": step, "tries": tries}
    asked_by = summary["asked_by"]
    if asked_by is not None and session.get(Account, asked_by) is None:
        asked_by = None  # her account has been taken out since
    who = Actor("account", account_id=asked_by)
    return Work(staged.id, staged.network_code, step, who)


def put_down(session: Session, work: Work) -> None:
    """The process was told to stop: the next turn goes on, and this one was no failure."""
    staged = session.get_one(SpreadsheetImport, work.import_id)
    staged.summary = {**staged.summary, "tries": 0}


def mark_list(session: Session, network_code: str) -> ListMark:
    """What changes when somebody is added to the network's list, or goes."""
    newest, count = session.execute(
        select(func.coalesce(func.max(Record.id), 0), func.count(Record.id)).where(
            Record.network_code == network_code
        )
    ).one()
    return newest, count


class Progress:
    """What goes along from part to part of a list: the network's list as it was, and what is new."""

    def __init__(self, session: Session, work: Work) -> None:
        self.mark = mark_list(session, work.network_code)
        self.known = KnownPeople(session, work.network_code)
        self.answered = AnsweredRows(session, work.network_code, work.import_id)
        self.first_rows: dict[str, int] = {}
        self.staged = StagedPeople()
        """Everybody who is to be shown."""


def take_part(session: Session, *, work: Work, first: int, limit: int, along: Progress) -> int:
    """Stage the new women of some rows, carry over what is said of others; return how many rows.

    Rows that an earlier turn has worked on stay as
    they are, unless somebody has come onto the list meanwhile whom a row looks like.
    """
    rows = list_part(session, work.import_id, first, limit)
    held = _find_staged(session, [row.record_id for row in rows if row.record_id is not None])
    done = [row.record_id is not None and row.record_id not in held for row in rows]
    judged = judge_rows(rows, along.known, along.first_rows)
    fresh = [pair for pair, is_done in zip(_pair(rows, judged), done, strict=True) if not is_done]
    for row, judgement in fresh:
        _keep_or_unstage(session, row, judgement, held, along.staged)
    new = [row for row, judged in fresh if judged.outcome == "new" and row.record_id is None]
    network = session.get_one(Network, work.network_code)
    added = stage_people(session, actor=work.actor, network=network, rows=new)
    for her, record_id, row in zip(added.mediator_ids, added.record_ids, new, strict=True):
        along.staged.add(her, record_id, row.values)
    differing = [pair for pair in fresh if pair[1].record_id is not None]
    update_rows(session, work.actor, differing, along.known)
    along.answered.note(rows)
    session.flush()
    return len(rows)


def _pair(
    rows: Sequence[ImportRow], judgements: Sequence[Judgement]
) -> list[tuple[ImportRow, Judgement]]:
    return list(zip(rows, judgements, strict=True))


def _find_staged(session: Session, record_ids: Sequence[int]) -> Mapping[int, int]:
    """Those of these records that are staged, each with its mediator."""
    return dict(
        session.execute(
            select(Record.id, Record.mediator_id).where(
                Record.id.in_(record_ids), Record.network_code.is_(None)
            )
        ).all()
    )


def _keep_or_unstage(
    session: Session,
    row: ImportRow,
    judgement: Judgement,
    held: Mapping[int, int],
    staged: StagedPeople,
) -> None:
    """A woman whom an earlier turn staged stays so, if she is still nobody on the list."""
    note_judgement(row, judgement)
    if row.record_id is None:
        return
    if judgement.outcome == "new":
        staged.add(held[row.record_id], row.record_id, row.values)
        return
    unstage_people(session, [row.record_id])
    row.record_id = None


def note_taken(session: Session, *, work: Work, rows: int) -> None:
    """Say how far it is; ``BrokenOff`` where the list is no longer in the hands of a job."""
    going_on = session.execute(
        update(SpreadsheetImport)
        .where(SpreadsheetImport.id == work.import_id, *is_in_hand())
        .values(rows_read=rows)
        .returning(SpreadsheetImport.id)
    )
    if going_on.scalar() is None:
        raise BrokenOff


def end_taking_in(session: Session, *, actor: Actor, work: Work, along: Progress) -> bool:
    """Show all staged women at once; False where somebody came or went meanwhile: look anew."""
    if mark_list(session, work.network_code) != along.mark:
        return False
    held = session.get_one(SpreadsheetImport, work.import_id)
    if held.state != "reading":
        raise BrokenOff
    show_people(session, network_code=work.network_code, staged=along.staged)
    held.state, held.confirmed_at = "confirmed", clock.now()
    held.summary = leave_hand(held.summary)
    closed = along.answered.close(session)
    counts = {"new": len(along.staged.record_ids), "answered": closed}
    audit_import(session, actor, "import.confirmed", held, counts)
    return True


def leave_hand(summary: Mapping[str, Any]) -> dict[str, Any]:
    """The summary without what the job noted for itself."""
    return {k: v for k, v in summary.items() if k not in {"step", "asked_by", "tries"}}
