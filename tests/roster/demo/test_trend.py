"""The demo's past months are invented, say so, and come before the first real count."""

from __future__ import annotations

from datetime import UTC, date, datetime

from roster.db import Database
from roster.demo.people import NETWORKS
from roster.demo.trend import SHARES, add_demo_months
from roster.permissions import Actor
from roster.queries.trend import Month, list_cell_months, list_months
from tests.factories import add_mediator

NORDIC = Actor("account", account_id=1, coordinates=frozenset({"nwm"}))
JANUARY = datetime(2027, 1, 20, 12, tzinfo=UTC)


def test_six_months_before_this_one_are_noted_once_and_marked(database: Database) -> None:
    with database.writing() as session:
        for _ in range(4):
            add_mediator(session, entries=[("track", "II"), ("place", "KEN")])
        session.commit()
    with database.writing() as session:
        noted = [add_demo_months(session, now=JANUARY) for _ in range(2)]
        session.commit()
    assert noted == [2 * len(NETWORKS) * len(SHARES), 0]
    months = [date(2026, month, 1) for month in range(7, 13)]
    expected = [
        Month(day, 4, int(4 * share), is_invented=True)
        for day, share in zip(months, SHARES, strict=True)
    ]
    with database.reading() as session:
        assert list_months(session, actor=NORDIC, network="nwm") == expected
        cell = list_cell_months(session, actor=NORDIC, network="nwm", place="014", track="II")
        assert cell == expected
