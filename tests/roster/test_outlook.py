"""The picture of her coming year: her days, her clock, and whatever the engine would say then."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from matching import Post, Request, answer
from roster import clock
from roster.db import Database
from roster.facts import load_outlook
from roster.local_days import end_of_day, local_day, start_of_day
from roster.models import Mediator
from roster.roster_index import RosterIndex
from roster.vocabulary import load_vocabulary
from tests import factories

ZONES = (
    "UTC", "Europe/Oslo", "America/New_York", "Africa/Cairo", "Australia/Sydney", "Asia/Kathmandu",
    "Pacific/Apia",
)  # fmt: skip
"""Both clock changes of five zones fall into any year; two zones have none and odd offsets."""


def add_woman(session: Session, zone: str = "UTC", **columns: Any) -> Mediator:
    return factories.add_mediator(session, availability=False, time_zone=zone, **columns)


def tell(session: Session, woman: Mediator) -> list[tuple[int, int, str, str]]:
    """First and last day counted from her today, the gate and its code."""
    now = clock.now()
    today = local_day(now, woman.time_zone)
    spans = load_outlook(session, mediator_id=woman.id, time_zone=woman.time_zone, now=now)
    return [
        (
            (span.first - today).days,
            (span.last - today).days,
            span.evidence.criterion,
            span.evidence.code,
        )
        for span in spans
    ]


@pytest.mark.parametrize("zone", ZONES)
def test_her_answer_and_her_pause_end_with_her_own_days(database: Database, zone: str) -> None:
    with database.writing() as session:
        woman = add_woman(session, zone)
        other = add_woman(session, zone)
        factories.add_availability(session, other, status="unavailable")
        today = local_day(clock.now(), zone)
        woman.paused_until = end_of_day(today + timedelta(days=10), zone)
        ends = end_of_day(today + timedelta(days=200), zone)
        factories.add_availability(
            session, woman, valid_until=ends, window_to=today + timedelta(days=150)
        )

        assert tell(session, woman) == [
            (0, 10, "pause", "P4"),
            (11, 150, "freshness", ""),
            (151, 200, "window", "A2"),
            (201, 364, "freshness", "A1"),
        ]


def test_her_coordinators_word_counts_from_the_day_on_which_hers_has_ended(
    database: Database,
) -> None:
    now = clock.now()
    today = now.date()
    with database.writing() as session:
        woman = add_woman(session)
        factories.add_availability(
            session, woman, valid_until=end_of_day(today + timedelta(days=4), "UTC")
        )
        factories.add_availability(
            session,
            woman,
            confirmed_by="coordinator",
            status="unavailable",
            valid_until=end_of_day(today + timedelta(days=29), "UTC"),
        )

        assert tell(session, woman) == [
            (0, 4, "freshness", ""),
            (5, 29, "window", "A2"),
            (30, 364, "freshness", "A1"),
        ]


def test_a_list_says_nothing_and_a_stranger_has_no_picture(database: Database) -> None:
    with database.writing() as session:
        woman = add_woman(session)
        factories.add_availability(session, woman, confirmed_by="import")

        assert tell(session, woman) == [(0, 364, "freshness", "A1")]
        assert load_outlook(session, mediator_id=0, time_zone="UTC", now=clock.now()) == ()


@pytest.mark.parametrize("zone", ["Europe/Oslo", "Pacific/Apia"])
def test_the_picture_is_what_the_columns_answer_on_that_day(database: Database, zone: str) -> None:
    now = clock.now()
    today = local_day(now, zone)
    with database.writing() as session:
        woman = add_woman(session, zone)
        woman.paused_until = end_of_day(today + timedelta(days=3), zone)
        for confirmed_by, status, days in (
            ("self", "partly", 8),
            ("coordinator", "available", 30),
            ("import", "available", 300),
        ):
            factories.add_availability(
                session,
                woman,
                status=status,
                confirmed_by=confirmed_by,
                valid_until=now + timedelta(days=days),
                window_to=today + timedelta(days=24),
            )
        session.commit()
    with database.reading() as session:
        spans = load_outlook(session, mediator_id=woman.id, time_zone=zone, now=now)
        edges = {day for span in spans for day in (span.first, span.last)}
        for day in sorted(edges):
            asked_at = now if day == today else start_of_day(day, zone)
            span = next(one for one in spans if one.first <= day <= one.last)
            assert ask(session, woman.id, day, asked_at) == (
                [span.evidence.code] if span.evidence.code else []
            )


def ask(session: Session, mediator_id: int, day: date, asked_at: datetime) -> list[str]:
    """The first thing that the engine holds against her, asked then for work on that day."""
    columns = RosterIndex(load_vocabulary()).current(session, now=asked_at)
    request = Request("R-1", day, day, (Post("p1"),))
    found = answer(columns, request, asked_at)
    return [one.code for one in found.reasons(mediator_id)[:1]]


def test_one_woman_costs_the_same_number_of_queries_however_many_there_are(
    database: Database,
) -> None:
    with database.writing() as session:
        women = [add_woman(session) for _ in range(3)]
        for woman in women:
            factories.add_availability(session, woman)
        session.commit()
    seen: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    with database.reading() as session:
        load_outlook(session, mediator_id=women[0].id, time_zone="UTC", now=clock.now())

    assert len([one for one in seen if one.lstrip().startswith("SELECT")]) == 1 + 9
