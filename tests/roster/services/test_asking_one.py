"""One woman is asked by name on the measure of asking many: one message a day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import Refused
from roster.models import Availability, OutboxMessage, Record, Reminder
from roster.permissions import Actor
from roster.services.asking_one import ask_one
from tests.factories import add_mediator

NORDIC = Actor("account", coordinates=frozenset({"nwm"}))
DAY = timedelta(days=1)


def add_woman(session: Session, *, left: float, is_reminded: bool) -> int:
    """The number of her record: her answer ends in ``left`` days, and the job has seen to it."""
    now = clock.now()
    her = add_mediator(session, availability=now + left * DAY)
    row = session.scalars(select(Availability).where(Availability.mediator_id == her.id)).one()
    row.confirmed_at = now - 80 * DAY
    if is_reminded:
        session.add_all(
            Reminder(mediator_id=her.id, about="availability", about_id=row.id, step=step, at=now)
            for step in ("days_14", "days_7", "days_1")
        )
    session.flush()
    return session.scalars(
        select(Record.id).where(Record.mediator_id == her.id, Record.network_code == "nwm")
    ).one()


def count_messages(session: Session) -> int:
    return session.scalar(select(func.count(OutboxMessage.id))) or 0


def test_she_is_asked_once_a_day(database: Database) -> None:
    with database.writing() as session:
        record_id = add_woman(session, left=5, is_reminded=True)
        ask_one(session, actor=NORDIC, record_id=record_id, now=clock.now())
        with pytest.raises(Refused) as again:
            ask_one(session, actor=NORDIC, record_id=record_id, now=clock.now())
        assert (again.value.code, count_messages(session)) == ("written_today", 1)


@pytest.mark.parametrize("left", [5, -0.01])
def test_she_is_not_asked_on_a_day_on_which_the_service_writes_to_her(
    database: Database, left: float
) -> None:
    with database.writing() as session:
        record_id = add_woman(session, left=left, is_reminded=False)
        with pytest.raises(Refused) as refused:
            ask_one(session, actor=NORDIC, record_id=record_id, now=clock.now())
        assert (refused.value.code, count_messages(session)) == ("due_today", 0)
