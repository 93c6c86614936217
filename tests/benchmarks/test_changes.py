"""A change is seen by the next request of every worker, and the count of it would tell if not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from matching.codecs import NO_INSTANT, count_microseconds
from roster.db import Database
from roster.models import LedgerHead, Mediator
from roster.services.trail import add_change
from tests.benchmarks.changes_processes import BASE, COMMITTED, Mark, Reader, expect, list_women
from tests.benchmarks.changes_run import Ran, Seen, fill, refuse_wrong, run_processes
from tests.benchmarks.report import Disagreement


@pytest.mark.parametrize("women", [1, 3, 7])
def test_each_womans_newest_change_is_known_from_the_number_of_changes(women: int) -> None:
    standing = [NO_INSTANT] * women
    for number in range(1, 20):
        standing[(number - 1) % women] = count_microseconds(BASE + timedelta(seconds=number))
        assert expect(women, number).tolist() == standing


def test_four_workers_see_every_change_by_their_next_request_and_once(
    database: Database, database_url: str, key_file: Path, tmp_path: Path
) -> None:
    fill(database, 5)
    ran = run_processes(database, database_url, key_file, tmp_path, changes=60, readers=4)
    refuse_wrong(ran, 60)
    assert len(ran.readers) == 4
    assert all(one.followed > 0 for one in ran.readers)


@pytest.fixture
def reader(database: Database, tmp_path: Path) -> Reader:
    """A reader that has asked once; nothing is changed yet."""
    fill(database, 2)
    with database.reading() as session:
        first = session.scalars(select(LedgerHead.n)).one()
    made = Reader(database, Mark.make(tmp_path / "mark", 9, first))
    made.read()
    return made


def change(database: Database, number: int, told: tuple[int, ...]) -> None:
    """Make change 1 or 2 and tell the workers of these women."""
    with database.writing() as session:
        woman = session.get_one(Mediator, list_women(database)[number - 1])
        woman.last_proposed_at = BASE + timedelta(seconds=number)
        for place in told:
            add_change(session, list_women(database)[place - 1])
        session.commit()


@pytest.mark.parametrize(("told", "missed", "twice"), [((1,), 0, 0), ((), 2, 0), ((1, 2), 0, 1)])
def test_what_is_not_told_is_missed_and_who_did_not_change_is_updated_once_too_often(
    database: Database, reader: Reader, told: tuple[int, ...], missed: int, twice: int
) -> None:
    change(database, 1, told)
    reader.read()
    assert (reader.told["missed"], reader.told["early"], reader.told["twice"]) == (missed, 0, twice)


def test_a_request_that_comes_after_a_commit_and_does_not_see_it_has_missed_it(
    database: Database, reader: Reader, tmp_path: Path
) -> None:
    Mark(tmp_path / "mark")[COMMITTED] = 1
    reader.read()
    assert reader.told["missed"] == 1


@pytest.mark.parametrize("fault", ["missed", "early", "twice", "seen"])
def test_a_run_is_refused_in_which_one_worker_saw_it_otherwise(fault: str) -> None:
    right = Seen(requests=4, seen=9, missed=0, early=0, twice=0, followed=9, waits=())
    refuse_wrong(Ran((right, right), 1.0), 9)
    with pytest.raises(Disagreement):
        refuse_wrong(Ran((right, replace(right, **{fault: 8})), 1.0), 9)
