"""What tests have networks, and a woman herself, say of her."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from matching.facts import Grade, Mediator, Source
from roster.db import Database
from roster.facts import load_mediators
from roster.models import Entry, Experience, Record
from roster.models import Mediator as Woman

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
ENTERED = datetime(2026, 11, 3, 8, tzinfo=UTC)
CONFIRMED = date(2026, 11, 20)


def add_woman(session: Session, **columns: Any) -> Woman:
    """A woman of whom nothing is said yet."""
    woman = Woman(created_at=NOW, **columns)
    session.add(woman)
    session.flush()
    return woman


def say(
    session: Session,
    woman: Woman,
    network: str | None,
    entries: list[tuple[str, str, dict[str, Any], Grade]] | None = None,
    experiences: list[dict[str, Any]] | None = None,
) -> Record:
    """What a network, or she herself, says of her."""
    record = Record(mediator_id=woman.id, network_code=network, created_at=NOW)
    source = "coordinator" if network else "self"
    record.entries = [
        Entry(
            field=field,
            code=code,
            detail=detail,
            grade=int(grade),
            source=source,
            entered_at=ENTERED,
            confirmed_on=CONFIRMED if grade > Grade.STATED else None,
        )
        for field, code, detail, grade in entries or ()
    ]
    record.experiences = [
        Experience(process="a process", entered_at=ENTERED, **values)
        for values in experiences or ()
    ]
    session.add(record)
    session.flush()
    return record


OWN = Source("self", ENTERED.date())
NORDIC = Source("coordinator", CONFIRMED, "nwm")
STATED, CHECKED, RECORDED = Grade.STATED, Grade.CONFIRMED, Grade.RECORDED


@pytest.fixture
def session(database: Database) -> Any:
    with database.writing() as opened:
        yield opened


def read(session: Session, woman: Woman, now: datetime = NOW) -> Mediator:
    [facts] = load_mediators(session, ids=[woman.id], now=now)
    return facts
