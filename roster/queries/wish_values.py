"""By which values the women of a list meet, or no longer meet, what is asked of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.models import Entry, Mediator, Membership, Record
from roster.queries.person_filter import (
    FIELDS,
    LAPSED,
    PersonFilter,
    list_levels,
    roll_down,
    split_codes,
)
from roster.queries.whole_lists import WholeList

Held = Mapping[int, Sequence[str]]
"""By record, the values of one wish."""


def read_values(
    session: Session, whole: WholeList, wanted: PersonFilter, today: date
) -> Callable[[int], dict[str, list[str]]]:
    """Return what tells of a record, by wish, the values that meet it or stand in its place.

    Of wishes for codes those of the codes asked that she has; of a level, a state, an accreditation
    and a class the one that she is at. Words typed and the network say nothing of her. One statement
    for each wish.
    """
    held: dict[str, Held] = {}
    for wish, field in FIELDS.items():
        codes = split_codes(getattr(wanted, wish))
        if codes:
            held[wish] = _list_codes(session, whole, field, roll_down(field, codes))
    if wanted.level:
        spoken = list_levels(session, split_codes(wanted.language))
        held["level"] = _spread(whole, {one: [level] for one, level in spoken.items()})
    if wanted.accreditation:
        held["accreditation"] = _list_accreditations(session, whole, today)
    if wanted.state:
        held["state"] = {one.record_id: [one.state] for one in whole.people}
    if wanted.safety:
        held["safety"] = _list_classes(session, whole)

    def tell(record_id: int) -> dict[str, list[str]]:
        return {wish: list(values.get(record_id, ())) for wish, values in held.items()}

    return tell


def _list_codes(session: Session, whole: WholeList, field: str, codes: Iterable[str]) -> Held:
    rows = session.execute(
        select(Entry.record_id, Entry.code).where(
            Entry.field == field, Entry.code.in_(sorted(codes))
        )
    )
    said: dict[int, list[str]] = defaultdict(list)
    for record_id, code in rows:
        said[record_id].append(code)
    return _spread(whole, said)


def _spread(whole: WholeList, said: Held) -> dict[int, list[str]]:
    """By record of the list, with what its woman says in a record of her own that she shares."""
    own = whole.own
    return {
        one.record_id: sorted({
            *said.get(one.record_id, ()), *said.get(own.get(one.mediator_id, 0), ())
        })
        for one in whole.people
    }  # fmt: skip


def _list_accreditations(session: Session, whole: WholeList, today: date) -> Held:
    rows = session.execute(
        select(
            Membership.mediator_id,
            Membership.network_code,
            Membership.accreditation,
            Membership.lapses_on,
        ).where(Membership.network_code.in_({one.network_code for one in whole.people}))
    )
    states = {
        (her, network): LAPSED
        if state == "accredited" and lapses_on is not None and lapses_on <= today
        else state
        for her, network, state, lapses_on in rows
    }
    return {
        one.record_id: [states[key]]
        for one in whole.people
        if (key := (one.mediator_id, one.network_code)) in states
    }


def _list_classes(session: Session, whole: WholeList) -> Held:
    networks = {one.network_code for one in whole.people}
    rows = session.execute(
        select(Record.id, Mediator.safety_class)
        .join(Mediator)
        .where(Record.network_code.in_(networks))
    )
    return {record_id: [str(number)] for record_id, number in rows}
