"""The dry run of forgetting says what the jobs would do, by count, and does nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.errors import NotFound
from roster.models import Availability, EntryHistory, Erasure, Record
from roster.permissions import OPERATOR, SCHEDULER, Actor
from roster.services.forgotten_applications import forget_applications
from roster.services.retention import Forgotten, list_forgotten
from tests.access_world import dump
from tests.application_factories import add_application
from tests.factories import add_mediator
from tests.roster.services.test_unanswered import LONG_AGO, take_in

DAY = timedelta(days=1)


def add_rows(session: Session, now: datetime) -> None:
    """Per rule: seven that are over, six that will be within 30 days, and some that stay."""
    ages = [*[200] * 7, *[160] * 6, *[100] * 9]
    for days in ages:
        add_application(session, state="refused", decided_at=now - days * DAY)
    woman = add_mediator(session)
    statement = session.scalars(select(Availability)).first()
    record = session.scalars(select(Record).where(Record.mediator_id == woman.id)).first()
    assert statement is not None and record is not None
    kept = {c.name: getattr(statement, c.name) for c in Availability.__table__.columns}
    for days in [*[400] * 7, *[340] * 6, *[10] * 9]:
        row = {**kept, "superseded_at": now - days * DAY}
        session.add(Availability(**{name: value for name, value in row.items() if name != "id"}))
    for days in [*[800] * 7, *[710] * 6, *[10] * 9]:
        ended = {"ended_source": "import", "ended_at": now - days * DAY, "act": "removed"}
        begun = {"source": "coordinator", "entered_at": now - 2000 * DAY, "detail": {}}
        session.add(
            EntryHistory(record_id=record.id, field="theme", code=f"t{days}", **begun, **ended)
        )
    for number, days in enumerate([*[9] * 7, *[1] * 6]):
        asked = now - days * DAY
        session.add(Erasure(mediator_key=f"{number:032}", asked_at=asked, due_at=asked + 30 * DAY))


def test_each_rule_counts_what_is_over_now_and_within_thirty_days(database: Database) -> None:
    with database.writing() as session:
        add_rows(session, clock.now())
        session.commit()
    before = dump(database)
    with database.reading() as session:
        found = list_forgotten(session, actor=OPERATOR)
    assert found == [
        Forgotten("erasures", 7, 5, 10),
        Forgotten("applications", 183, 5, 10),
        Forgotten("women", 90, None, None),
        Forgotten("files", 90, None, None),
        Forgotten("statements", 365, 5, 10),
        Forgotten("values", 730, 5, 10),
        Forgotten("exchanges", 365, None, None),
    ]
    assert dump(database) == before


def test_women_of_an_import_are_on_the_list_before_they_are_over(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(database)
    later = clock.now() + LONG_AGO
    for moment, expected in ((later - 10 * DAY, (None, 5)), (later, (5, 5))):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        with database.reading() as session:
            rows = {one.what: one for one in list_forgotten(session, actor=OPERATOR)}
        assert (rows["women"].now, rows["women"].soon) == expected


def test_the_count_is_that_of_the_job(database: Database) -> None:
    with database.writing() as session:
        add_rows(session, clock.now())
        session.flush()
        assert forget_applications(session, actor=SCHEDULER, now=clock.now()) == 7
        rows = {one.what: one for one in list_forgotten(session, actor=OPERATOR)}
        assert (rows["applications"].now, rows["applications"].soon) == (None, 5)


@pytest.mark.parametrize("role", ["coordinator", "envoy", "auditor", "mediator"])
def test_only_who_keeps_the_service_reads_it(database: Database, role: str) -> None:
    actor = Actor("account", 1, roles=frozenset({role}), coordinates=frozenset({"nwm"}))
    with database.reading() as session, pytest.raises(NotFound):
        list_forgotten(session, actor=actor)
