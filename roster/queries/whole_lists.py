"""The whole list of some networks as it stands, remembered until something could have changed it.

Every change leaves an event in the trail in its own transaction, and all writers queue for their
numbers. So a list is good as long as the trail has not grown, and until the next instant at which
an answer or a consent begins, runs out or comes near its end. Who may see it is asked anew each time.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from roster.models import AuditEvent, Change, Consent, Entry, Record
from roster.permissions import Actor
from roster.queries.opened_names import KEPT, HerNames, OpenedNames
from roster.queries.people import ListedPerson, list_states
from roster.queries.records import DUE_DAYS, visible_networks, visible_to

OFFERED = ("language", "place")
"""Fields whose codes are too many to offer: offered are those that anybody on the list names."""
MOST_LISTS = 16
"""Lists remembered: one for each choice of networks that somebody coordinates."""

Mark = tuple[int, int]
"""The newest event of the trail, and the newest line of change."""


@dataclass(frozen=True)
class WholeList:
    """Everybody on the list, by name; all else is theirs."""

    people: Sequence[ListedPerson]
    names: Mapping[int, HerNames]
    own: Mapping[int, int]
    """By mediator her own record, where she shares it."""
    codes: Mapping[str, Sequence[str]]
    """Of the ``OFFERED`` fields."""
    states: Counter[str]
    running_out: Sequence[ListedPerson]
    """Whose answer runs out soon, the soonest first."""


@dataclass(frozen=True)
class _Remembered:
    mark: Mark
    made_at: datetime
    good_until: datetime
    whole: WholeList


class WholeLists:
    """One per process, or one for a single look. Safe in several threads."""

    def __init__(self) -> None:
        self.opened = OpenedNames()
        self._lists: OrderedDict[tuple[str, ...], _Remembered] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, session: Session, *, actor: Actor, now: datetime) -> WholeList:
        """The list of the actor's networks as the session sees it at ``now``."""
        networks, mark = visible_networks(session, actor), _read_mark(session)
        with self._lock:
            known = self._lists.get(networks)
        if known and known.mark == mark and known.made_at <= now < known.good_until:
            return known.whole
        visible = visible_to(session, actor)
        whole = _make(session, visible, self.opened, now)
        until = min([now + KEPT, *_list_turns(session, visible, whole.people, now)])
        with self._lock:
            self._lists[networks] = _Remembered(mark, now, until, whole)
            self._lists.move_to_end(networks)
            while len(self._lists) > MOST_LISTS:
                self._lists.popitem(last=False)
        return whole


def _read_mark(session: Session) -> Mark:
    row = session.execute(
        select(
            select(func.max(AuditEvent.id)).scalar_subquery(),
            select(func.max(Change.id)).scalar_subquery(),
        )
    ).one()
    return row[0] or 0, row[1] or 0


def _make(
    session: Session, visible: Select[Record], opened: OpenedNames, now: datetime
) -> WholeList:
    names = opened.read(session, visible, now=now)
    people = [
        person._replace(name=names[person.record_id].shown)
        for person in list_states(session, visible, now)
        if person.record_id in names
    ]
    people.sort(key=lambda person: names[person.record_id].order)
    due = [person for person in people if person.state == "due"]
    return WholeList(
        people=people,
        names=names,
        own=_list_own(session, visible),
        codes=_list_codes(session, visible),
        states=Counter(person.state for person in people),
        running_out=sorted(due, key=lambda person: (person.valid_until or now, person.name)),
    )


def _list_own(session: Session, visible: Select[Record]) -> dict[int, int]:
    rows = session.execute(
        select(Record.mediator_id, Record.id).where(
            Record.network_code.is_(None),
            Record.is_shared,
            Record.mediator_id.in_(visible.with_only_columns(Record.mediator_id)),
        )
    )
    return dict(rows.all())


def _list_codes(session: Session, visible: Select[Record]) -> dict[str, list[str]]:
    statement = select(Entry.field, Entry.code).where(
        Entry.field.in_(OFFERED), Entry.record_id.in_(visible.with_only_columns(Record.id))
    )
    found: dict[str, list[str]] = {field: [] for field in OFFERED}
    for field, code in session.execute(statement.distinct()):
        found[field].append(code)
    return {field: sorted(codes) for field, codes in found.items()}


def _list_turns(
    session: Session, visible: Select[Record], people: Iterable[ListedPerson], now: datetime
) -> list[datetime]:
    """Instants after ``now`` at which a woman of the list passes from one state to another."""
    ends = {person.valid_until for person in people if person.valid_until}
    near = timedelta(days=DUE_DAYS)
    turns = [turn for end in ends for turn in (end - near, end) if turn > now]
    hers = Consent.mediator_id.in_(visible.with_only_columns(Record.mediator_id))
    for column in (Consent.valid_until, Consent.given_at):
        turn = session.scalar(
            select(func.min(column)).where(column > now, Consent.purpose == "matching", hers)
        )
        turns += [turn] if turn else []
    return turns
