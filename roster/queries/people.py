"""The women of a coordinator's records, each with how fresh her answer is, and what a row shows.

A fixed number of statements with few columns, whatever the number of rows: each sealed name costs
tens of microseconds to open, so only what the page needs is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session, aliased

from roster.models import (
    Availability,
    Consent,
    Entry,
    Identity,
    Link,
    Mediator,
    MessageChoice,
    Record,
)
from roster.queries.leaving import left_records
from roster.queries.records import Weight, judge_state, standing_consents, weigh


class ListedPerson(NamedTuple):
    """One row of the list: whose record it is and how fresh her answer is."""

    record_id: int
    mediator_id: int
    network_code: str
    state: str
    valid_until: datetime | None
    time_zone: str
    is_spoken_to: bool = False
    """Her channel is her coordinator: nothing is mailed to her."""
    name: str = ""


@dataclass(frozen=True)
class ShownDetails:
    """What a page of the list shows beside the name."""

    original_name: str
    tracks: tuple[str, ...]
    languages: tuple[str, ...]


def list_states(session: Session, visible: Select[Record], now: datetime) -> list[ListedPerson]:
    """How fresh the answer of each woman of these records is; without names."""
    columns = (Record.id, Record.mediator_id, Record.network_code)
    records = session.execute(
        visible.join(Mediator).with_only_columns(
            *columns, Mediator.is_hidden, Mediator.state, Mediator.time_zone
        )
    )
    spoken_to = set(
        session.scalars(
            select(MessageChoice.mediator_id).where(MessageChoice.channel == "coordinator")
        )
    )
    members = visible.with_only_columns(Record.mediator_id)
    ends = _list_ends(session, members, now)
    consenting = set(
        session.scalars(
            standing_consents(now)
            .with_only_columns(Consent.mediator_id)
            .where(Consent.purpose == "matching", Consent.mediator_id.in_(members))
        )
    )
    invitations = select(Link.mediator_id).where(Link.purpose == "invitation")
    invited = set(session.scalars(invitations.where(Link.mediator_id.in_(members))))
    return [
        ListedPerson(
            record_id=record_id,
            mediator_id=her,
            network_code=code or "",
            state=judge_state(
                is_visible=state == "active" and not is_hidden,
                may_be_matched=her in consenting,
                was_invited=her in invited,
                valid_until=ends.get(her),
                now=now,
            ),
            valid_until=ends.get(her),
            time_zone=zone,
            is_spoken_to=her in spoken_to,
        )
        for record_id, her, code, is_hidden, state, zone in records
    ]


def _list_ends(session: Session, members: Select[int], now: datetime) -> dict[int, datetime]:
    """When the statement that stands ends, per mediator; what only a list says is none."""
    rows = session.execute(
        select(
            Availability.mediator_id,
            Availability.confirmed_by,
            Availability.valid_until,
            Availability.confirmed_at,
        ).where(
            Availability.superseded_at.is_(None),
            Availability.confirmed_by != "import",
            Availability.mediator_id.in_(members),
        )
    )
    standing: dict[int, tuple[Weight, datetime]] = {}
    for her, confirmed_by, valid_until, confirmed_at in rows:
        weight = weigh(confirmed_by, valid_until, confirmed_at, now)
        if her not in standing or weight > standing[her][0]:
            standing[her] = (weight, valid_until)
    return {her: valid_until for her, (_, valid_until) in standing.items()}


def get_shown_details(session: Session, record_ids: Iterable[int]) -> dict[int, ShownDetails]:
    """Original names, tracks and languages of the records on one page of the list.

    What the woman says herself stands with what the network says, where she shares it.
    """
    ids = sorted(set(record_ids))
    names = session.execute(
        select(Identity.record_id, Identity.original_name).where(Identity.record_id.in_(ids))
    )
    said = aliased(Record)
    is_own = and_(said.network_code.is_(None), said.is_shared)
    entries = session.execute(
        select(Record.id, Entry.field, Entry.code)
        .join(said, said.mediator_id == Record.mediator_id)
        .join(Entry, Entry.record_id == said.id)
        .where(
            Record.id.in_(ids),
            or_(said.id == Record.id, is_own),
            Entry.field.in_(("track", "language")),
        )
        .order_by(Entry.code)
        .distinct()
    )
    codes: dict[tuple[int, str], list[str]] = {}
    for record_id, field, code in entries:
        codes.setdefault((record_id, field), []).append(code)
    return {
        record_id: ShownDetails(
            original_name=original or "",
            tracks=tuple(codes.get((record_id, "track"), ())),
            languages=tuple(codes.get((record_id, "language"), ())),
        )
        for record_id, original in names
    }


def get_names(session: Session, record_ids: Iterable[int]) -> dict[int, str]:
    """Display names of records that the caller has been allowed to see; of none that is leaving."""
    rows = session.execute(
        select(Identity.record_id, Identity.display_name).where(
            Identity.record_id.in_(sorted(set(record_ids))),
            Identity.record_id.not_in(left_records()),
        )
    )
    return dict(rows.all())
