"""Searches that a coordinator keeps: whom each finds now, and what changed since she last looked.

What is kept of a woman is the number of her record, when it was made (a number may stand for
another record one day), and by which values she fitted. No name is kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster.encryption import keyring
from roster.errors import NotFound
from roster.models import Record, SavedSearch
from roster.permissions import Actor, Subject
from roster.queries.people import ListedPerson
from roster.queries.people_list import list_people
from roster.queries.person_filter import PersonFilter
from roster.queries.records import visible_networks
from roster.queries.whole_lists import WholeList, WholeLists
from roster.queries.wish_values import read_values

GONE = "gone"
"""Beside the records: how many of those found were erased since she last looked."""

Values = Mapping[str, Sequence[str]]
"""By wish, the values by which a woman meets it."""
Found = Mapping[str, Any]
"""By record number: when it was made, and its ``Values``; and ``GONE``."""


@dataclass(frozen=True)
class Entered:
    """One who was not found when she last looked, with the values by which she fits."""

    person: ListedPerson
    is_new: bool
    """Her record was made since."""
    values: Values


@dataclass(frozen=True)
class Left:
    """One who was found and is not any more: what differs, by wish, before and now."""

    person: ListedPerson
    reasons: Mapping[str, tuple[Sequence[str], Sequence[str]]]


@dataclass(frozen=True)
class Changes:
    """``gone`` more were found before, whom this account may not see any more."""

    found: Found
    people: Sequence[ListedPerson]
    """All whom it finds now, in the order of the list."""
    entered: Sequence[Entered]
    left: Sequence[Left]
    gone: int

    @property
    def digest(self) -> str:
        """Stands for exactly these values of exactly these women."""
        return keyring().seal(json.dumps(self.found, sort_keys=True))


def search_subject(session: Session, search_id: int) -> Subject:
    """Whose search it is and of which network; ``NotFound`` where there is none."""
    row = session.get(SavedSearch, search_id)
    if row is None:
        raise NotFound
    return Subject(network_code=row.network_code, account_id=row.account_id)


def list_searches(session: Session, actor: Actor) -> list[SavedSearch]:
    """The actor's own, of networks that she still coordinates; in the order they were made."""
    rows = session.scalars(
        select(SavedSearch)
        .where(
            SavedSearch.account_id == actor.account_id,
            SavedSearch.network_code.in_(visible_networks(session, actor)),
        )
        .order_by(SavedSearch.id)
    )
    return list(rows)


def read_criteria(search: SavedSearch) -> PersonFilter:
    """What is asked, always of the one network whose list it is."""
    return PersonFilter(**{**search.criteria, "network": search.network_code})


def find_people(
    session: Session,
    *,
    actor: Actor,
    wanted: PersonFilter,
    now: datetime,
    lists: WholeLists | None = None,
) -> Found:
    """Whom the wishes find now, as it is kept."""
    return _look(session, actor, wanted, now, lists or WholeLists()).found


@dataclass(frozen=True)
class _Look:
    whole: WholeList
    people: Sequence[ListedPerson]
    made: Mapping[int, str]
    values: Callable[[int], Values]
    found: Found


def _look(
    session: Session, actor: Actor, wanted: PersonFilter, now: datetime, lists: WholeLists
) -> _Look:
    people = list_people(session, actor=actor, wanted=wanted, now=now, lists=lists).people
    whole = lists.get(session, actor=actor, now=now)
    values = read_values(session, whole, wanted, now.date())
    made = _list_made(session, wanted.network)
    found = {
        str(one.record_id): [made[one.record_id], values(one.record_id)]
        for one in people
        if one.record_id in made
    }
    return _Look(whole, people, made, values, found)


def _list_made(session: Session, network_code: str) -> dict[int, str]:
    rows = session.execute(
        select(Record.id, Record.created_at).where(Record.network_code == network_code)
    )
    return {number: made.isoformat() for number, made in rows}


def find_changes(
    session: Session,
    *,
    actor: Actor,
    search: SavedSearch,
    now: datetime,
    lists: WholeLists | None = None,
) -> Changes:
    """Who entered and who left since she last looked, and by which values. Nothing is changed."""
    look = _look(session, actor, read_criteria(search), now, lists or WholeLists())
    before = {number: said for number, said in search.found.items() if number != GONE}
    is_known = _make_check(before, look.made)
    left, gone = _list_left(look, before, {str(one.record_id) for one in look.people}, is_known)
    return Changes(
        found=look.found,
        people=look.people,
        entered=[
            Entered(
                one,
                look.made.get(one.record_id, "") >= search.looked_at.isoformat(),
                look.values(one.record_id),
            )
            for one in look.people
            if not is_known(str(one.record_id))
        ],
        left=left,
        gone=gone + int(search.found.get(GONE, 0)),
    )


def _make_check(before: Found, made: Mapping[int, str]) -> Callable[[str], bool]:
    """Whether a record was found before: the same number, and made at the same instant."""
    return lambda number: number in before and before[number][0] == made.get(int(number))


def _list_left(
    look: _Look, before: Found, found: Collection[str], is_known: Callable[[str], bool]
) -> tuple[list[Left], int]:
    """Those who were found before, in the order of the list; and how many may not be seen now."""
    missing = {number for number in before if number not in found or not is_known(number)}
    network = {number for number in missing if is_known(number)}
    left = [
        Left(one, _compare(before[str(one.record_id)][1], look.values(one.record_id)))
        for one in look.whole.people
        if str(one.record_id) in network
    ]
    return left, len(missing) - len(left)


def _compare(before: Values, now: Values) -> dict[str, tuple[Sequence[str], Sequence[str]]]:
    """The wishes whose values differ; all codes that are still there are left out."""
    return {
        wish: (values, now.get(wish, ()))
        for wish, values in before.items()
        if list(values) != list(now.get(wish, ()))
    }


def forget_in(found: Found, record_ids: Iterable[int]) -> dict[str, Any] | None:
    """What is kept without these records, which count as gone; None where none of them is there."""
    numbers = {str(one) for one in record_ids} & set(found)
    if not numbers:
        return None
    kept = {number: said for number, said in found.items() if number not in numbers}
    return {**kept, GONE: int(found.get(GONE, 0)) + len(numbers)}
