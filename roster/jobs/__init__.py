"""The schedule, as one table: what runs how often, and what it does.

Slots are whole multiples of a job's interval since the epoch in UTC, so that clock changes cannot
double or skip one. A late start runs the newest slot only: one catch-up, however long the pause.
Every job works in small transactions and may be stopped between, or in, any two of them.
"""

from __future__ import annotations

from datetime import timedelta

from roster.jobs.approaching import keep_deadlines
from roster.jobs.comparing import compare_networks
from roster.jobs.deployments import remind_of_ends
from roster.jobs.ending_requests import end_requests
from roster.jobs.expiring import expire
from roster.jobs.forgetting import (
    anchor,
    erase,
    forget_applications,
    forget_exchanges,
    forget_history,
    forget_imports,
    replay_ledger,
    tidy,
)
from roster.jobs.former import forget_former_values
from roster.jobs.messages import deliver, remind_women, tell_coordinators
from roster.jobs.reading_files import read_files
from roster.jobs.snapshots import take_snapshots
from roster.jobs.taking_in import take_in_lists
from roster.jobs.turn import ASKS_ABOVE_ROWS, EPOCH, Asks, Job, Turn

__all__ = [
    "ASKS_ABOVE_ROWS",
    "EPOCH",
    "JOBS",
    "Asks",
    "Job",
    "Turn",
    "erase",
    "get_job",
    "replay_ledger",
]

JOBS: tuple[Job, ...] = (
    Job("expiry", timedelta(minutes=1), "mark availabilities that have run out", expire),
    Job("end_requests", timedelta(hours=1), "end requests whose time has passed", end_requests),
    Job("reminders", timedelta(minutes=15), "remind of what runs out soon", remind_women),
    Job("digests", timedelta(days=1), "tell coordinators how many need a word", tell_coordinators),
    Job(
        "approach_deadlines",
        timedelta(minutes=5),
        "remind of approaches, and end what was not answered in time",
        keep_deadlines,
    ),
    Job(
        "deployment_ends",
        timedelta(hours=1),
        "remind both sides of the end of a deployment",
        remind_of_ends,
    ),
    Job("outbox", timedelta(seconds=30), "hand due messages to the mail server", deliver),
    Job("anchor", timedelta(hours=1), "note the trail's last digest beside the keys", anchor),
    Job("read_files", timedelta(seconds=20), "read the long files handed in", read_files),
    Job("take_in", timedelta(seconds=20), "take the long lists in, or back", take_in_lists),
    Job("erase", timedelta(minutes=5), "erase those who left, a week after they asked", erase),
    Job(
        "forget_applications",
        timedelta(days=1),
        "forget applications of long ago",
        forget_applications,
    ),
    Job("forget_imports", timedelta(days=1), "forget imports nobody answered to", forget_imports),
    Job("forget_history", timedelta(days=1), "forget answers of a year ago", forget_history),
    Job(
        "forget_former_values",
        timedelta(days=1),
        "forget what records said two years ago",
        forget_former_values,
    ),
    Job(
        "forget_exchanges",
        timedelta(days=1),
        "forget proposals to learn together of a year ago",
        forget_exchanges,
    ),
    Job(
        "compare_networks",
        timedelta(days=1),
        "look for one woman in the lists of several networks",
        compare_networks,
    ),
    Job("snapshot", timedelta(days=1), "count fresh answers once a month", take_snapshots),
    Job("tidy", timedelta(days=1), "forget runs of jobs older than 30 days", tidy),
)


def get_job(name: str) -> Job:
    """The job of that name; KeyError if there is none."""
    return {job.name: job for job in JOBS}[name]
