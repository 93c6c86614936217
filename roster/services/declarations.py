"""Her declaration of interests: what decides a conflict, said by her and good for twelve months."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.errors import NotFound, StaleVersion
from roster.local_days import local_day
from roster.models import Declaration, Mediator
from roster.permissions import Actor, Permission, Subject
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
    every country. ``expected_version`` is 0 before the first declaration.
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
    declaration.covers = sorted(load_vocabulary().codes("country") if covers is None else covers)
    declaration.interests = list(interests)
    session.flush()
    count = len(declaration.interests)
    trace_mediator(session, actor, mediator_id, "declaration.made", {"interests": count})
    return declaration
