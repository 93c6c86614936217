"""A side of a process does not accept a woman: noted by her handle, kept for this process alone.

Runs of this process's requests do not propose her and say no more than that. No other process, no
other request and nobody of her networks learns of it.
"""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, Refused
from roster.models import Handle, MatchRequest, Objection, Process, Run, RunRow
from roster.permissions import Actor, Permission, Subject
from roster.services.handles import read_handle
from roster.services.processes import take_process
from roster.services.trail import add_audit, require


def note_objection(
    session: Session,
    *,
    actor: Actor,
    process_id: int,
    request_code: str,
    handle: str,
    party_code: str,
) -> Objection:
    """Note that this side objects. Refused for a handle that no answer of the request has shown."""
    process = take_process(session, actor, process_id)
    if party_code not in {one["code"] for one in process.parties}:
        raise Refused("not_a_choice")
    mediator_id = _find_woman(session, process, request_code, read_handle(handle))
    row = session.scalars(
        select(Objection).where(
            Objection.process_id == process.id,
            Objection.mediator_id == mediator_id,
            Objection.party_code == party_code,
        )
    ).one_or_none()
    if row is None:
        row = Objection(process_id=process.id, mediator_id=mediator_id, party_code=party_code)
        session.add(row)
    elif row.withdrawn_at is None:
        raise Refused("objection_noted_before")
    row.noted_by, row.noted_at, row.withdrawn_at = actor.account_id, clock.now(), None
    session.flush()
    _audit(session, actor, "objection.noted", process)
    return row


def withdraw_objection(
    session: Session, *, actor: Actor, process_id: int, objection_id: int
) -> Objection:
    """From the next run on she may be proposed again."""
    row = session.get(Objection, objection_id)
    process = session.get(Process, process_id)
    if row is None or process is None or row.process_id != process.id:
        raise NotFound
    require(Permission.KEEP_PROCESS, actor, Subject(account_id=process.account_id))
    if row.withdrawn_at is not None:
        raise Refused("objection_withdrawn_before")
    row.withdrawn_at = clock.now()
    session.flush()
    _audit(session, actor, "objection.withdrawn", process)
    return row


def _find_woman(session: Session, process: Process, request_code: str, handle: str) -> int:
    """Whose handle an answer of this process's request has shown; one that is erased is nobody's."""
    shown = (
        select(RunRow.id)
        .join(Run, Run.id == RunRow.run_id)
        .where(Run.request_id == MatchRequest.id, RunRow.handle == Handle.code)
        .exists()
    )
    found = session.scalar(
        select(Handle.mediator_id)
        .join(MatchRequest, MatchRequest.id == Handle.request_id)
        .where(
            MatchRequest.code == request_code,
            MatchRequest.process_id == process.id,
            Handle.code == handle,
            shown,
        )
    )
    if found is None:
        raise Refused("handle_unknown")
    return found


def _audit(session: Session, actor: Actor, action: str, process: Process) -> None:
    """Of the process alone: the trail of a woman says nothing of it to her networks."""
    add_audit(session, actor=actor, action=action, subject_kind="process", subject_id=process.id)
