"""Imports that an actor may see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from roster import permissions
from roster.errors import NotFound
from roster.models import SpreadsheetImport
from roster.permissions import Actor, Permission, Subject


def import_subject(session: Session, import_id: int, **_other: int) -> Subject:
    """What the permission table needs of an import; NotFound when there is none."""
    staged = session.get(SpreadsheetImport, import_id)
    if staged is None or staged.state == "discarded":
        raise NotFound
    return Subject(network_code=staged.network_code)


def get_import(session: Session, *, actor: Actor, import_id: int) -> SpreadsheetImport:
    """One import with its rows, if the actor may see it."""
    subject = import_subject(session, import_id)
    if not permissions.decide(Permission.IMPORT_SPREADSHEET, actor, subject):
        raise NotFound
    return session.scalars(
        select(SpreadsheetImport)
        .where(SpreadsheetImport.id == import_id)
        .options(selectinload(SpreadsheetImport.rows))
    ).one()


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
