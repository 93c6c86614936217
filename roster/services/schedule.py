"""Who may run jobs (the lease), and the ledger of what ran when (one row per job and slot).

The lease is looked at inside the transaction that writes, after the ledger head is held: a
scheduler that was paused past its lease, and wakes up, therefore writes nothing.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from roster.errors import RosterError
from roster.models import JobRun, Lease

LEASE_NAME = "scheduler"
LEASE_LIFE = timedelta(minutes=2)
"""How long a silent scheduler keeps others from taking over."""
CLOCKS_DIFFER_BY = timedelta(minutes=1)
"""At most, between two machines that are well: a lease that ends a little late is still a lease."""

RUNS_ARE_KEPT = timedelta(days=30)


class LeaseLost(RosterError):
    """Another scheduler holds the lease: this one must not write."""

    def __init__(self) -> None:
        super().__init__("lease_lost")


def take_lease(session: Session, *, holder: str, now: datetime) -> bool:
    """Take or renew the lease for ``holder``; False while another's still runs."""
    lease = session.get(Lease, LEASE_NAME, with_for_update=True)
    if lease is None:
        session.add(Lease(name=LEASE_NAME, holder=holder, ends_at=now + LEASE_LIFE))
        return True
    # An end further off than a lease lives was written by a clock that has since been put back.
    is_running = now < lease.ends_at <= now + LEASE_LIFE + CLOCKS_DIFFER_BY
    if lease.holder != holder and is_running:
        return False
    lease.holder, lease.ends_at = holder, now + LEASE_LIFE
    return True


def keep_lease(session: Session, *, holder: str, now: datetime) -> None:
    """Renew the lease within a writing transaction; ``LeaseLost`` if it is another's or has ended."""
    lease = session.get(Lease, LEASE_NAME, with_for_update=True)
    if lease is None or lease.holder != holder or lease.ends_at <= now:
        raise LeaseLost
    lease.ends_at = now + LEASE_LIFE


def give_up_lease(session: Session, *, holder: str, now: datetime) -> None:
    """An orderly stop: the next scheduler need not wait."""
    lease = session.get(Lease, LEASE_NAME, with_for_update=True)
    if lease is not None and lease.holder == holder:
        lease.ends_at = now


def find_last_done(session: Session, job: str) -> datetime | None:
    """The newest slot for which a job was done; None where none is remembered."""
    newest = select(func.max(JobRun.slot)).where(JobRun.job == job, JobRun.state == "done")
    return session.scalar(newest)


def begin_run(
    session: Session, *, job: str, slot: datetime, holder: str, now: datetime
) -> int | None:
    """Enter the run of ``job`` for ``slot``; None if it is done already.

    A run that another holder began and did not end was cut off: the present holder goes on with
    it, in the same row.
    """
    run = session.scalars(
        select(JobRun).where(JobRun.job == job, JobRun.slot == slot)
    ).one_or_none()
    if run is None:
        run = JobRun(job=job, slot=slot, holder=holder, started_at=now)
        session.add(run)
    elif run.state == "running" and run.holder != holder:
        run.holder, run.started_at = holder, now
    else:
        return None
    session.flush()
    return run.id


def end_run(session: Session, *, run_id: int, state: str, changed: int, now: datetime) -> None:
    """Close a run: done, failed, or asks (a person must look before it goes on)."""
    run = session.get_one(JobRun, run_id)
    run.state, run.changed, run.ended_at = state, changed, now


def forget_old_runs(session: Session, *, now: datetime) -> int:
    """Delete ledger rows older than ``RUNS_ARE_KEPT``; return how many."""
    old = delete(JobRun).where(JobRun.slot < now - RUNS_ARE_KEPT).returning(JobRun.id)
    return len(session.scalars(old).all())
