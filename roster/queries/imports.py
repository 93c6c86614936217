"""Imports that an actor may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from roster import permissions
from roster.errors import NotFound
from roster.models import ImportRow, SpreadsheetImport
from roster.permissions import Actor, Permission, Subject

MOST_ROWS = 300
"""Rows that one page shows; all of them stand in the file of problems."""


def import_subject(session: Session, import_id: int, **_other: int) -> Subject:
    """What the permission table needs of an import; NotFound when there is none."""
    staged = session.get(SpreadsheetImport, import_id)
    if staged is None or staged.state == "discarded":
        raise NotFound
    return Subject(network_code=staged.network_code)


def get_import(session: Session, *, actor: Actor, import_id: int) -> SpreadsheetImport:
    """One import without its rows and bytes, if the actor may see it."""
    subject = import_subject(session, import_id)
    if not permissions.decide(Permission.IMPORT_SPREADSHEET, actor, subject):
        raise NotFound
    return session.get_one(SpreadsheetImport, import_id)


def count_rows(session: Session, staged: SpreadsheetImport) -> int:
    """How many rows it has."""
    count = select(func.count(ImportRow.id)).where(ImportRow.import_id == staged.id)
    return session.scalar(count) or 0


def list_rows_to_look_at(session: Session, staged: SpreadsheetImport) -> list[ImportRow]:
    """The first rows with something to decide or to confirm, in the order of the file."""
    is_to_look_at = (
        ImportRow.verdict != "ok",
        ImportRow.outcome == "waiting",
        ImportRow.ordinal.in_(staged.summary.get("warned", ())),
    )
    rows = session.scalars(
        select(ImportRow)
        .where(ImportRow.import_id == staged.id, or_(*is_to_look_at))
        .order_by(ImportRow.outcome != "waiting", ImportRow.ordinal)
        .limit(MOST_ROWS)
    )
    return sorted(rows, key=lambda row: row.ordinal)


def list_imports_of(session: Session, network_codes: Sequence[str]) -> list[SpreadsheetImport]:
    """The files of these networks, newest first, without those thrown away."""
    return list(
        session.scalars(
            select(SpreadsheetImport)
            .where(
                SpreadsheetImport.network_code.in_(network_codes),
                SpreadsheetImport.state != "discarded",
            )
            .order_by(SpreadsheetImport.read_at.desc(), SpreadsheetImport.id.desc())
            .limit(100)
        )
    )


def same_file_before(session: Session, staged: SpreadsheetImport) -> datetime | None:
    """When the very same file was taken in before, if it was."""
    return session.scalar(
        select(SpreadsheetImport.confirmed_at)
        .where(
            SpreadsheetImport.network_code == staged.network_code,
            SpreadsheetImport.file_digest == staged.file_digest,
            SpreadsheetImport.state == "confirmed",
            SpreadsheetImport.id != staged.id,
        )
        .order_by(SpreadsheetImport.id.desc())
        .limit(1)
    )
