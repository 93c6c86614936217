"""What an import brought and nobody answered to is forgotten after 90 days (product, section 9).

A woman whom a list named and who never answered has agreed to nothing; a file that was read and
never taken in, and a row that waits for a decision, hold people whom nobody asked.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from roster.models import (
    Account,
    Application,
    Availability,
    Consent,
    ImportRow,
    Link,
    Mediator,
    Record,
    SpokenConsent,
    SpreadsheetImport,
)
from roster.permissions import Actor, Permission
from roster.services.erasing import erase_woman
from roster.services.imports import throw_away
from roster.services.trail import add_audit, add_change, require

UNANSWERED_DAYS = 90
"""How long a woman, a file or a row waits for an answer."""
NOT_TAKEN_IN = ("read", "queued", "reading", "failed")
"""States of a file of which nothing is on the list."""
BATCH = 20
"""Women, or files, in one transaction."""


def count_unanswered(session: Session, *, now: datetime) -> tuple[int, int]:
    """How many women would be forgotten now, of how many there are."""
    count = select(func.count(Mediator.id))
    return session.scalar(count.where(*_is_unanswered(now))) or 0, session.scalar(count) or 0


def forget_unanswered(session: Session, *, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """Erase up to ``limit`` women of old imports who never answered; return how many."""
    require(Permission.RUN_JOBS, actor)
    ids = session.scalars(
        select(Mediator.id).where(*_is_unanswered(now)).order_by(Mediator.id).limit(limit)
    ).all()
    for mediator_id in ids:
        erase_woman(session, mediator_id)
        add_change(session, mediator_id)
        add_audit(
            session,
            actor=actor,
            action="mediator.forgotten",
            subject_kind="mediator",
            subject_id=mediator_id,
        )
    return len(ids)


def _is_unanswered(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """From a file, long ago; no word of hers since, and no link by which she could still answer."""
    from_file = (
        exists()
        .where(Record.mediator_id == Mediator.id, ImportRow.record_id == Record.id)
        .correlate(Mediator)
    )
    words = (
        exists().where(Consent.mediator_id == Mediator.id),
        exists().where(SpokenConsent.mediator_id == Mediator.id),
        exists().where(Account.mediator_id == Mediator.id),
        exists().where(Application.mediator_id == Mediator.id),
        exists().where(Record.mediator_id == Mediator.id, Record.network_code.is_(None)),
        exists().where(
            Availability.mediator_id == Mediator.id, Availability.confirmed_by != "import"
        ),
        exists().where(
            Link.mediator_id == Mediator.id,
            Link.used_at.is_(None),
            Link.replaced_at.is_(None),
            Link.ends_at > now,
        ),
    )
    return (
        Mediator.created_at <= now - timedelta(days=UNANSWERED_DAYS),
        from_file,
        *(~word for word in words),
    )


def count_files(session: Session, *, now: datetime) -> int:
    """Files of which something would be thrown away now."""
    return session.scalar(select(func.count(SpreadsheetImport.id)).where(*_is_left(now))) or 0


def _is_left(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Read long ago, and either never taken in or with rows that still wait."""
    waits = exists().where(
        ImportRow.import_id == SpreadsheetImport.id, ImportRow.outcome == "waiting"
    )
    return (
        SpreadsheetImport.read_at <= now - timedelta(days=UNANSWERED_DAYS),
        (SpreadsheetImport.state.in_(NOT_TAKEN_IN) & SpreadsheetImport.confirmed_at.is_(None))
        | ((SpreadsheetImport.state == "confirmed") & waits),
    )


def forget_files(session: Session, *, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """Throw away files that were read long ago and never taken in, and rows that still wait.

    Return how many files were worked on.
    """
    require(Permission.RUN_JOBS, actor)
    files = session.scalars(
        select(SpreadsheetImport).where(*_is_left(now)).order_by(SpreadsheetImport.id).limit(limit)
    ).all()
    for staged in files:
        counted = _forget_file(session, staged)
        add_audit(
            session,
            actor=actor,
            action="import.forgotten",
            subject_kind="import",
            subject_id=staged.id,
            network_code=staged.network_code,
            detail={"rows": counted},
        )
    return len(files)


def _forget_file(session: Session, staged: SpreadsheetImport) -> int:
    """Nothing of one never taken in; of another only the rows that nobody decided on."""
    if staged.state in NOT_TAKEN_IN:
        counted = len(staged.rows)
        throw_away(staged)
        session.flush()
        return counted
    waiting = [row for row in staged.rows if row.outcome == "waiting"]
    for row in waiting:
        row.raw, row.values, row.problems, row.outcome = {}, {}, [], "left_out"
    session.flush()
    return len(waiting)
