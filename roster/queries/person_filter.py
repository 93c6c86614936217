"""What a coordinator asks of her list, and which records hold it.

A record holds what it says itself and what the woman's own record says where she shares it: no
word of another network finds anybody here.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import ColumnElement, String, and_, cast, select
from sqlalchemy.orm import Session

from roster.models import Entry, Mediator, Membership, Record
from roster.queries.whole_lists import WholeList
from roster.vocabulary import load_vocabulary
from roster.vocabulary.scales import LEVEL_FLOORS
from roster.vocabulary.used_codes import list_read_as

TO_SPEAK = "to_speak"
"""Asked like a state: the women to whom nothing is mailed, whatever their state."""
NOT_FRESH = "not_fresh"
"""Asked like a state: no answer of her own, or one that has run out; not who hides."""
WITHOUT_ANSWER = frozenset({"uninvited", "waiting", "none", "expired"})
LAPSED = "lapsed"
"""Asked like a state of accreditation: accredited, and its last day is over."""
FIELDS = {
    "track": "track",
    "role": "role_held",
    "theme": "theme",
    "language": "language",
    "place": "place",
}
"""Wishes about codes, and the field of a record that meets them."""
SEVERAL = ","
"""Between codes of which any one will do."""


@dataclass(frozen=True)
class PersonFilter:
    """What is asked of a list; an empty value asks nothing.

    Of a theme, track, role, place or language several codes may stand side by side: any will do.
    """

    text: str = ""
    network: str = ""
    track: str = ""
    role: str = ""
    theme: str = ""
    language: str = ""
    level: str = ""
    """The least level at which she speaks the language."""
    place: str = ""
    """Country or region worked in; of a region each country of it."""
    accreditation: str = ""
    """Her state in the record's network, or ``LAPSED``."""
    state: str = ""
    """One of the words of ``judge_state``, ``TO_SPEAK`` or ``NOT_FRESH``."""
    safety: str = ""
    """Her safety class, which coordinators of her networks see."""


WISHES = tuple(one.name for one in fields(PersonFilter))
"""What narrows a list, as addresses and kept searches name it."""


def split_codes(wish: str) -> tuple[str, ...]:
    """The codes of which any one will do."""
    return tuple(filter(None, wish.split(SEVERAL)))


def roll_down(field: str, codes: Iterable[str]) -> frozenset[str]:
    """What a record may say that meets the codes: of a region each region and country of it.

    Of a term also every term that is read as it.
    """
    vocabulary = load_vocabulary()
    found = {read for code in codes for read in list_read_as(field, code)}
    if field == "place":
        regions = [code for code in found if vocabulary.has("region", code)]
        found.update(below for code in regions for below in vocabulary.descendants("region", code))
    return frozenset(found)


def find_records(
    session: Session, whole: WholeList, wanted: PersonFilter, today: date
) -> set[int] | None:
    """Ids of the records of the list that hold every code asked; None where none is asked.

    ``today`` decides what has lapsed. One statement for each wish.
    """
    found = [find_holders(session, whole, field, codes) for field, codes in _list_asked(wanted)]
    if wanted.level:
        found.append(_find_speakers(session, whole, wanted))
    if wanted.accreditation:
        found.append(_find_accredited(session, wanted.accreditation, today))
    if wanted.safety:
        found.append(_find_in_class(session, int(wanted.safety)))
    return set.intersection(*found) if found else None


def _list_asked(wanted: PersonFilter) -> Iterator[tuple[str, frozenset[str]]]:
    for wish, field in FIELDS.items():
        codes = split_codes(getattr(wanted, wish))
        if codes:
            yield field, roll_down(field, codes)


def find_holders(session: Session, whole: WholeList, field: str, codes: Iterable[str]) -> set[int]:
    """Records of the list that name one of the codes, or whose woman shares a record that does."""
    said = Entry.field == field, Entry.code.in_(sorted(codes))
    return _spread(whole, set(session.scalars(select(Entry.record_id).where(*said))))


def _spread(whole: WholeList, said: Container[int]) -> set[int]:
    """The records of the list that say it themselves, or whose woman does in one that she shares."""
    own = whole.own
    return {
        person.record_id
        for person in whole.people
        if person.record_id in said or own.get(person.mediator_id) in said
    }


def _find_speakers(session: Session, whole: WholeList, wanted: PersonFilter) -> set[int]:
    floor = LEVEL_FLOORS[wanted.level]
    levels = list_levels(session, split_codes(wanted.language))
    return _spread(whole, {one for one, level in levels.items() if LEVEL_FLOORS[level] >= floor})


def list_levels(session: Session, languages: Collection[str]) -> dict[int, str]:
    """By record the highest level at which one of the languages is spoken; none without a level."""
    rows = session.execute(
        select(Entry.record_id, cast(Entry.detail, String)).where(
            Entry.field == "language", Entry.code.in_(sorted(languages))
        )
    ).all()
    # a few different details stand in very many rows: each is read once
    levels = {detail: _read_level(detail) for detail in {row[1] for row in rows}}
    found: dict[int, str] = {}
    for record_id, detail in rows:
        level = levels[detail]
        if level and LEVEL_FLOORS[level] > LEVEL_FLOORS.get(found.get(record_id, ""), 0):
            found[record_id] = level
    return found


def _read_level(detail: str) -> str | None:
    values = json.loads(detail)
    level = values.get("speaking", values.get("level"))
    return level if level in LEVEL_FLOORS else None


def _find_accredited(session: Session, state: str, today: date) -> set[int]:
    has_lapsed = and_(Membership.lapses_on.is_not(None), Membership.lapses_on <= today)
    rule: ColumnElement[bool] = Membership.accreditation == state
    if state in (LAPSED, "accredited"):
        rule = and_(
            Membership.accreditation == "accredited", has_lapsed if state == LAPSED else ~has_lapsed
        )
    here = and_(
        Membership.mediator_id == Record.mediator_id,
        Membership.network_code == Record.network_code,
    )
    return set(session.scalars(select(Record.id).join(Membership, here).where(rule)))


def _find_in_class(session: Session, safety_class: int) -> set[int]:
    return set(
        session.scalars(
            select(Record.id).join(Mediator).where(Mediator.safety_class == safety_class)
        )
    )
