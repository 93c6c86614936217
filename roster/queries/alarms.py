"""Alarms that concern some networks: codes and counts, with the code of a request where it is one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import AuditEvent, MatchRequest


@dataclass(frozen=True)
class Alarm:
    """``code`` says what was unusual; ``request_code`` is "" where it is about no request."""

    code: str
    at: datetime
    count: int
    request_code: str = ""


def list_alarms(session: Session, networks: Collection[str], since: datetime) -> list[Alarm]:
    """Alarms after an instant that concern one of these networks, or all; the newest first."""
    events = session.scalars(
        select(AuditEvent)
        .where(AuditEvent.subject_kind == "alarm", AuditEvent.at > since)
        .order_by(AuditEvent.id.desc())
    ).all()
    concerning = [
        one for one in events if not (named := one.detail["networks"]) or {*named} & {*networks}
    ]
    codes = _find_codes(session, concerning)
    return [
        Alarm(
            one.action.removeprefix("alarm."),
            one.at,
            one.detail["runs"],
            codes.get(one.subject_id, "") if one.action == "alarm.exclusions_varied" else "",
        )
        for one in concerning
    ]


def _find_codes(session: Session, events: list[AuditEvent]) -> dict[int | None, str]:
    about = [one.subject_id for one in events if one.action == "alarm.exclusions_varied"]
    requests = session.scalars(select(MatchRequest).where(MatchRequest.id.in_(about)))
    return {one.id: one.code for one in requests}
