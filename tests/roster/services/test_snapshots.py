"""Once a month each network's fresh answers are counted, and only its own coordinators read it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.errors import NotFound
from roster.jobs import Turn, get_job
from roster.models import AuditEvent, Snapshot
from roster.permissions import ANONYMOUS, SCHEDULER, Actor
from roster.queries.coverage import count_coverage
from roster.queries.coverage_bits import NetworkBits
from roster.queries.trend import (
    MONTHS,
    CellMove,
    Month,
    list_cell_months,
    list_months,
    list_moves,
)
from roster.services.snapshots import note_counts
from roster.settings import Settings
from tests.factories import add_mediator

DAY = timedelta(days=1)
NORDIC = Actor("account", account_id=1, coordinates=frozenset({"nwm"}))


def run_on(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch, moment: datetime
) -> int:
    monkeypatch.setattr(clock, "now", lambda: moment)
    return get_job("snapshot").run(Turn(database, settings, SCHEDULER))


def read_counts(database: Database, network: str) -> list[tuple[date, dict[str, int]]]:
    with database.reading() as session:
        rows = session.execute(
            select(Snapshot.taken_on, Snapshot.counts)
            .where(Snapshot.network_code == network, Snapshot.kind == "freshness")
            .order_by(Snapshot.id)
        )
        return [(day, counts) for day, counts in rows]


def test_each_network_is_counted_once_a_month(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = datetime(2030, 1, 30, 12, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: first)
    with database.writing() as session:
        add_mediator(session, availability=first + 20 * DAY)
        add_mediator(session, availability=first + DAY)
        add_mediator(session, availability=first + 40 * DAY, is_hidden=True)
        add_mediator(session, network="awmn", availability=first - DAY)
        session.commit()
    runs = [run_on(database, settings, monkeypatch, first + days * DAY) for days in (0, 1, 2, 3)]
    assert runs[0] > 1
    assert runs == [runs[0], 0, runs[0], 0]
    assert read_counts(database, "nwm") == [
        (date(2030, 1, 30), {"women": 2, "fresh": 2}),
        (date(2030, 2, 1), {"women": 2, "fresh": 1}),
    ]
    assert read_counts(database, "awmn")[0] == (date(2030, 1, 30), {"women": 1, "fresh": 0})
    with database.reading() as session:
        events = session.scalars(
            select(AuditEvent.detail).where(AuditEvent.action == "snapshot.taken")
        ).all()
    assert sum(one["counts"] for one in events) == 2 * runs[0]


def test_the_cells_of_track_and_region_are_noted_beside_the_whole(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = datetime(2030, 1, 30, 12, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: first)
    with database.writing() as session:
        kenya = [("track", "II"), ("place", "KEN")]
        add_mediator(session, entries=kenya, availability=first + 20 * DAY)
        add_mediator(session, entries=[*kenya, ("place", "UGA")], availability=first + DAY)
        add_mediator(session, entries=kenya, is_hidden=True)
        add_mediator(session, network="awmn", entries=kenya)
        session.commit()
    assert run_on(database, settings, monkeypatch, first) > 1
    run_on(database, settings, monkeypatch, first + 2 * DAY)
    with database.reading() as session:
        whole, cell, bare = (
            list_cell_months(session, actor=NORDIC, network="nwm", place=place, track=track)
            for place, track in (("", ""), ("014", "II"), ("014", "I"))
        )
        days = [date(2030, 1, 30), date(2030, 2, 1)]
        assert whole == cell == [Month(days[0], 2, 2), Month(days[1], 2, 1)]
        assert bare == [Month(day, 0, 0) for day in days]
        with pytest.raises(NotFound):
            list_cell_months(session, actor=NORDIC, network="awmn")
        bits = NetworkBits("nwm").at(session, now=first + 40 * DAY)
        moves = list_moves(session, actor=NORDIC, network="nwm", now=count_coverage(bits, {}))
        assert moves == [CellMove("014", "II", 2, 0)]


def test_only_a_job_notes_counts(database: Database) -> None:
    with database.writing() as session, pytest.raises(NotFound):
        note_counts(session, actor=NORDIC, ids=[], now=clock.now(), found=[])


def test_the_last_twelve_months_of_her_own_network_are_read_oldest_first(
    database: Database,
) -> None:
    with database.writing() as session:
        for number in range(MONTHS + 2):
            day = date(2028 + number // 12, number % 12 + 1, 3)
            counts = {"women": 50, "fresh": number}
            session.add(Snapshot(network_code="nwm", kind="freshness", taken_on=day, counts=counts))
            session.add(
                Snapshot(network_code="awmn", kind="freshness", taken_on=day, counts=counts)
            )
        session.commit()
    with database.reading() as session:
        found = list_months(session, actor=NORDIC, network="nwm")
        assert (len(found), found[0], found[-1]) == (
            MONTHS,
            Month(date(2028, 3, 3), 50, 2),
            Month(date(2029, 2, 3), 50, 13),
        )
        for actor, network in ((NORDIC, "awmn"), (ANONYMOUS, "nwm")):
            with pytest.raises(NotFound):
                list_months(session, actor=actor, network=network)
