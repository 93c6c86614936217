"""The whole service under load: 200 users for ten minutes on the standard deployment, on both databases.

``python -m tests.benchmarks.load [--users 200] [--minutes 10] [--women 10000] [--pause 10]
[--workers 2] [--database sqlite] [--write]``; ``make bench ONLY=load`` runs it as it stands here.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from tests.benchmarks.load_figures import (
    NAMES,
    is_failure,
    list_figures,
    list_tables,
    list_unexpected,
)
from tests.benchmarks.load_run import Outcome, Plan, run
from tests.benchmarks.machine import describe_machine, find_version
from tests.benchmarks.pages import print_report, write_page
from tests.benchmarks.report import Comparison, Options, Report

MOST_WOMEN = 100_000
"""What a deployment is measured with: ten networks of ten thousand each."""
DATABASES = ("postgresql", "sqlite")


def run_comparison(options: Options) -> Report:
    """The promise at its size, over the largest roster asked that a deployment is measured with."""
    women = max((one for one in options.sizes if one <= MOST_WOMEN), default=MOST_WOMEN)
    plan = Plan(women=women)
    return report([run(replace(plan, database=one)) for one in DATABASES])


def report(outcomes: Sequence[Outcome]) -> Report:
    """What these runs say."""
    plan = outcomes[0].plan
    return Report(
        about=(_describe(plan), _describe_users(plan)),
        figures=tuple(figure for one in outcomes for figure in list_figures(one)),
        tables=tuple(table for one in outcomes for table in list_tables(one)),
        versions={"gunicorn": find_version("gunicorn"), "SQLAlchemy": find_version("SQLAlchemy")},
        notes=tuple(_list_notes(outcomes)),
    )


def _describe(plan: Plan) -> str:
    return (
        f"`roster serve --workers {plan.workers}` (gunicorn with {plan.workers} workers of one thread,"
        f" and the scheduler) over {plan.women:,} invented women in ten networks. {plan.users} users"
        f" for {plan.minutes:g} minutes, each with about {plan.pause_seconds:g} seconds to read a page."
    )


def _describe_users(plan: Plan) -> str:
    return (
        "Three in ten keep a network's records, three in ten are mediators, a quarter are envoys;"
        " the others come by renewal links and as programs. All sign in, read and write as the pages"
        " are made to be used, every write with its form token and version. Times are from the"
        " connection to the last byte; the users share the machine with the service."
    )


def _list_notes(outcomes: Sequence[Outcome]) -> list[str]:
    notes = [
        "Before is a warm service: every kind of page was asked for before it was looked at.",
        "PostgreSQL is that of the tests: its data lie in memory and no write waits for a disk.",
    ]
    for one in outcomes:
        notes += [
            f"{NAMES[one.plan.database]}, unexpected: {line}" for line in list_unexpected(one)
        ]
        if any(map(is_failure, one.samples)):
            notes.append(f"The service wrote: {one.log.strip().splitlines()[-1:]}")
    return notes


COMPARISON = Comparison("load", "The whole service under load", run_comparison)


def _read_arguments(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.load", description=__doc__)
    parser.add_argument("--database", choices=DATABASES, default="", help="one alone")
    parser.add_argument("--women", type=int, default=Plan.women)
    parser.add_argument("--users", type=int, default=Plan.users)
    parser.add_argument("--minutes", type=float, default=Plan.minutes)
    parser.add_argument("--pause", type=float, default=Plan.pause_seconds)
    parser.add_argument("--workers", type=int, default=Plan.workers)
    parser.add_argument("--write", action="store_true", help="write docs/performance/load.md")
    parser.add_argument("--remark", default="", help="what was unusual about this run")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    """Run what is asked; returns 1 where the service failed once."""
    asked = _read_arguments(arguments)
    plan = Plan(
        women=asked.women,
        users=asked.users,
        minutes=asked.minutes,
        pause_seconds=asked.pause,
        workers=asked.workers,
    )
    kinds = (asked.database,) if asked.database else DATABASES
    outcomes = [run(replace(plan, database=one)) for one in kinds]
    found = report(outcomes)
    print_report(COMPARISON, found)
    for one in outcomes:
        print(one.log)
    if asked.write:
        day = datetime.now(UTC).date()
        write_page(COMPARISON, found, machine=describe_machine(), day=day, remark=asked.remark)
    return int(any(is_failure(sample) for one in outcomes for sample in one.samples))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
