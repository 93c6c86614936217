"""The scheduler: a process of its own that starts the jobs of the table when they are due.

Two may run: one holds the lease and works, the other waits. The ledger has one row for a job and
slot, so that even two that both believe they hold the lease do a slot once.
"""

from __future__ import annotations

import logging
import os
import secrets
import signal
import socket
from datetime import timedelta
from threading import Event
from types import FrameType

from apscheduler.schedulers.blocking import BlockingScheduler
from apscheduler.triggers.interval import IntervalTrigger
from sqlalchemy.exc import SQLAlchemyError

from roster import clock
from roster.db import Database
from roster.errors import RosterError
from roster.jobs import EPOCH, JOBS, Asks, Job, Turn
from roster.permissions import SCHEDULER
from roster.services.schedule import LeaseLost, begin_run, end_run, give_up_lease, take_lease
from roster.settings import Settings

log = logging.getLogger(__name__)

ASKS = "%s asks: %s %s. Is the clock right? If it is, run: roster run-job %s --yes"


APART_AT_START = timedelta(seconds=0.5)
"""Jobs that begin at one instant share one processor, and hold the writer's place the longer."""


def make_holder() -> str:
    """A name for this process that no other has."""
    return f"{socket.gethostname()[:32]}:{os.getpid()}:{secrets.token_hex(4)}"


def run_when_due(job: Job, turn: Turn) -> str:
    """Run ``job`` for its newest slot, if this holder has the lease and the slot is open.

    Returns what became of it: done, failed, asks, elsewhere (another holds the lease) or already.
    """
    try:
        run_id = _enter(job, turn)
        if run_id is None:
            return "already"
        state, changed = _run(job, turn)
        with turn.writing() as session:
            end_run(session, run_id=run_id, state=state, changed=changed, now=clock.now())
            session.commit()
    except LeaseLost:
        return "elsewhere"
    return state


def _enter(job: Job, turn: Turn) -> int | None:
    holder = turn.holder or ""
    with turn.database.writing() as session:
        now = clock.now()  # here, not before: it may have waited while another renewed its lease
        if not take_lease(session, holder=holder, now=now):
            raise LeaseLost
        slot = job.slot_at(now)
        run_id = begin_run(session, job=job.name, slot=slot, holder=holder, now=now)
        session.commit()
    return run_id


def _run(job: Job, turn: Turn) -> tuple[str, int]:
    try:
        changed = job.take(turn)
    except LeaseLost:
        raise
    except Asks as question:
        log.warning(ASKS, job.name, question.code, question.values, job.name)
        return "asks", 0
    except (SQLAlchemyError, RosterError, OSError):
        log.exception("%s failed", job.name)
        return "failed", 0
    if changed:
        log.info("%s: %d", job.name, changed)
    return "done", changed


def run_forever(database: Database, settings: Settings) -> None:
    """Start every job when due, until the process is told to stop. Jobs live in code only."""
    stopping = Event()
    turn = Turn(database, settings, SCHEDULER, make_holder(), is_stopping=stopping.is_set)
    scheduler = BlockingScheduler(timezone="UTC")
    began = clock.now()
    for place, job in enumerate(JOBS):
        scheduler.add_job(
            run_when_due,
            # From the epoch on: the same instants in every process and after every start.
            IntervalTrigger(seconds=int(job.every.total_seconds()), start_date=EPOCH),
            args=(job, turn),
            id=job.name,
            # what was missed while no scheduler ran: one catch-up each, not all at one instant
            next_run_time=began + place * APART_AT_START,
            coalesce=True,
            misfire_grace_time=None,
            max_instances=1,
        )

    def stop(_signal: int, _frame: FrameType | None) -> None:
        stopping.set()
        raise SystemExit(0)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    try:
        scheduler.start()
    finally:
        scheduler.shutdown(wait=True)
        with database.writing() as session:
            give_up_lease(session, holder=turn.holder or "", now=clock.now())
            session.commit()
