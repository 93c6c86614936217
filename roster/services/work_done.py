"""What a deployment leaves: one row of experience in her own record, evidence of the best grade.

It says what she was told and what the requester confirms; the title and the criteria of the request
stay the office's. It is discreet until she says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.models import Approach, Deployment, Experience, Record
from roster.permissions import Actor
from roster.services.trail import trace_mediator

LONGEST_PROCESS = 200
"""Signs of what she was told that the work is for."""


def record_work(
    session: Session,
    *,
    actor: Actor,
    approach: Approach,
    deployment: Deployment,
    last: date,
    work: Mapping[str, Any],
) -> Experience | None:
    """Write the row, once; None where she has no record that could hold it."""
    record_id = _find_record(session, approach)
    if deployment.experience_id is not None or record_id is None:
        return None
    first = min(deployment.starts_on, last)
    row = Experience(
        record_id=record_id,
        process=str(approach.terms["purpose"])[:LONGEST_PROCESS],
        country=work.get("country"),
        first_year=first.year,
        last_year=last.year,
        track=work.get("track"),
        role=work.get("role"),
        phase=work.get("phase"),
        mandating_body=str(approach.terms["who"]),
        disclosure="discreet",
        verified_on=clock.now().date(),
        entered_at=clock.now(),
    )
    session.add(row)
    session.flush()
    deployment.experience_id = row.id
    trace_mediator(session, actor, approach.mediator_id, "experience.recorded")
    return row


def _find_record(session: Session, approach: Approach) -> int | None:
    """Her own record, else that of the network that agreed."""
    rows = session.execute(
        select(Record.network_code, Record.id).where(Record.mediator_id == approach.mediator_id)
    )
    found = dict[str | None, int]()
    found.update((network, number) for network, number in rows)
    return found.get(None) or found.get(approach.network_code)
