"""A large list from the upload to the roster, and back: seconds, memory, how long others wait.

    PYTHONPATH=. python tests/benchmarks/large_import.py [ROWS] [csv|xlsx] [DATABASE_URL]

The list is invented by seed. Each step runs in a process of its own, as the job does it, while
another process writes twenty times a second. The database is one of SQLite that is thrown away, or
an empty one at the address given. Printed per step: seconds, the most memory of its process, and of
the other writer the longest write, 99 of 100, and by how much the machine itself was late.
"""

from __future__ import annotations

import random
import secrets
import shutil
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import func, select

from roster.db import Database
from roster.encryption import use_key_file
from roster.migration import migrate
from roster.models import Record, SpreadsheetImport
from roster.permissions import Actor
from roster.services.reading_files import queue_import
from roster.services.taking_back import queue_undo
from roster.services.taking_in import queue_confirmation
from roster.spreadsheets.written_workbooks import write_workbook
from tests.roster.services.lists import HEADERS, SYLLABLES, make_long_list, write_list
from tests.soak.processes import Process, clean_environment, start_other_writer

COORDINATOR = Actor("account", coordinates=frozenset({"nwm"}), roles=frozenset({"coordinator"}))
LONGEST_SECONDS = 3_600
EXTRA = ("Themes", "Roles", "Worked in", "Notes", "Residence", "Available", "Antenna")
MORE = {
    "Themes": "ceasefire, gender, elections",
    "Roles": "facilitator",
    "Worked in": "Kenya, Sudan",
    "Residence": "Kenya",
    "Available": "yes",
    "Antenna": "North",
}


def make_file(rows: int, kind: str) -> bytes:
    """A list of fourteen columns."""
    dice = random.Random(7)
    women = [
        {**woman, **MORE, "Notes": " ".join(dice.choices(SYLLABLES, k=25))}
        for woman in make_long_list(rows, bad=rows // 135)[0]
    ]
    if kind == "csv":
        return write_list(women, (*HEADERS, *EXTRA))
    lines = [[woman[name] for name in (*HEADERS, *EXTRA)] for woman in women]
    return write_workbook([[*HEADERS, *EXTRA], *lines], sheet_name="List")


def run_job(name: str, environment: Mapping[str, str]) -> str:
    """One job in a process of its own beside another writer; what it took and held up."""
    end_other = start_other_writer(lambda *arguments: Process(environment, *arguments))
    began = time.monotonic()
    job = Process(environment, "-m", "roster", "run-job", name)
    job.finish(LONGEST_SECONDS)
    seconds = time.monotonic() - began
    waits = end_other()
    return (
        f"{seconds:7.1f} s  {job.most_memory_mib:5.0f} MiB  others: {waits['writes']} writes,"
        f" longest {waits['longest']:.3f} s, p99 {waits['p99']:.3f} s, late {waits['late']:.3f} s"
    )


def count_listed(database: Database) -> int:
    """Women on the network's list."""
    with database.reading() as session:
        records = select(func.count(Record.id)).where(Record.network_code == "nwm")
        return session.scalar(records) or 0


def decide(database: Database, import_id: int, *, is_undo: bool) -> None:
    """What a coordinator presses."""
    with database.writing() as session:
        version = session.get_one(SpreadsheetImport, import_id).version
        ask = queue_undo if is_undo else queue_confirmation
        ask(session, actor=COORDINATOR, import_id=import_id, expected_version=version)
        session.commit()


def measure(database: Database, content: bytes, environment: Mapping[str, str]) -> None:
    """The three steps of a list's life."""
    with database.writing() as session:
        import_id = queue_import(
            session, actor=COORDINATOR, network_code="nwm", file_name="list", content=content
        ).id
        session.commit()
    print("read      ", run_job("read_files", environment), flush=True)
    decide(database, import_id, is_undo=False)
    print("take in   ", run_job("take_in", environment), count_listed(database), flush=True)
    decide(database, import_id, is_undo=True)
    print("take back ", run_job("take_in", environment), count_listed(database), flush=True)


def main(rows: int = 20_000, kind: str = "xlsx", url: str = "") -> None:
    """Measure in a folder that is thrown away."""
    folder = Path(tempfile.mkdtemp())
    try:
        url = url or f"sqlite:///{folder / 'database' / 'roster.sqlite'}"
        key_file = folder / "keys" / "field.key"
        key_file.parent.mkdir()
        use_key_file(key_file)
        environment = {
            **clean_environment(),
            "ROSTER_DATABASE_URL": url,
            "ROSTER_SECRET_KEY": secrets.token_urlsafe(48),
            "ROSTER_KEY_FILE": str(key_file),
            "PYTHONPATH": str(Path.cwd()),
        }
        database = Database(url)
        migrate(url)
        content = make_file(rows, kind)
        print(f"{rows:,} rows, {len(content):,} bytes of {kind}", flush=True)
        measure(database, content, environment)
        database.dispose()
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    given = sys.argv[1:]
    main(int(given[0]) if given else 20_000, *given[1:])
