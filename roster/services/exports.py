"""A list that leaves the house as a file: one network's, counted, with its reason and its digest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import TooMany
from roster.models import Document, Export, Run
from roster.permissions import Actor, Permission, Subject
from roster.services import trail

EXPORTS_PER_DAY = 10
"""Files that one account may take out within a day (check X3)."""
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Taken:
    """One file as it is about to leave, and why."""

    network_code: str | None
    """Whose list it is; None for a sheet about a team that an envoy has chosen."""
    format: str
    reason: str
    row_count: int
    content: bytes
    what: str = "list"
    """list, figures or team_sheet: as the trail names it."""


def note_export(session: Session, *, actor: Actor, taken: Taken) -> Export:
    """Keep that the file leaves, before it does; the trail gets its rows and digest, no value.

    TooMany once the account has taken out what it may within a day. While the transaction lasts
    nobody else counts, so that two files at once are two.
    """
    trail.require(Permission.LIST_RECORDS, actor, Subject(network_code=taken.network_code))
    return _keep(session, actor, taken)


def note_team_sheet(session: Session, *, actor: Actor, document_id: int, taken: Taken) -> Export:
    """The same of the coverage matrix of a document's team: by code, for the team's own use."""
    run = session.get_one(Run, session.get_one(Document, document_id).run_id)
    owner = Subject(account_id=run.match_request.account_id)
    trail.require(Permission.EDIT_REQUEST, actor, owner)
    return _keep(session, actor, taken)


def _keep(session: Session, actor: Actor, taken: Taken) -> Export:
    if _count_since_yesterday(session, actor) >= EXPORTS_PER_DAY:
        seconds = int(DAY.total_seconds())
        raise TooMany("too_many_exports", limit=EXPORTS_PER_DAY, retry_after=seconds)
    export = Export(
        account_id=actor.account_id,
        network_code=taken.network_code,
        format=taken.format,
        reason=taken.reason,
        row_count=taken.row_count,
        file_digest=hashlib.sha256(taken.content).hexdigest(),
        exported_at=clock.now(),
    )
    session.add(export)
    session.flush()
    trail.add_audit(
        session,
        actor=actor,
        action=f"{taken.what}.exported",
        subject_kind="export",
        subject_id=export.id,
        network_code=export.network_code,
        detail={"rows": export.row_count, "format": export.format, "digest": export.file_digest},
    )
    return export


def _count_since_yesterday(session: Session, actor: Actor) -> int:
    statement = select(func.count()).where(
        Export.account_id == actor.account_id, Export.exported_at > clock.now() - DAY
    )
    return session.scalar(statement) or 0
