"""Her declaration of interests: what decides a conflict, said by her and good for twelve months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from matching.calendar import add_years
from roster import clock
from roster.errors import NotFound, StaleVersion
from roster.local_days import local_day
from roster.models import Declaration, Mediator, Reminder
from roster.permissions import Actor, Permission, Subject
from roster.services.reminders import stop_reminders
from roster.services.trail import require, trace_mediator
from roster.vocabulary import load_vocabulary

KINDS = (
    "office",
    "party_post",
    "security_service",
    "government_employment",
    "funding",
    "business",
    "kin",
    "public_statement",
    "future_employment",
)
"""What she is asked about (the kinds of ``matching.facts.Interest``)."""


def find_declaration(session: Session, mediator_id: int) -> Declaration | None:
    """What she declared last; None before her first declaration."""
    return session.scalar(select(Declaration).where(Declaration.mediator_id == mediator_id))


def find_last_day(declaration: Declaration) -> date:
    """The last day on her calendar on which it counts: twelve months after she declared.

    From the next day on the engine takes her ties as not declared.
    """
    return add_years(declaration.declared_on, 1)


def list_sides(declaration: Declaration) -> list[str]:
    """The sides that she was asked about by name and that are no country."""
    countries = set(load_vocabulary().codes("country"))
    return sorted(name for name in declaration.covers if name not in countries)


def declare(
    session: Session,
    *,
    actor: Actor,
    mediator_id: int,
    expected_version: int,
    interests: Sequence[dict[str, Any]],
    covers: Iterable[str] | None = None,
) -> Declaration:
    """Take her declaration in place of the last. It is dated today, on her own calendar.

    ``interests`` are dicts with the keys of ``matching.facts.Interest``, dates in ISO 8601.
    ``covers`` are the countries and parties she was asked about; None: the question was put for
    every country. A party that a tie names is covered too. ``expected_version`` is 0 before the
    first declaration.
    """
    require(Permission.EDIT_OWN_PROFILE, actor, Subject(mediator_id=mediator_id))
    mediator = session.get(Mediator, mediator_id)
    if mediator is None:
        raise NotFound
    declaration = find_declaration(session, mediator_id)
    if (declaration.version if declaration else 0) != expected_version:
        held = declaration.interests if declaration else []
        raise StaleVersion({"interests": held}, {"interests": list(interests)})
    if declaration is None:
        declaration = Declaration(mediator_id=mediator_id)
        session.add(declaration)
    declaration.declared_on = local_day(clock.now(), mediator.time_zone)
    parties = {tie["party"] for tie in interests if tie.get("party")}
    asked = load_vocabulary().codes("country") if covers is None else covers
    declaration.covers = sorted({*asked, *parties})
    declaration.interests = list(interests)
    session.flush()
    _forget_reminders(session, mediator_id)
    count = len(declaration.interests)
    trace_mediator(session, actor, mediator_id, "declaration.made", {"interests": count})
    return declaration


def _forget_reminders(session: Session, mediator_id: int) -> None:
    """What is queued is not sent; and since the row stays the same through the years, what was
    said before its last end does not stand in the way of what is said before its next."""
    stop_reminders(session, mediator_id, "declaration")
    session.execute(
        delete(Reminder).where(Reminder.mediator_id == mediator_id, Reminder.about == "declaration")
    )


def repeat_declaration(
    session: Session, *, actor: Actor, mediator_id: int, expected_version: int
) -> Declaration:
    """ "Still right": the same ties and the same sides, dated today. NotFound without a first one.

    The question is put for every country again, so that a country that is new since is covered.
    """
    held = find_declaration(session, mediator_id)
    if held is None:
        raise NotFound
    return declare(
        session,
        actor=actor,
        mediator_id=mediator_id,
        expected_version=expected_version,
        interests=held.interests,
        covers=[*load_vocabulary().codes("country"), *held.covers],
    )
