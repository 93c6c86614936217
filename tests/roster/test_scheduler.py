"""One scheduler works, a slot runs once, and a scheduler that comes too late writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from roster import clock
from roster.db import Database
from roster.jobs import ASKS_ABOVE_ROWS, JOBS, Asks, Job, Turn, get_job
from roster.models import Availability, JobRun, Lease, Mediator
from roster.permissions import OPERATOR, SCHEDULER
from roster.scheduler import run_when_due
from roster.services.schedule import CLOCKS_DIFFER_BY, LEASE_LIFE, give_up_lease
from roster.settings import Settings
from tests.factories import add_mediator

HOUR = timedelta(hours=1)


def turn_of(holder: str, database: Database, settings: Settings) -> Turn:
    return Turn(database, settings, SCHEDULER, holder)


def job_of(*runs: str) -> tuple[Job, list[str]]:
    """A job that notes who ran it."""
    notes: list[str] = list(runs)

    def run(turn: Turn) -> int:
        notes.append(str(turn.holder))
        return 1

    return Job("noting", timedelta(minutes=1), "note who ran it", run), notes


@contextmanager
def frozen() -> Iterator[None]:
    """The clock set so that the minute has just begun: no slot can pass within the test."""
    with clock.shifted(-timedelta(seconds=clock.now().second)):
        yield


def add_bare(session: Session, count: int) -> list[int]:
    """Women of whom nothing is said: quick to make by the thousand."""
    women = [Mediator(created_at=clock.now()) for _ in range(count)]
    session.add_all(women)
    session.flush()
    return [woman.id for woman in women]


def _statement(mediator_id: int, now: datetime) -> Availability:
    return Availability(
        mediator_id=mediator_id,
        status="available",
        refused=[],
        confirmed_at=now - HOUR * 2,
        confirmed_by="self",
        valid_until=now - HOUR,
    )


def count_marked(database: Database) -> int:
    with database.reading() as session:
        is_marked = Availability.expired_at.is_not(None)
        return session.scalar(select(func.count()).where(is_marked)) or 0


def list_runs(database: Database) -> list[tuple[str, str, int]]:
    with database.reading() as session:
        rows = session.scalars(select(JobRun).order_by(JobRun.slot))
        return [(row.holder, row.state, row.changed) for row in rows]


def test_a_slot_runs_once_whoever_asks(database: Database, settings: Settings) -> None:
    job, notes = job_of()
    first, second = turn_of("a", database, settings), turn_of("b", database, settings)
    with frozen():
        outcomes = [run_when_due(job, turn) for turn in (first, second, first)]
    assert (outcomes, notes) == (["done", "elsewhere", "already"], ["a"])
    assert list_runs(database) == [("a", "done", 1)]


def test_a_second_scheduler_takes_over_when_the_first_falls_silent(
    database: Database, settings: Settings
) -> None:
    job, notes = job_of()
    first, second = turn_of("a", database, settings), turn_of("b", database, settings)
    outcomes = [run_when_due(job, first)]
    for later in (LEASE_LIFE / 2, LEASE_LIFE * 2):
        with clock.shifted(later):
            outcomes.append(run_when_due(job, second))
    assert (outcomes, notes) == (["done", "elsewhere", "done"], ["a", "b"])


def test_an_orderly_stop_leaves_no_wait(database: Database, settings: Settings) -> None:
    job, notes = job_of()
    run_when_due(job, turn_of("a", database, settings))
    with database.writing() as session:
        give_up_lease(session, holder="a", now=clock.now())
        session.commit()
    with clock.shifted(timedelta(minutes=1)):
        run_when_due(job, turn_of("b", database, settings))
    assert notes == ["a", "b"]


def test_a_holder_paused_past_its_lease_writes_nothing(
    database: Database, settings: Settings
) -> None:
    with database.writing() as session:
        add_mediator(session, availability=clock.now() - HOUR)
        session.commit()

    def pause_then_expire(turn: Turn) -> int:
        with clock.shifted(LEASE_LIFE * 2):
            run_when_due(job_of()[0], turn_of("b", database, settings))
            return get_job("expiry").run(turn)

    paused = Job("paused", timedelta(days=1), "pause", pause_then_expire)
    assert run_when_due(paused, turn_of("a", database, settings)) == "elsewhere"
    with database.reading() as session:
        assert session.scalars(select(Availability.expired_at)).all() == [None]
        assert session.get_one(Lease, "scheduler").holder == "b"


def test_a_run_that_was_cut_off_is_gone_on_with_in_its_row(
    database: Database, settings: Settings
) -> None:
    def die(turn: Turn) -> int:
        raise KeyboardInterrupt

    cut = Job("noting", timedelta(days=400), "die", die)
    with pytest.raises(KeyboardInterrupt):
        run_when_due(cut, turn_of("a", database, settings))
    assert list_runs(database) == [("a", "running", 0)]
    whole = Job("noting", cut.every, "note", job_of()[0].run)
    with clock.shifted(LEASE_LIFE * 2):
        assert run_when_due(whole, turn_of("b", database, settings)) == "done"
    assert list_runs(database) == [("b", "done", 1)]


def test_a_job_that_fails_is_noted_and_leaves_the_scheduler_alive(
    database: Database, settings: Settings
) -> None:
    def fail(turn: Turn) -> int:
        raise OSError("disk full")

    job = Job("failing", timedelta(days=1), "fail", fail)
    assert run_when_due(job, turn_of("a", database, settings)) == "failed"
    assert list_runs(database) == [("a", "failed", 0)]


def test_two_days_without_a_scheduler_are_caught_up_by_one_run(
    database: Database, settings: Settings
) -> None:
    job, notes = job_of()
    turn = turn_of("a", database, settings)
    run_when_due(job, turn)
    with clock.shifted(timedelta(hours=48)), frozen():
        run_when_due(job, turn)
        run_when_due(job, turn)
    assert notes == ["a", "a"]


def test_a_clock_a_little_behind_takes_nobodys_lease(
    database: Database, settings: Settings
) -> None:
    job, notes = job_of()
    behind, right = turn_of("behind", database, settings), turn_of("right", database, settings)
    with frozen():
        with clock.shifted(CLOCKS_DIFFER_BY):
            outcomes = [run_when_due(job, right)]
        outcomes.append(run_when_due(job, behind))
    assert (outcomes, notes) == (["done", "elsewhere"], ["right"])


def test_a_lease_written_by_a_clock_far_ahead_holds_nobody_up(
    database: Database, settings: Settings
) -> None:
    job, notes = job_of()
    with clock.shifted(timedelta(days=3650)):
        run_when_due(job, turn_of("a", database, settings))
    run_when_due(job, turn_of("b", database, settings))
    assert notes == ["a", "b"]


def test_expiring_most_of_a_large_roster_asks_first(database: Database, settings: Settings) -> None:
    now = clock.now()
    with database.writing() as session:
        women = add_bare(session, ASKS_ABOVE_ROWS + 1)
        session.add_all(_statement(woman, now) for woman in women)
        session.commit()
    turn = Turn(database, settings, OPERATOR)
    with pytest.raises(Asks):
        get_job("expiry").run(turn)
    assert count_marked(database) == 0
    confirmed = Turn(database, settings, OPERATOR, is_confirmed=True)
    assert get_job("expiry").run(confirmed) == count_marked(database) == len(women)


def test_expiry_with_the_scheduler_is_noted_with_its_count(
    database: Database, settings: Settings
) -> None:
    with database.writing() as session:
        add_mediator(session, availability=clock.now() - HOUR)
        session.commit()
    run_when_due(get_job("expiry"), turn_of("a", database, settings))
    assert list_runs(database) == [("a", "done", 1)]


@given(
    moment=st.datetimes(datetime(2026, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)),
    job=st.sampled_from(JOBS),
)
def test_a_slot_is_the_newest_multiple_of_the_interval(moment: datetime, job: Job) -> None:
    slot = job.slot_at(moment)
    assert slot <= moment < slot + job.every
    assert slot.timestamp() % job.every.total_seconds() == 0


def test_the_schedule_names_each_job_once_and_says_what_it_does() -> None:
    names = [job.name for job in JOBS]
    assert sorted(names) == [
        "anchor",
        "approach_deadlines",
        "compare_networks",
        "deployment_ends",
        "digests",
        "end_requests",
        "erase",
        "expiry",
        "forget_applications",
        "forget_exchanges",
        "forget_former_values",
        "forget_history",
        "forget_imports",
        "outbox",
        "read_files",
        "reminders",
        "snapshot",
        "take_in",
        "tidy",
    ]
    assert all(job.what for job in JOBS)
