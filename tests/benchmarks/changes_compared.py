"""A change is seen by the next request of every worker, while a second process writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import sqlalchemy

from roster.db import Database
from roster.encryption import use_key_file
from roster.migration import migrate
from tests.benchmarks.changes_run import Ran, fill, join_waits, refuse_wrong, run_processes
from tests.benchmarks.report import Bound, Comparison, Figure, Options, Report, Table
from tests.benchmarks.stopwatch import find_median, find_p95
from tests.postgresql import Server

CHANGES = 10_000
READERS = 4
WOMEN = 500
KINDS = ("SQLite", "PostgreSQL")


@contextmanager
def open_address(kind: str, folder: Path) -> Iterator[str]:
    """Yield the address of an empty database of this kind; a server lives until the end."""
    if kind == "SQLite":
        yield f"sqlite:///{folder / 'roster.sqlite'}"
        return
    server = Server()
    try:
        yield server.url
    finally:
        server.stop()


def run_on(kind: str, changes: int, women: int, readers: int) -> tuple[Ran, str]:
    """Return what the readers saw on a fresh database, and the version of its program."""
    with TemporaryDirectory() as name, open_address(kind, Path(name)) as address:
        folder = Path(name)
        use_key_file(folder / "keys" / "field.key")
        migrate(address)
        database = Database(address)
        try:
            fill(database, women)
            key_file = folder / "keys" / "field.key"
            ran = run_processes(database, address, key_file, folder, changes, readers)
            with database.engine.connect() as connection:
                asked = "version()" if kind == "PostgreSQL" else "sqlite_version()"
                version = connection.execute(sqlalchemy.text(f"SELECT {asked}")).scalar_one()
        finally:
            database.dispose()
    return ran, str(version).removeprefix("PostgreSQL ").split()[0]


def run(options: Options) -> Report:
    """Run once on each database; what a reader saw wrongly stops it. Sizes play no part."""
    ran, versions = {}, {}
    for kind in KINDS:
        ran[kind], versions[kind] = run_on(kind, CHANGES, WOMEN, READERS)
        refuse_wrong(ran[kind], CHANGES)
    return Report(
        about=(
            f"{READERS} processes ask without a pause, each with the index that a worker of the "
            f"service has, while a process beside them makes {CHANGES:,} changes to {WOMEN} women, "
            "each in a transaction of its own with its audit event.",
            "Before a request a reader notes how many changes are committed. After it, every "
            "woman's facts must be those of one moment that is not before: nothing missed, "
            "nothing seen before its commit, and each woman who changed brought up to date once.",
        ),
        figures=tuple(
            Figure(
                f"changes missed, early or twice, {READERS} readers, {kind}",
                float(sum(one.missed + one.early + one.twice for one in ran[kind].readers)),
                "",
                Bound(0, at_most=True),
            )
            for kind in KINDS
        ),
        tables=(_tell_readers(ran), _tell_waits(ran)),
        versions=versions,
        notes=(
            "Several changes of one woman between two requests are one update of her facts: "
            "women brought up to date may be fewer than changes.",
            "Rounds play no part here: one run is ten thousand times the same question.",
        ),
    )


def _tell_readers(ran: dict[str, Ran]) -> Table:
    rows = tuple(
        (
            f"{kind}, reader {number}",
            *(f"{count:,}" for count in (one.requests, one.seen, one.followed)),
            *map(str, (one.missed, one.early, one.twice)),
        )
        for kind, found in ran.items()
        for number, one in enumerate(found.readers, 1)
    )
    columns = ("", "requests", "changes seen", "women updated", "missed", "early", "twice")
    return Table("What each reader saw", columns, rows)


def _tell_waits(ran: dict[str, Ran]) -> Table:
    rows = []
    for kind, found in ran.items():
        waits = join_waits(found.readers)
        middle, p95 = (f"{one * 1000:.1f}" for one in (find_median(waits), find_p95(waits)))
        rows.append((kind, middle, p95, f"{CHANGES / found.seconds:,.0f}"))
    columns = ("", "median", "p95", "changes a second beside them")
    return Table("Milliseconds until a request's roster is up to date", columns, tuple(rows))


COMPARISON = Comparison("changes", "A change seen", run)
