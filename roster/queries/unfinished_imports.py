"""Files that somebody read and did not finish, and rows of taken-in files that wait for a word."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from roster.models import ImportRow, SpreadsheetImport

OPEN = ("queued", "reading", "failed", "read")
MOST = 20


@dataclass(frozen=True)
class UnfinishedImport:
    """``waiting`` rows are to be decided; the newest file first."""

    staged: SpreadsheetImport
    waiting: int


def list_unfinished(session: Session, networks: Collection[str]) -> list[UnfinishedImport]:
    """At most ``MOST`` files of these networks that are not taken in, or not wholly."""
    waiting = (
        select(ImportRow.import_id, func.count(ImportRow.id).label("rows"))
        .where(ImportRow.outcome == "waiting")
        .group_by(ImportRow.import_id)
        .subquery()
    )
    rows = session.execute(
        select(SpreadsheetImport, func.coalesce(waiting.c.rows, 0))
        .outerjoin(waiting, waiting.c.import_id == SpreadsheetImport.id)
        .where(
            SpreadsheetImport.network_code.in_(networks),
            or_(
                SpreadsheetImport.state.in_(OPEN),
                (SpreadsheetImport.state == "confirmed") & (waiting.c.rows > 0),
            ),
        )
        .order_by(SpreadsheetImport.read_at.desc(), SpreadsheetImport.id.desc())
        .limit(MOST)
    )
    return [UnfinishedImport(staged, count) for staged, count in rows]
