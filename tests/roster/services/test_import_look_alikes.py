"""Who looks like somebody, on the list or in the file, waits and is asked about; of no other network."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from roster.db import Database
from roster.errors import NotFound, StaleVersion
from roster.models import Record
from roster.services.imports import confirm_import, count_outcomes
from tests.roster.services.lists import (
    ANNA,
    BRITA,
    COORDINATOR,
    SPOILT,
    Woman,
    describe_list,
    import_women,
    stage,
    take_in,
    write_list,
)
from tests.roster.services.taken_lists import counts, decide

LOOK_ALIKES: list[tuple[str, Woman]] = [
    ("a new address", {**ANNA, "E-mail": "new@example.org"}),
    ("no address", {**ANNA, "E-mail": "", "Phone": "", "Birth year": "", "Tracks": "I"}),
    ("another order of names", {**ANNA, "Name": "Lindqvist Anna", "E-mail": ""}),
    ("a new family name", {**ANNA, "Name": "Anna Berg", "Phone": ""}),
]


@pytest.mark.parametrize("changed", [w for _, w in LOOK_ALIKES], ids=[i for i, _ in LOOK_ALIKES])
def test_who_looks_like_somebody_on_the_list_waits_and_is_never_a_silent_second_entry(
    database: Database, changed: Woman
) -> None:
    import_women(database, ANNA)
    with database.writing() as session:
        staged = stage(session, write_list([changed]))
        preview = [
            (p["severity"], p["field"], p["records"])
            for p in staged.rows[0].problems
            if p["code"] == "DUP_SUSPECTED"
        ]
        record_id = session.scalars(select(Record.id)).one()
        assert preview == [("warning", "name", [record_id])]
        assert staged.rows[0].verdict == "ok"
        outcome = confirm_import(
            session, actor=COORDINATOR, import_id=staged.id, expected_version=staged.version
        )
        assert counts(outcome) == (0, 0, 0, 1, 0)
        assert decide(session, staged, staged.rows[0], "same", record_id).outcome == "updated"
        assert len(describe_list(session)) == 1
        again, _ = take_in(session, write_list([changed]))
        assert counts(again) == (0, 1, 0, 0, 0)


def test_twins_by_name_with_other_years_are_two_women(database: Database) -> None:
    import_women(database, ANNA)
    other = {**ANNA, "Birth year": "1984", "E-mail": "other@example.org", "Phone": "+000 3"}
    assert counts(import_women(database, ANNA, other)) == (1, 1, 0, 0, 0)


def test_two_rows_of_one_woman_in_a_file_wait_and_name_each_other(database: Database) -> None:
    with database.writing() as session:
        staged = stage(session, write_list([ANNA, BRITA, {**ANNA, "Name": "Lindqvist, Anna"}]))
        found = {
            row.row: [p["rows"] for p in row.problems if p["code"] == "DUP_IN_FILE"]
            for row in staged.rows
        }
        assert {n: [list(r) for r in rows] for n, rows in found.items()} == {
            2: [[4]],
            3: [],
            4: [[2]],
        }
        assert counts(count_outcomes(session, staged.id)) == (1, 0, 0, 2, 0)


def test_a_row_that_stands_twice_word_for_word_is_taken_once(database: Database) -> None:
    bare = {"Name": "Eva Moen", "Nationality": "Norway"}
    with database.writing() as session:
        outcome, staged = take_in(session, write_list([bare, bare]))
        assert counts(outcome) == (1, 0, 0, 1, 0)
        assert staged.rows[1].problems[-1]["rows"] == [2]


def test_another_networks_people_are_not_spoken_of(database: Database) -> None:
    """The same messages and outcome whether or not another network knows the women (F4)."""
    with database.writing() as session:
        fresh = stage(session, write_list([ANNA, SPOILT]))
        unknown = [(row.outcome, row.problems) for row in fresh.rows]
        session.rollback()
    import_women(database, ANNA, SPOILT, network="awmn")
    with database.writing() as session:
        staged = stage(session, write_list([ANNA, SPOILT]))
        assert [(row.outcome, row.problems) for row in staged.rows] == unknown


def test_a_row_is_not_joined_to_a_record_of_another_network(database: Database) -> None:
    import_women(database, ANNA, network="awmn")
    with database.writing() as session:
        foreign = session.scalars(select(Record.id)).one()
        _, staged = take_in(session, write_list([SPOILT]))
        with pytest.raises(NotFound):
            decide(session, staged, staged.rows[0], "same", foreign)


def test_a_row_decided_meanwhile_tells_the_second_of_the_first(database: Database) -> None:
    with database.writing() as session:
        _, staged = take_in(session, write_list([SPOILT]))
        decide(session, staged, staged.rows[0], "new")
        with pytest.raises(StaleVersion) as told:
            decide(session, staged, staged.rows[0], "leave_out")
        assert (told.value.current["outcome"], told.value.wanted["outcome"]) == ("new", "leave_out")
