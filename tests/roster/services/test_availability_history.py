"""What was replaced more than a year ago is forgotten; what stands never is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.errors import NotFound
from roster.jobs import ASKS_ABOVE_ROWS, Asks, Turn, get_job
from roster.models import AuditEvent, Availability
from roster.permissions import OPERATOR, SCHEDULER, Actor
from roster.services.availability_history import forget_statements, list_outdated
from roster.settings import Settings
from tests import factories

DAY = timedelta(days=1)
REPLACED_DAYS_AGO = (None, 0, 364, 366, 800)
"""None: it stands, though it ended long ago."""


def add_statements(database: Database, days_ago: tuple[int | None, ...]) -> list[int]:
    """Statements of one woman, all of them ended two years ago; their ids."""
    now = clock.now()
    with database.writing() as session:
        woman = factories.add_mediator(session, availability=False)
        rows = [
            factories.add_availability(
                session,
                woman,
                confirmed_at=now - 900 * DAY,
                valid_until=now - 810 * DAY,
                superseded_at=None if days is None else now - days * DAY,
            )
            for days in days_ago
        ]
        session.commit()
        return [row.id for row in rows]


def list_kept(database: Database) -> list[int]:
    with database.reading() as session:
        return list(session.scalars(select(Availability.id).order_by(Availability.id)))


def list_counts(database: Database) -> list[tuple[str, int | None, dict[str, int]]]:
    event = AuditEvent
    with database.reading() as session:
        found = session.execute(select(event.actor, event.subject_id, event.detail))
        return [tuple(row) for row in found]  # type: ignore[misc]


def test_statements_replaced_more_than_a_year_ago_are_forgotten_and_counted(
    database: Database, settings: Settings
) -> None:
    stands, today, young, *_ = add_statements(database, REPLACED_DAYS_AGO)

    run = get_job("forget_history").run
    assert (run(Turn(database, settings, SCHEDULER)), run(Turn(database, settings, SCHEDULER))) == (
        2,
        0,
    )

    assert list_kept(database) == [stands, today, young]
    assert list_counts(database) == [("scheduler", None, {"count": 2})]


def test_a_statement_is_looked_at_again_before_it_is_forgotten(database: Database) -> None:
    stands, _today, _young, old, oldest = add_statements(database, REPLACED_DAYS_AGO)
    with database.writing() as session:
        ids = [*list_outdated(session, now=clock.now()), stands, 10**6]
        assert forget_statements(session, actor=SCHEDULER, ids=ids, now=clock.now()) == 2
        assert forget_statements(session, actor=SCHEDULER, ids=[old, oldest], now=clock.now()) == 0


@pytest.mark.parametrize("actor", [Actor("anonymous"), Actor("account", account_id=1)])
def test_only_a_job_forgets(database: Database, actor: Actor) -> None:
    ids = add_statements(database, REPLACED_DAYS_AGO)
    with database.writing() as session, pytest.raises(NotFound):
        forget_statements(session, actor=actor, ids=ids, now=clock.now())
    assert list_kept(database) == ids


def test_forgetting_most_of_a_long_history_asks_first(
    database: Database, settings: Settings
) -> None:
    ids = add_statements(database, (*[0] * (ASKS_ABOVE_ROWS + 1), *[1] * 20))
    with clock.shifted(366 * DAY):
        with pytest.raises(Asks):
            get_job("forget_history").run(Turn(database, settings, SCHEDULER))
        assert list_kept(database) == ids
        confirmed = Turn(database, settings, OPERATOR, is_confirmed=True)
        assert get_job("forget_history").run(confirmed) == len(ids)


def test_a_job_that_is_told_to_stop_forgets_no_further(
    database: Database, settings: Settings
) -> None:
    ids = add_statements(database, REPLACED_DAYS_AGO)
    stopping = Turn(database, settings, SCHEDULER, is_stopping=lambda: True)

    assert get_job("forget_history").run(stopping) == 0
    assert list_kept(database) == ids
