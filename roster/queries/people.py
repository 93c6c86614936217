"""A coordinator's list: her networks' records, searched in memory since names are sealed.

A fixed number of statements with few columns, whatever the number of rows: each sealed name costs
tens of microseconds to open, so only what the page needs is read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session

from matching.terms import normalise
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
from roster.permissions import Actor
from roster.queries.leaving import left_records
from roster.queries.name_search import find_names, list_all_names
from roster.queries.records import Weight, judge_state, standing_consents, visible_to, weigh

NO_NAMES: Mapping[int, str] = MappingProxyType({})
TO_SPEAK = "to_speak"
"""Asked like a state: the women to whom nothing is mailed, whatever their state."""


@dataclass(frozen=True)
class PersonFilter:
    """What a coordinator asks of her list; an empty value asks nothing."""

    text: str = ""
    network: str = ""
    track: str = ""
    theme: str = ""
    language: str = ""
    state: str = ""
    """One of the words of ``judge_state``, or ``to_speak``."""


class ListedPerson(NamedTuple):
    """One row of the list: whose record it is and how fresh her answer is."""

    record_id: int
    mediator_id: int
    network_code: str
    name: str
    state: str
    valid_until: datetime | None
    time_zone: str
    is_spoken_to: bool = False
    """Her channel is her coordinator: nothing is mailed to her."""


@dataclass(frozen=True)
class PeopleList:
    """``people`` meet the filter, who meets the text best first, then by name; counts and ``running_out`` are of the whole list."""

    people: Sequence[ListedPerson]
    total: int
    states: Counter[str]
    running_out: Sequence[ListedPerson]
    """Whose answer runs out soon, the soonest first."""
    languages: Sequence[str]
    """Codes that anybody on the list speaks."""


@dataclass(frozen=True)
class ShownDetails:
    """What a page of the list shows beside the name."""

    original_name: str
    tracks: tuple[str, ...]
    languages: tuple[str, ...]


def list_people(
    session: Session, *, actor: Actor, wanted: PersonFilter, now: datetime
) -> PeopleList:
    """The people of the actor's networks, narrowed by every part of ``wanted``."""
    visible = visible_to(session, actor)
    names = _Names(session, visible, wanted.text)
    everybody = list_states(session, visible, now, names.shown)
    chosen_ids = _meet_codes(session, visible, wanted)
    chosen = [
        person
        for person in everybody
        if (chosen_ids is None or person.record_id in chosen_ids)
        and (not wanted.network or person.network_code == wanted.network)
        and _is_in_state(person, wanted.state)
        and person.record_id in names.found
    ]
    due = [person for person in everybody if person.state == "due"]
    return PeopleList(
        people=sorted(chosen, key=lambda one: (-names.found[one.record_id], normalise(one.name))),
        total=len(everybody),
        states=Counter(person.state for person in everybody),
        running_out=sorted(due, key=lambda person: (person.valid_until or now, person.name)),
        languages=_list_languages(session, visible),
    )


def _is_in_state(person: ListedPerson, state: str) -> bool:
    return person.is_spoken_to if state == TO_SPEAK else state in ("", person.state)


class _Names:
    """Display names by record, and how well the names of a record meet what was asked, 0..1."""

    def __init__(self, session: Session, visible: Select[Record], text: str) -> None:
        searched = (Identity.original_name, Identity.other_names) if text else ()
        rows = session.execute(
            select(Identity.record_id, Identity.display_name, *searched).where(
                Identity.record_id.in_(visible.with_only_columns(Record.id))
            )
        ).all()
        self.shown: dict[int, str] = {row.record_id: row.display_name for row in rows}
        self.found = dict.fromkeys(self.shown, 1.0)
        if text:
            names = {row.record_id: list_all_names(*row[1:]) for row in rows}
            self.found = find_names(names, text)


def list_states(
    session: Session, visible: Select[Record], now: datetime, names: Mapping[int, str] = NO_NAMES
) -> list[ListedPerson]:
    """How fresh the answer of each woman of these records is, with such names as are given."""
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
            name=names.get(record_id, ""),
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


def _meet_codes(session: Session, visible: Select[Record], wanted: PersonFilter) -> set[int] | None:
    """Records that hold every code asked; None where none is asked."""
    asked = (("track", wanted.track), ("theme", wanted.theme), ("language", wanted.language))
    rules = [
        exists().where(Entry.record_id == Record.id, Entry.field == field, Entry.code == code)
        for field, code in asked
        if code
    ]
    if not rules:
        return None
    return set(session.scalars(visible.with_only_columns(Record.id).where(*rules)))


def _list_languages(session: Session, visible: Select[Record]) -> list[str]:
    statement = select(Entry.code).where(
        Entry.field == "language", Entry.record_id.in_(visible.with_only_columns(Record.id))
    )
    return sorted(session.scalars(statement.distinct()))


def get_shown_details(session: Session, record_ids: Iterable[int]) -> dict[int, ShownDetails]:
    """Original names, tracks and languages of the records on one page of the list."""
    ids = sorted(set(record_ids))
    names = session.execute(
        select(Identity.record_id, Identity.original_name).where(Identity.record_id.in_(ids))
    )
    codes: dict[tuple[int, str], list[str]] = {}
    entries = session.execute(
        select(Entry.record_id, Entry.field, Entry.code)
        .where(Entry.record_id.in_(ids), Entry.field.in_(("track", "language")))
        .order_by(Entry.code)
    )
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
