"""What the engine will say of a woman's time in the coming year, on her own calendar."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from matching import Span, look_ahead
from roster.facts.load import load_mediators
from roster.local_days import local_day, start_of_day
from roster.models import Availability
from roster.vocabulary import load_vocabulary

DAYS = 365
"""How far ahead is looked: her consents are asked for again after as long."""


def load_outlook(
    session: Session, *, mediator_id: int, time_zone: str, now: datetime
) -> tuple[Span, ...]:
    """What is said of her on each of the coming days, today first; () where she is not known.

    Where her own statement ends before her coordinator's, that one counts from then on, as it does
    in the engine's columns.
    """
    days = list_days(now, time_zone, DAYS)
    spans: tuple[Span, ...] = ()
    turns = _list_turns(session, mediator_id, days)
    for begin, end in zip(turns, [*turns[1:], len(days)], strict=True):
        part = days[begin:end]
        for facts in load_mediators(session, ids=[mediator_id], now=part[0][1]):
            spans = look_ahead(facts, load_vocabulary(), part, spans)
    return spans


def list_days(now: datetime, time_zone: str, count: int) -> list[tuple[date, datetime]]:
    """Her coming days, each with its first instant; today with the present one."""
    today = local_day(now, time_zone)
    coming = (today + timedelta(days=number) for number in range(1, count))
    return [(today, now), *((day, start_of_day(day, time_zone)) for day in coming)]


def _list_turns(session: Session, mediator_id: int, days: list[tuple[date, datetime]]) -> list[int]:
    """Places in ``days`` of today and of each day on which another statement takes over.

    Where the last of them has ended nothing follows, which its own facts say.
    """
    ends = session.scalars(
        select(Availability.valid_until).where(
            Availability.mediator_id == mediator_id,
            Availability.superseded_at.is_(None),
            Availability.confirmed_by != "import",
        )
    )
    followed = sorted(ends)[:-1]
    places = {0, *(bisect_left(days, end, key=lambda one: one[1]) for end in followed)}
    return sorted(place for place in places if place < len(days))
