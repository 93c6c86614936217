"""The trail that every use case leaves in its own transaction: audit row, change row, message."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from roster import clock, permissions
from roster.encryption import keyring
from roster.errors import NotFound
from roster.models import AuditEvent, Change, OutboxMessage
from roster.permissions import NOTHING, Actor, Permission, Subject


def require(permission: Permission, actor: Actor, subject: Subject = NOTHING) -> None:
    """Go on only if ``actor`` may; otherwise the thing is simply not found."""
    if not permissions.decide(permission, actor, subject):
        raise NotFound


def add_audit(
    session: Session,
    *,
    actor: Actor,
    action: str,
    subject_kind: str,
    subject_id: int | None = None,
    network_code: str | None = None,
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write one audit event, chained by a keyed digest to the one before it."""
    event = _make_event(
        session,
        _last_digest(session),
        actor=actor,
        action=action,
        subject_kind=subject_kind,
        subject_id=subject_id,
        network_code=network_code,
        detail=detail or {},
    )
    session.add(event)
    session.flush()
    return event


def add_audits(
    session: Session,
    *,
    actor: Actor,
    action: str,
    subject_kind: str,
    subjects: Iterable[tuple[int, dict[str, Any]]],
) -> None:
    """Write one audit event for each (subject id, detail), in that order and in one statement."""
    rows: list[dict[str, Any]] = []
    before = _last_digest(session)
    for subject_id, detail in subjects:
        event = _make_event(
            session,
            before,
            actor=actor,
            action=action,
            subject_kind=subject_kind,
            subject_id=subject_id,
            network_code=None,
            detail=detail,
        )
        rows.append({name: getattr(event, name) for name in _EVENT_COLUMNS})
        before = event.digest
    if rows:
        session.execute(insert(AuditEvent), rows)


_EVENT_COLUMNS = tuple(one.name for one in AuditEvent.__table__.columns if one.name != "id")


def _make_event(session: Session, before: str, *, actor: Actor, **columns: Any) -> AuditEvent:
    """The next event of the chain, sealed; the session knows it as the last one from now on."""
    event = AuditEvent(n=session.info["n"], at=clock.now(), actor=actor.name, **columns)
    event.digest = chain_digest(before, event)
    session.info["digest"] = event.digest
    return event


def _last_digest(session: Session) -> str:
    """The end of the chain; while this transaction holds the ledger head nobody else adds to it."""
    if "digest" in session.info:
        return str(session.info["digest"])
    newest = select(AuditEvent.digest).order_by(AuditEvent.id.desc()).limit(1)
    return session.scalar(newest) or ""


def chain_digest(before: str, event: AuditEvent) -> str:
    """HMAC-SHA-256 over the previous digest and every column of ``event``."""
    content = [
        before,
        event.n,
        event.at.isoformat(),
        event.actor,
        event.action,
        event.subject_kind,
        event.subject_id,
        event.network_code,
        event.detail,
    ]
    return keyring().seal(json.dumps(content, sort_keys=True))


def add_change(session: Session, mediator_id: int) -> None:
    """Tell every worker's columns that this woman's facts changed in this transaction."""
    session.add(Change(n=session.info["n"], mediator_id=mediator_id))


def add_changes(session: Session, mediator_ids: Iterable[int]) -> None:
    """The same of many women in one statement; each is told once."""
    rows = [{"n": session.info["n"], "mediator_id": one} for one in sorted(set(mediator_ids))]
    if rows:
        session.execute(insert(Change), rows)


def trace_mediator(
    session: Session,
    actor: Actor,
    mediator_id: int,
    action: str,
    detail: dict[str, Any] | None = None,
) -> None:
    """What changed of a woman herself: one change row and one audit event."""
    add_change(session, mediator_id)
    add_audit(
        session,
        actor=actor,
        action=action,
        subject_kind="mediator",
        subject_id=mediator_id,
        detail=detail,
    )


def add_message(
    session: Session,
    *,
    template: str,
    language: str,
    recipient: str,
    values: dict[str, Any],
    message_id: str,
    mediator_id: int | None = None,
    due_at: datetime | None = None,
) -> OutboxMessage:
    """Queue one message to one recipient; it leaves only if this transaction commits."""
    message = OutboxMessage(
        n=session.info["n"],
        template=template,
        language=language,
        recipient=recipient,
        values=values,
        mediator_id=mediator_id,
        message_id=message_id,
        created_at=clock.now(),
        due_at=due_at or clock.now(),
    )
    session.add(message)
    return message
