"""What a record said is forgotten 24 months after it was ended; what stands never is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.errors import NotFound
from roster.jobs import Asks, Turn, get_job
from roster.models import AuditEvent, Entry, EntryHistory, Record
from roster.permissions import OPERATOR, SCHEDULER, Actor
from roster.services.former_values import forget_values
from roster.settings import Settings
from tests.factories import add_mediator

DAY = timedelta(days=1)
ENDED_DAYS_AGO = (0, 729, 731, 1500)


def add_former(database: Database, days_ago: tuple[int, ...]) -> list[int]:
    """Former values of one woman; their ids."""
    now = clock.now()
    with database.writing() as session:
        woman = add_mediator(session)
        record = session.scalars(select(Record).where(Record.mediator_id == woman.id)).first()
        assert record is not None
        rows = [
            EntryHistory(
                record_id=record.id,
                field="theme",
                code=f"theme{number}",
                detail={},
                source="coordinator",
                entered_at=now - 2000 * DAY,
                act="removed",
                ended_source="import",
                ended_at=now - days * DAY,
            )
            for number, days in enumerate(days_ago)
        ]
        session.add_all(rows)
        session.commit()
        return [row.id for row in rows]


def list_kept(database: Database) -> list[int]:
    with database.reading() as session:
        return list(session.scalars(select(EntryHistory.id).order_by(EntryHistory.id)))


def test_only_values_ended_24_months_ago_are_forgotten_and_counted(
    database: Database, settings: Settings
) -> None:
    today, young, *_ = add_former(database, ENDED_DAYS_AGO)
    with database.reading() as session:
        stands = session.scalars(select(Entry.id)).all()
    run = get_job("forget_former_values").run
    turn = Turn(database, settings, SCHEDULER)
    assert (run(turn), run(turn)) == (2, 0)
    assert list_kept(database) == [today, young]
    with database.reading() as session:
        assert session.scalars(select(Entry.id)).all() == stands
        events = session.execute(select(AuditEvent.actor, AuditEvent.action, AuditEvent.detail))
        assert events.all() == [("scheduler", "entry_history.forgotten", {"count": 2})]


@pytest.mark.parametrize("actor", [Actor("anonymous"), Actor("account", account_id=1)])
def test_only_a_job_forgets(database: Database, actor: Actor) -> None:
    ids = add_former(database, ENDED_DAYS_AGO)
    with database.writing() as session, pytest.raises(NotFound):
        forget_values(session, actor=actor, ids=ids, now=clock.now())
    assert list_kept(database) == ids


def test_forgetting_most_of_a_long_history_asks_first(
    database: Database, settings: Settings
) -> None:
    ids = add_former(database, (*[0] * 101, *[1] * 20))
    with clock.shifted(731 * DAY):
        with pytest.raises(Asks):
            get_job("forget_former_values").run(Turn(database, settings, SCHEDULER))
        assert list_kept(database) == ids
        confirmed = Turn(database, settings, OPERATOR, is_confirmed=True)
        assert get_job("forget_former_values").run(confirmed) == len(ids)
