"""Who the records of all networks say that they are, for the nightly comparison and nobody else."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching.likeness import Identity
from roster.models import Mediator, Network, Record
from roster.queries.identities import list_identities
from roster.queries.leaving import left_records


@dataclass(frozen=True)
class ComparedRecord:
    """One network's record of one woman, and what it says of who she is."""

    record_id: int
    mediator_id: int
    network_code: str
    person: Identity


def list_compared(session: Session) -> list[ComparedRecord]:
    """Every network's records of women who have not left, in the order of their numbers."""
    people: dict[int, Identity] = {}
    for code in session.scalars(select(Network.code).order_by(Network.code)):
        people.update(list_identities(session, code, with_leaving=False))
    rows = session.execute(
        select(Record.id, Record.mediator_id, Record.network_code)
        .join(Mediator, Mediator.id == Record.mediator_id)
        .where(
            Mediator.state == "active",
            Record.network_code.is_not(None),
            Record.id.not_in(left_records()),
        )
        .order_by(Record.id)
    )
    return [
        ComparedRecord(record_id, mediator_id, code or "", people[record_id])
        for record_id, mediator_id, code in rows
        if record_id in people
    ]
