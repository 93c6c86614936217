"""A coordinator's list: her networks' records, narrowed by what she asks, searched in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from roster.permissions import Actor
from roster.queries.name_search import find_names, hold_words
from roster.queries.opened_names import SearchedNames
from roster.queries.people import ListedPerson
from roster.queries.person_filter import (
    NOT_FRESH,
    TO_SPEAK,
    WITHOUT_ANSWER,
    PersonFilter,
    find_records,
)
from roster.queries.term_search import Phrase, ReadText, meet_phrases, read_text
from roster.queries.whole_lists import WholeList, WholeLists

BY_TERM = 0.9
"""How well a term meets a text: after a name that holds it as it is typed, before a slip."""


@dataclass(frozen=True)
class PeopleList:
    """``people`` meet the filter, who meets the text best first, then by name; all else is of the
    whole list."""

    people: Sequence[ListedPerson]
    total: int
    states: Counter[str]
    running_out: Sequence[ListedPerson]
    """Whose answer runs out soon, the soonest first."""
    languages: Sequence[str]
    """Codes that anybody on the list speaks."""
    places: Sequence[str]
    """Countries and regions that anybody on the list has worked in."""
    read_as: Sequence[Phrase] = ()
    """What of the text was read as terms of the vocabulary."""


def list_people(
    session: Session,
    *,
    actor: Actor,
    wanted: PersonFilter,
    now: datetime,
    lists: WholeLists | None = None,
) -> PeopleList:
    """The people of the actor's networks, narrowed by every part of ``wanted``.

    ``lists``: what this process remembers of whole lists.
    """
    lists = lists or WholeLists()
    whole = lists.get(session, actor=actor, now=now)
    held = find_records(session, whole, wanted, now.date())
    chosen = [
        person
        for person in whole.people
        if (held is None or person.record_id in held)
        and (not wanted.network or person.network_code == wanted.network)
        and is_in_state(person, wanted.state)
    ]
    read = read_text(wanted.text)
    if wanted.text:
        met = _meet_text(session, lists.opened.search(whole.names), whole, wanted.text, read)
        chosen = [person for person in chosen if person.record_id in met]
        chosen.sort(key=lambda person: -met[person.record_id])  # by name they stand already
    return PeopleList(
        people=chosen,
        total=len(whole.people),
        states=whole.states,
        running_out=whole.running_out,
        languages=whole.codes["language"],
        places=whole.codes["place"],
        read_as=read.phrases,
    )


def is_in_state(person: ListedPerson, state: str) -> bool:
    """Whether a woman is among those that the wish for a state asks; an empty one asks nothing."""
    if state == TO_SPEAK:
        return person.is_spoken_to
    return person.state in WITHOUT_ANSWER if state == NOT_FRESH else state in ("", person.state)


def _meet_text(
    session: Session, searched: SearchedNames, whole: WholeList, text: str, read: ReadText
) -> dict[int, float]:
    """By record, how well it meets the text: by her names, or by its terms and her names the rest.

    Words that are terms are not taken for slips in a name.
    """
    if not read.phrases:
        return find_names(searched, text)
    met = dict.fromkeys(hold_words(searched, text), 1.0)
    named = find_names(searched, read.rest) if read.rest else whole.names
    for record_id in meet_phrases(session, whole, read.phrases):
        if record_id in named:
            met.setdefault(record_id, BY_TERM)
    return met
