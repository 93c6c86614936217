"""What a coordinator needs to know to reach a woman: who is to be spoken to, what did not arrive."""

from __future__ import annotations

from dataclasses import dataclass

from roster.local_days import local_day
from roster.models import Record
from roster.queries.people import get_names
from roster.queries.records import Person, visible_to
from roster.queries.undelivered import Undelivered, list_undelivered
from roster.services.message_choices import get_choice
from roster.web.access import current_actor, reading
from roster.web.coordinators.words import SPEAK_TO_HER
from roster.web.pages import current_wording
from roster.wording.messages import N_

MOST_SHOWN = 20
OURS = frozenset({"unreachable", "no_tls", "protocol"})
"""Codes of failures between us and the first mail server (``mail.delivery``)."""


@dataclass(frozen=True)
class UndeliveredLine:
    """One row of the list: whose record, and what happened when."""

    record_id: int
    name: str
    words: str


def list_reach_notices(person: Person) -> list[str]:
    """On a woman's own page: sentences without an address."""
    wording = current_wording()
    visible = visible_to(reading(), current_actor()).where(Record.id == person.record.id)
    notices = [word_undelivered(one) for one in list_undelivered(reading(), visible)]
    if get_choice(reading(), person.record.mediator_id).channel == "coordinator":
        notices.append(wording.gettext(SPEAK_TO_HER))
    return notices


def list_undelivered_lines() -> list[UndeliveredLine]:
    """For the list: the latest first."""
    found = list_undelivered(reading(), visible_to(reading(), current_actor()))[:MOST_SHOWN]
    names = get_names(reading(), (one.record_id for one in found))
    return [
        UndeliveredLine(one.record_id, names[one.record_id], word_undelivered(one)) for one in found
    ]


def word_undelivered(one: Undelivered) -> str:
    """When it was, and the code that a mail server or ours gave; her address is not always at fault."""
    wording = current_wording()
    if one.code in OURS:
        sentence = N_("A message could not be sent on %(day)s (%(code)s): our mail did not leave.")
    else:
        sentence = N_(
            "A message could not be delivered on %(day)s (%(code)s): her address needs a look."
        )
    day = wording.date(local_day(one.at, "UTC"))
    return wording.gettext(sentence, day=day, code=wording.isolate(one.code))
