"""Columns in memory follow the database: a change is seen by the next request of every process."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from matching import Columns
from matching.terms import Terms
from roster.db import Database
from roster.facts import load_mediators
from roster.models import Mediator
from roster.roster_index import RosterIndex
from roster.services.trail import add_change
from roster.vocabulary import load_vocabulary
from tests.answer_factories import add_availability
from tests.factories import add_change as note_change
from tests.factories import add_mediator

NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def terms() -> Terms:
    return load_vocabulary()


def read_all(columns: Columns) -> list[object]:
    return sorted((columns.read(row) for row in columns.rows()), key=lambda one: one.id)


def assert_follows(database: Database, index: RosterIndex, now: datetime = NOW) -> None:
    """The columns hold exactly what a fresh reading of everybody gives."""
    with database.reading() as session:
        columns = index.current(session, now=now)
        assert read_all(columns) == list(load_mediators(session, now=now))


def test_every_kind_of_change_is_seen_by_the_next_request(database: Database, terms: Terms) -> None:
    index = RosterIndex(terms)
    assert_follows(database, index)
    with database.writing() as session:
        ids = [add_mediator(session).id for _ in range(3)]
        session.commit()
    assert_follows(database, index)
    with database.writing() as session:
        session.get_one(Mediator, ids[0]).is_hidden = True
        add_change(session, ids[0])
        session.delete(session.get_one(Mediator, ids[1]))
        add_change(session, ids[1])
        session.commit()
    assert_follows(database, index)
    with database.reading() as session:
        assert len(index.current(session, now=NOW)) == 2


def test_what_was_rolled_back_never_enters_and_its_number_is_read_again(
    database: Database, terms: Terms
) -> None:
    index = RosterIndex(terms)
    with database.writing() as session:
        woman = add_mediator(session).id
        session.commit()
    with database.writing() as session:
        session.get_one(Mediator, woman).safety_class = 3
        add_change(session, woman)
        session.flush()
        session.rollback()
    with database.writing() as session:
        before = index.current(session, now=NOW).mediator(woman).safety_class
        session.get_one(Mediator, woman).safety_class = 0
        add_change(session, woman)
        session.commit()
    assert before == 1
    assert_follows(database, index)


def test_a_writers_own_uncommitted_change_is_left_for_after_its_commit(
    database: Database, terms: Terms
) -> None:
    index = RosterIndex(terms)
    with database.writing() as session:
        number = session.info["n"]
        index.current(session, now=NOW)
        assert index.n == number - 1
        add_mediator(session)
        session.commit()
    assert_follows(database, index)
    assert index.n == number


def test_a_night_in_which_very_many_change_is_followed_whole(
    database: Database, terms: Terms
) -> None:
    """More women than PostgreSQL takes parameters (65,535)."""
    with database.writing() as session:
        woman = add_mediator(session).id
        session.commit()
    index = RosterIndex(terms)
    assert_follows(database, index)
    with database.writing() as session:
        session.get_one(Mediator, woman).is_hidden = True
        add_change(session, woman)
        session.execute(MANY_CHANGES, {"n": session.info["n"], "count": 120_000})
        session.commit()
    assert_follows(database, index)


MANY_CHANGES = text(
    "WITH RECURSIVE numbers(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM numbers WHERE i < :count)"
    " INSERT INTO change (n, mediator_id) SELECT :n, 1000000 + i FROM numbers"
)


def test_when_her_own_statement_ends_her_coordinators_stands_though_no_row_changed(
    database: Database, terms: Terms
) -> None:
    with database.writing() as session:
        woman = add_mediator(session, availability=NOW + timedelta(days=5))
        add_availability(
            session, woman, confirmed_by="coordinator", valid_until=NOW + timedelta(days=9)
        )
        note_change(session, woman)
        session.commit()
    index = RosterIndex(terms)
    who = []
    for days in (0, 5, 20, 0):
        now = NOW + timedelta(days=days)
        assert_follows(database, index, now)
        with database.reading() as session:
            said = index.current(session, now=now).mediator(woman.id).availability
        assert said is not None
        who.append(said.confirmed_by)
    assert who == ["self", "coordinator", "coordinator", "self"]


WORKER = """
import sys
from pathlib import Path
from roster.db import Database
from roster.encryption import use_key_file
from roster.roster_index import RosterIndex
from matching.terms import Terms
use_key_file(Path(sys.argv[2]))
database, index = Database(sys.argv[1]), RosterIndex(Terms([]))
for _ in sys.stdin:
    with database.reading() as session:
        columns = index.current(session)
        hidden = [int(i) for i in columns.ids(columns.rows()) if columns.mediator(int(i)).is_hidden]
        print(sorted(hidden), flush=True)
"""


def test_a_change_is_seen_by_the_next_request_in_every_worker_process(
    database: Database, database_url: str, key_file: Path
) -> None:
    with database.writing() as session:
        women = [add_mediator(session).id for _ in range(2)]
        session.commit()
    workers = [
        subprocess.Popen(
            [sys.executable, "-c", WORKER, database_url, str(key_file)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]

    def ask() -> list[list[int]]:
        answers = []
        for worker in workers:
            assert worker.stdin is not None and worker.stdout is not None
            worker.stdin.write("ask\n")
            worker.stdin.flush()
            answers.append(json.loads(worker.stdout.readline()))
        return answers

    try:
        seen = [ask()]
        for woman in women:
            with database.writing() as session:
                session.get_one(Mediator, woman).is_hidden = True
                add_change(session, woman)
                session.commit()
            seen.append(ask())
    finally:
        for worker in workers:
            worker.communicate()
    assert seen == [[[], []], [[women[0]]] * 2, [women] * 2]
