"""The expiry job as a whole: however the clock moves, and whoever stops it or writes beside it."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select, text

from roster import clock
from roster.db import Database
from roster.jobs import Asks, Turn, expiring, get_job
from roster.models import AuditEvent, Availability, JobRun, OutboxMessage
from roster.permissions import OPERATOR, SCHEDULER
from roster.scheduler import run_when_due
from roster.services import pace
from roster.services.anchors import find_trail_fault
from roster.services.expiry import expire_availabilities
from roster.services.trail import add_audit
from roster.settings import Settings
from tests.factories import add_mediator

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEN_YEARS = 3_653 * DAY
ENDS = {"long ago": -2 * HOUR, "just now": -HOUR / 2, "today": HOUR * 12, "far": 60 * DAY}
COUNTS = {"long ago": 12, "just now": 4, "today": 3, "far": 21}
ASKS_ABOVE = 20

Women = dict[int, str]
"""Id of a woman, and when her answer ends."""


@pytest.fixture(autouse=True)
def small_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expiring, "ASKS_ABOVE_ROWS", ASKS_ABOVE)
    monkeypatch.setattr(pace, "MOST", 5)
    monkeypatch.setattr(pace, "SHORTEST_REST_SECONDS", 0.0)


@pytest.fixture
def women(database: Database) -> Women:
    """Some whose answers have ended, some whose will: by far most of the latter."""
    made: Women = {}
    with database.writing() as session:
        for when, count in COUNTS.items():
            for _ in range(count):
                end = clock.now() + ENDS[when]
                made[add_mediator(session, availability=end, has_own_record=False).id] = when
        session.commit()
    return made


def count_expired(database: Database, women: Women) -> dict[str, int]:
    """How many are marked, by when their answer ends; each has one event and one message."""
    with database.reading() as session:
        is_marked = Availability.expired_at.is_not(None)
        marked = session.scalars(select(Availability.mediator_id).where(is_marked)).all()
        events = session.scalars(select(AuditEvent.subject_id)).all()
        messages = session.scalars(select(OutboxMessage.mediator_id)).all()
        assert find_trail_fault(session, actor=OPERATOR, anchors=[]) is None
    assert sorted(marked) == sorted(i or 0 for i in events) == sorted(i or 0 for i in messages)
    return dict(Counter(women[one] for one in marked))


def run(database: Database, settings: Settings, **more: Callable[[], bool]) -> int:
    return get_job("expiry").run(Turn(database, settings, OPERATOR, **more))


LEAPS = [
    (-HOUR, {"long ago": 12}),
    (DAY, {"long ago": 12, "just now": 4}),
    (-DAY, {"long ago": 5}),
    (TEN_YEARS, {"long ago": 12, "just now": 4}),
]


@pytest.mark.parametrize(("leap", "expected"), LEAPS)
def test_a_clock_that_leaps_during_a_run_adds_nothing_and_revives_nothing(
    database: Database,
    settings: Settings,
    women: Women,
    leap: timedelta,
    expected: dict[str, int],
) -> None:
    with ExitStack() as moved:
        asked = iter(range(1_000))

        def leap_after_the_first_batch() -> bool:
            if next(asked) == 1:
                moved.enter_context(clock.shifted(leap))
            return False

        run(database, settings, is_stopping=leap_after_the_first_batch)
        assert count_expired(database, women) == expected
    run(database, settings)
    assert count_expired(database, women) == {"long ago": 12, "just now": 4}


def test_a_clock_ten_years_ahead_is_asked_about_every_minute_and_writes_to_nobody(
    database: Database, settings: Settings, women: Women, caplog: pytest.LogCaptureFixture
) -> None:
    turn = Turn(database, settings, SCHEDULER, "a")
    with clock.shifted(TEN_YEARS):
        outcomes = [run_when_due(get_job("expiry"), turn)]
    with clock.shifted(TEN_YEARS + HOUR):
        outcomes.append(run_when_due(get_job("expiry"), turn))
    assert (outcomes, count_expired(database, women)) == (["asks", "asks"], {})
    assert "roster run-job expiry --yes" in caplog.text
    outcomes = [run_when_due(get_job("expiry"), turn)]
    assert (outcomes, count_expired(database, women)) == (["done"], {"long ago": 12, "just now": 4})


def test_of_two_schedulers_one_with_a_clock_ahead_does_no_harm(
    database: Database, settings: Settings, women: Women
) -> None:
    right, ahead = (Turn(database, settings, SCHEDULER, name) for name in ("right", "ahead"))
    outcomes = []
    for minute in range(3):
        with clock.shifted(timedelta(minutes=minute)):
            outcomes.append(run_when_due(get_job("expiry"), right))
            with clock.shifted(TEN_YEARS):
                outcomes.append(run_when_due(get_job("expiry"), ahead))
    assert outcomes == ["done", "asks"] * 3
    assert count_expired(database, women) == {"long ago": 12, "just now": 4}
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(JobRun)) == 6


def test_a_run_that_is_told_to_stop_ends_between_two_batches_and_is_gone_on_with(
    database: Database, settings: Settings, women: Women
) -> None:
    asked = iter((False, False, True))
    changed = [run(database, settings, is_stopping=lambda: next(asked)), run(database, settings)]
    assert changed == [10, 6]
    assert count_expired(database, women) == {"long ago": 12, "just now": 4}


def test_a_few_are_marked_without_asking_though_they_be_all(
    database: Database, settings: Settings, women: Women
) -> None:
    with database.writing() as session:
        far = [one for one, when in women.items() if when == "far"]
        session.execute(
            text("UPDATE availability SET superseded_at = valid_until WHERE mediator_id > :id"),
            {"id": far[0]},
        )
        session.commit()
    with clock.shifted(TEN_YEARS):
        assert run(database, settings) == ASKS_ABOVE


def test_most_of_many_are_marked_once_a_person_says_so(
    database: Database, settings: Settings, women: Women
) -> None:
    with clock.shifted(TEN_YEARS):
        with pytest.raises(Asks) as question:
            run(database, settings)
        confirmed = Turn(database, settings, OPERATOR, is_confirmed=True)
        assert get_job("expiry").run(confirmed) == len(women)
    assert question.value.values == {"due": len(women), "of": len(women)}


@pytest.fixture
def statements(database: Database) -> Iterator[list[str]]:
    """Every statement that the database is given."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


def test_a_batch_takes_the_same_number_of_statements_whatever_its_size(
    database: Database, women: Women, statements: list[str]
) -> None:
    counts = []
    for limit in (2, 14):
        statements.clear()
        with database.writing() as session:
            assert expire_availabilities(session, actor=SCHEDULER, now=clock.now(), limit=limit)
            session.commit()
        counts.append(len(statements))
    assert counts[0] == counts[1] < 25


def test_looking_for_what_is_due_reads_the_index_of_unmarked_statements(
    database: Database, database_kind: str, women: Women, statements: list[str]
) -> None:
    explain = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}[database_kind]
    query = (
        " SELECT id FROM availability WHERE superseded_at IS NULL AND expired_at IS NULL"
        " AND valid_until <= :now ORDER BY valid_until, id LIMIT 50"
    )
    with database.reading() as session:
        if database_kind == "postgresql":
            session.execute(text("SET LOCAL enable_seqscan = off"))  # it reads so small a table
        plan = session.execute(text(explain + query), {"now": "2026-12-01 00:00:00"}).all()
    assert "ix_availability_unmarked" in str(plan)
    assert "SORT" not in str(plan).upper()


def test_others_write_between_two_batches(
    database: Database, settings: Settings, women: Women, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pace, "SHORTEST_REST_SECONDS", 0.05)
    is_over = threading.Event()

    def write_again_and_again() -> None:
        while not is_over.wait(0.01):
            with database.writing() as session:
                add_audit(session, actor=OPERATOR, action="test.done", subject_kind="test")
                session.commit()

    writer = threading.Thread(target=write_again_and_again)
    writer.start()
    run(database, settings)
    is_over.set()
    writer.join()
    with database.reading() as session:
        actions = session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all()
        assert find_trail_fault(session, actor=OPERATOR, anchors=[]) is None
    first, last = actions.index("availability.expired"), actions[::-1].index("availability.expired")
    assert "test.done" in actions[first : len(actions) - last]
