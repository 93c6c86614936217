"""From an imported row to a mediator and her network's record: at once, or staged and shown later.

A staged woman is in the tables and on nobody's list: she is no active mediator, her record names
no network, she has no membership, what is said of her time is superseded, and no change tells the
columns of her. One short step turns a whole list of them into women of the network.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, delete, insert, literal, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from roster import clock
from roster.models import (
    Availability,
    Change,
    Entry,
    Identity,
    ImportRow,
    Mediator,
    Membership,
    Network,
    Record,
)
from roster.permissions import Actor
from roster.services.imported_values import (
    EntryKey,
    SaidValue,
    Values,
    digest_email,
    read_availability,
    read_entries,
    read_identity,
    read_membership,
)

STAGED = "merged"
"""State of a mediator who is nobody yet: like one joined to another, she is shown nowhere."""


@dataclass
class StagedPeople:
    """Women of one list who are to be shown together, with what their memberships will say."""

    mediator_ids: list[int] = field(default_factory=list)
    record_ids: list[int] = field(default_factory=list)
    memberships: list[dict[str, Any]] = field(default_factory=list)

    def add(self, mediator_id: int, record_id: int, values: Values) -> None:
        """One woman more."""
        self.mediator_ids.append(mediator_id)
        self.record_ids.append(record_id)
        self.memberships.append(read_membership(values))


def create_people(
    session: Session, *, actor: Actor, network: Network, rows: Sequence[ImportRow]
) -> list[int]:
    """New mediators with this network's records of them; invisible until each consents.

    Return the ids of the records in the order of ``rows``, which point to them from now on.
    """
    staged = stage_people(session, actor=actor, network=network, rows=rows)
    show_people(session, network_code=network.code, staged=staged)
    return staged.record_ids


def stage_people(
    session: Session, *, actor: Actor, network: Network, rows: Sequence[ImportRow]
) -> StagedPeople:
    """Women of these rows, whom nobody sees before ``show_people``; the rows point to them.

    Many are written in a few statements, since all other writers wait meanwhile.
    """
    staged = StagedPeople()
    if not rows:
        return staged
    ids = _insert_mediators(session, network, len(rows))
    records = [{"mediator_id": her, "is_shared": False, "created_at": clock.now()} for her in ids]
    returned = insert(Record).returning(Record.id, sort_by_parameter_order=True)
    for her, record_id, row in zip(
        ids, session.scalars(returned, records).all(), rows, strict=True
    ):
        row.record_id, row.outcome = record_id, "new"
        staged.add(her, record_id, row.values)
    people = list(zip(staged.record_ids, rows, strict=True))
    session.execute(insert(Identity), [_identity_columns(i, row) for i, row in people])
    _insert_many(session, Entry, _list_entries(actor, people))
    said = (availability_columns(her, row.values) for her, row in zip(ids, rows, strict=True))
    now = clock.now()
    _insert_many(session, Availability, ({**one, "superseded_at": now} for one in said if one))
    return staged


def show_people(session: Session, *, network_code: str, staged: StagedPeople) -> None:
    """Put staged women on the network's list, all at once, in few and short statements."""
    if not staged.mediator_ids:
        return
    session.flush()
    session.connection().execute(
        insert(_MEMBERSHIP),
        [
            {"mediator_id": her, "network_code": network_code, **_NEW_MEMBERSHIP, **membership}
            for her, membership in zip(staged.mediator_ids, staged.memberships, strict=True)
        ],
    )
    n = session.info["n"]
    for hers in _list_spans(Mediator.id, staged.mediator_ids):
        _update(session, Mediator, hers, state="active")
        told = insert(Change).from_select(
            ["n", "mediator_id"], select(literal(n), Mediator.id).where(hers)
        )
        session.execute(told)
    for hers in _list_spans(Availability.mediator_id, staged.mediator_ids):
        _update(session, Availability, hers, superseded_at=None)
    for own in _list_spans(Record.id, staged.record_ids):
        _update(session, Record, own, network_code=network_code, is_shared=True)


_MEMBERSHIP = Membership.metadata.tables["membership"]
_NEW_MEMBERSHIP = {"version": 1, "accreditation": "draft", "pool": "shared"}
"""What a membership begins with, named outright: defaults that are asked for by row take too long."""


def unstage_people(session: Session, record_ids: Sequence[int]) -> None:
    """Take staged women out of the tables again, and nobody else."""
    hers = select(Record.mediator_id).where(
        Record.id.in_(record_ids), Record.network_code.is_(None)
    )
    session.execute(
        delete(Mediator)
        .where(Mediator.id.in_(hers), Mediator.state == STAGED)
        .execution_options(synchronize_session=False)
    )


def _update(
    session: Session,
    model: type[Mediator | Availability | Record],
    those: ColumnElement[bool],
    **values: Any,
) -> None:
    session.execute(
        update(model).where(those).values(**values),
        execution_options={"synchronize_session": False},
    )


def _list_spans(
    column: InstrumentedAttribute[int], numbers: Iterable[int]
) -> Iterator[ColumnElement[bool]]:
    """Conditions that name exactly these numbers, one for each run of numbers without a gap."""
    placed = enumerate(sorted(numbers))
    for _, run in groupby(placed, key=lambda pair: pair[1] - pair[0]):
        held = [number for _, number in run]
        yield column.between(held[0], held[-1])


def _insert_mediators(session: Session, network: Network, count: int) -> list[int]:
    row = {"time_zone": network.time_zone, "created_at": clock.now(), "state": STAGED}
    statement = insert(Mediator).returning(Mediator.id, sort_by_parameter_order=True)
    return list(session.scalars(statement, [row] * count))


def _insert_many(
    session: Session, model: type[Entry | Availability], rows: Iterable[dict[str, Any]]
) -> None:
    given = list(rows)
    if given:
        session.execute(insert(model), given)


def _identity_columns(record_id: int, row: ImportRow) -> dict[str, Any]:
    identity = read_identity(row.values)
    digest = digest_email(identity["email"])
    return {"record_id": record_id, "email_digest": digest, **identity}


def _list_entries(
    actor: Actor, people: Sequence[tuple[int, ImportRow]]
) -> Iterator[dict[str, Any]]:
    for record_id, row in people:
        for key, value in read_entries(row.values):
            yield {"record_id": record_id, **_entry_columns(actor, row, key, value)}


def _entry_columns(actor: Actor, row: ImportRow, key: EntryKey, value: SaidValue) -> dict[str, Any]:
    return {
        "field": key[0],
        "code": key[1],
        "detail": value[0],
        "sealed": value[1],
        "source": "import",
        "entered_by": actor.account_id,
        "entered_at": clock.now(),
        "import_row_id": row.id,
    }


def availability_columns(mediator_id: int, values: Values) -> dict[str, Any] | None:
    """What the sheet says of her time, as the columns of a statement; None if nothing."""
    said = read_availability(values)
    if said is None:
        return None
    confirmed_at, valid_until = said.lives(clock.now())
    return {
        "mediator_id": mediator_id,
        "status": said.status,
        "window_from": said.window_from,
        "window_to": said.window_to,
        "notice_days": said.notice_days,
        "days_per_month": said.days_per_month,
        "confirmed_at": confirmed_at,
        "confirmed_by": "import",
        "valid_until": valid_until,
    }
