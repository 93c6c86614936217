"""What the tests of taken-in lists count and do."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster.db import Database
from roster.models import (
    Availability,
    Change,
    Entry,
    ImportRow,
    Mediator,
    Membership,
    Record,
    SpreadsheetImport,
)
from roster.services.imports import ImportOutcome
from roster.services.waiting_rows import decide_row
from tests.roster.services.lists import COORDINATOR

DOMAIN = (Mediator, Record, Entry, Membership, Availability, Change)


def count(database: Database) -> dict[str, int]:
    """Rows of the tables that hold people."""
    with database.reading() as session:
        return {
            model.__tablename__: session.scalar(select(func.count()).select_from(model)) or 0
            for model in DOMAIN
        }


def counts(outcome: ImportOutcome) -> tuple[int, int, int, int, int]:
    return outcome.new, outcome.same, outcome.updated, outcome.waiting, outcome.left_out


def decide(
    session: Session,
    staged: SpreadsheetImport,
    row: ImportRow,
    choice: str,
    record_id: int | None = None,
) -> ImportRow:
    return decide_row(
        session,
        actor=COORDINATOR,
        import_id=staged.id,
        row_id=row.id,
        choice=choice,
        record_id=record_id,
    )
