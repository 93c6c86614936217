"""What runs under load say: figures beside what is promised, and a table of every step."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence

from tests.benchmarks.load_browser import NO_ANSWER, Sample
from tests.benchmarks.load_run import Outcome
from tests.benchmarks.load_service import MIB, Held
from tests.benchmarks.report import Bound, Figure, Table

READ_MS, WRITE_MS = 500.0, 1000.0
MOST_DRIFT = 10.0
"""Per cent of memory more than before, after everybody has left."""
NAMES = {"postgresql": "PostgreSQL", "sqlite": "SQLite"}
PARTS = (0.50, 0.95, 0.99)


def find_percentile(seconds: Sequence[float], part: float) -> float:
    """Milliseconds that this part of the samples do not pass (nearest rank); NaN for no samples."""
    if not seconds:
        return math.nan
    return sorted(seconds)[math.ceil(len(seconds) * part) - 1] * 1000


def is_failure(sample: Sample) -> bool:
    """The service failed, or gave no answer at all."""
    return sample.status >= 500 or sample.status == NO_ANSWER


def list_figures(outcome: Outcome) -> list[Figure]:
    """What is promised of a run on one database."""
    on = NAMES[outcome.plan.database]
    reads = [one.seconds for one in outcome.samples if not one.is_write]
    writes = [one.seconds for one in outcome.samples if one.is_write]
    failures = sum(map(is_failure, outcome.samples))
    before, after = outcome.before, outcome.after
    grown = (after.memory / before.memory - 1) * 100
    return [
        Figure(
            f"{on}: reads, p95", find_percentile(reads, 0.95), "ms", _at_most(READ_MS),
            note=f"{len(reads):,} reads",
        ),
        Figure(
            f"{on}: writes, p95", find_percentile(writes, 0.95), "ms", _at_most(WRITE_MS),
            note=f"{len(writes):,} writes",
        ),
        Figure(
            f"{on}: failures of the service", failures, "", _at_most(0),
            note=f"of {len(outcome.samples):,} answers; no answer counts as one",
        ),
        Figure(
            f"{on}: memory more than before", grown, "%", _at_most(MOST_DRIFT),
            note=f"{before.memory / MIB:.0f} to {after.memory / MIB:.0f} MiB",
        ),
        Figure(
            f"{on}: connections more than before", after.connections - before.connections, "",
            _at_most(0), note=f"{before.connections} to {after.connections}",
        ),
    ]  # fmt: skip


def _at_most(limit: float) -> Bound:
    return Bound(limit, at_most=True)


def list_tables(outcome: Outcome) -> list[Table]:
    """Times of all and of every step, statuses, and what the service held."""
    on = NAMES[outcome.plan.database]
    rate = len(outcome.samples) / outcome.seconds
    return [
        Table(
            f"{on}: milliseconds an answer, {rate:.1f} answers a second",
            ("step", "kind", "answers", "p50", "p95", "p99", "longest"),
            tuple(_list_times(outcome.samples)),
        ),
        Table(f"{on}: answers by status", ("status", "answers", "unexpected"), _count(outcome)),
        Table(
            f"{on}: what the service held",
            ("when", "each worker, MiB", "scheduler, MiB", "connections"),
            (
                _describe("before", outcome.before),
                _describe("at most", outcome.peak),
                _describe("after", outcome.after),
            ),
        ),
    ]


def _list_times(samples: Iterable[Sample]) -> Iterable[tuple[str, ...]]:
    groups: dict[tuple[str, str], list[float]] = {("all", "read"): [], ("all", "write"): []}
    for one in samples:
        kind = "write" if one.is_write else "read"
        groups[("all", kind)].append(one.seconds)
        groups.setdefault((one.step, kind), []).append(one.seconds)
    for (step, kind), seconds in groups.items():
        parts = [f"{find_percentile(seconds, part):.0f}" for part in (*PARTS, 1.0)]
        yield step, kind, f"{len(seconds):,}", *parts


def _count(outcome: Outcome) -> tuple[tuple[str, ...], ...]:
    statuses = Counter(one.status for one in outcome.samples)
    astray = Counter(one.status for one in outcome.samples if not one.is_expected)
    return tuple(
        (str(status or "no answer"), f"{statuses[status]:,}", f"{astray[status]:,}")
        for status in sorted(statuses)
    )


def _describe(when: str, held: Held) -> tuple[str, ...]:
    workers = ", ".join(f"{one / MIB:.0f}" for one in held.workers)
    return when, workers, f"{held.scheduler / MIB:.0f}", str(held.connections)


def list_unexpected(outcome: Outcome) -> list[str]:
    """What ended rounds early, and how often."""
    return [f"{what}, {number} times" for what, number in sorted(Counter(outcome.astray).items())]
