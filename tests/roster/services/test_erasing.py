"""Erasing: nothing of her is left in any table, and nothing of anybody else is gone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from roster import clock
from roster.db import Database
from roster.errors import NotFound
from roster.models import (
    Account,
    Erasure,
    ImportRow,
    Mediator,
    Record,
    RoleGrant,
    RunRow,
    SpreadsheetImport,
)
from roster.permissions import ANONYMOUS, OPERATOR
from roster.roster_index import RosterIndex
from roster.services.anchors import find_trail_fault
from roster.services.erasing import erase_due
from roster.services.imports import confirm_import
from roster.vocabulary import load_vocabulary
from tests.factories import add_record, find_canaries
from tests.roster.services.leaving import Left, dump, make_left

KEPT = {"audit_event", "change", "erasure"}
"""Tables that keep her pseudonymous number, or her random key, and nothing else."""


@pytest.fixture
def left(database: Database, tmp_path: Path) -> Left:
    return make_left(database, tmp_path)


def canaries(database: Database) -> set[tuple[str, int]]:
    text = json.dumps(dump(database), default=lambda value: repr(value))
    return find_canaries(text)


def of_her(left: Left, found: set[tuple[str, int]]) -> set[tuple[str, int]]:
    """Canaries are numbered by her records; those of rows that are hers alone by her own id."""
    hers = set(left.records.values())
    by_record = {"displayname", "email", "phone", "title", "originalname", "othernames", "note",
                 "safecontact", "biography", "unmapped", "process", "mandatingbody",
                 "contribution", "filerow", "rowraw", "features", "former"}  # fmt: skip
    return {
        (field, number)
        for field, number in found
        if (number in hers if field in by_record else number == left.her)
    }


def rows_of(rows: dict[str, list[dict[str, Any]]], other: int) -> dict[str, int]:
    return {
        table: len([row for row in each if row.get("mediator_id") == other])
        for table, each in rows.items()
    }


def test_nothing_of_her_is_left_and_nothing_of_another_is_gone(left: Left) -> None:
    before, rows_before = canaries(left.database), dump(left.database)
    assert len(of_her(left, before)) > 40
    left.leave()
    assert left.erase() == 1
    after, rows = canaries(left.database), dump(left.database)
    assert of_her(left, after) == set()
    assert before - of_her(left, before) == after
    assert rows_of(rows, left.other) == rows_of(rows_before, left.other)
    for table, each in rows.items():
        if table not in KEPT:
            assert [row for row in each if row.get("mediator_id") == left.her] == []
    assert not [a for a in rows["account"] if a["id"] == left.account]
    assert not [row for row in rows["record"] if row["id"] in left.records.values()]


def test_rows_of_files_and_answers_keep_their_place_and_say_nothing(left: Left) -> None:
    before = dump(left.database)
    left.leave()
    left.erase()
    after = dump(left.database)
    for table in ("import_row", "run_row", "spreadsheet_import", "run"):
        assert [row["id"] for row in after[table]] == [row["id"] for row in before[table]]
    for row in after["import_row"]:
        assert (row["raw"], row["values"], row["problems"], row["record_id"]) == ({}, {}, [], None)
    for summary in after["spreadsheet_import"]:
        assert {column["sample"] for column in summary["summary"]["columns"]} == {""}
    gone = [row for row in after["run_row"] if row["mediator_id"] is None]
    assert [row["evidence"] for row in gone] == [[]]
    assert {row["handle"] for row in gone} <= {row["handle"] for row in before["run_row"]}


def test_the_engine_forgets_her_by_her_line_of_change(left: Left) -> None:
    index = RosterIndex(load_vocabulary())
    with left.database.reading() as session:
        assert left.her in index.current(session)
    left.leave()
    left.erase()
    with left.database.reading() as session:
        columns = index.current(session)
        assert left.her not in columns
        assert left.other in columns


def test_the_trail_is_whole_and_says_that_it_was_done(left: Left) -> None:
    left.leave()
    left.erase()
    with left.database.reading() as session:
        assert find_trail_fault(session, actor=OPERATOR, anchors=[]) is None
    actions = [
        (event["action"], event["subject_id"]) for event in dump(left.database)["audit_event"]
    ]
    assert actions[-2:] == [("mediator.left", left.her), ("mediator.erased", left.her)]


def test_from_a_network_goes_its_record_and_what_stands_beside_it_only(left: Left) -> None:
    before = canaries(left.database)
    left.leave("nwm")
    left.erase()
    after = canaries(left.database)
    gone = before - after
    assert {number for _, number in gone} == {left.records["nwm"]}
    assert {field for field, _ in gone} >= {"displayname", "filerow", "rowraw", "features", "note"}
    assert find_of_record(after, left.records["nwm"]) == set()
    rows = dump(left.database)
    hers = [row["network_code"] for row in rows["membership"] if row["mediator_id"] == left.her]
    assert hers == ["awmn"]
    assert [row["id"] for row in rows["account"] if row["id"] == left.account]
    left.leave("awmn")
    left.erase()
    rows = dump(left.database)
    for table in ("membership", "spoken_consent", "application"):
        assert [row["mediator_id"] for row in rows[table]].count(left.her) == 0
        assert left.other in [row["mediator_id"] for row in rows[table]]


def find_of_record(found: set[tuple[str, int]], record_id: int) -> set[tuple[str, int]]:
    fields = {"displayname", "email", "note", "process", "filerow", "rowraw"}
    return {(field, number) for field, number in found if field in fields and number == record_id}


def test_nothing_is_erased_in_the_days_of_grace_and_nothing_twice(left: Left) -> None:
    left.leave()
    assert left.erase(days=6) == 0
    assert left.erase() == 1
    assert left.erase() == 0
    with left.database.reading() as session:
        assert session.scalars(select(Erasure.done_at)).one() is not None


def test_leaving_the_service_settles_what_was_asked_of_her_networks(left: Left) -> None:
    left.leave("awmn")
    left.leave()
    assert left.erase() == 2
    with left.database.reading() as session:
        assert all(session.scalars(select(Erasure.done_at)))
        assert session.get(Mediator, left.her) is None


def test_who_came_back_to_the_network_since_keeps_the_new_record(left: Left) -> None:
    left.leave("nwm")
    left.erase()
    with left.database.writing() as session:
        woman = session.get_one(Mediator, left.her)
        add_record(session, woman, "nwm")
        for erasure in session.scalars(select(Erasure)):
            erasure.done_at = None
            erasure.asked_at = clock.now().replace(year=2020)
        session.commit()
    left.erase()
    with left.database.reading() as session:
        which = (Record.mediator_id == left.her, Record.network_code == "nwm")
        assert session.scalar(select(Record.id).where(*which)) is not None


def test_an_account_with_other_work_stays_without_her(left: Left) -> None:
    with left.database.writing() as session:
        session.add(RoleGrant(account_id=left.account, role="envoy"))
        session.commit()
    left.leave()
    left.erase()
    with left.database.reading() as session:
        account = session.get_one(Account, left.account)
        assert (account.mediator_id, [grant.role for grant in account.grants]) == (None, ["envoy"])


def test_only_a_job_erases(left: Left) -> None:
    with left.database.writing() as session:
        for actor in (ANONYMOUS, left.actor):
            with pytest.raises(NotFound):
                erase_due(session, actor=actor, now=clock.now(), plan={})


def test_a_row_of_a_file_that_bears_her_address_is_never_taken_in(left: Left) -> None:
    left.leave()
    left.erase()
    with left.database.reading() as session:
        row = session.scalars(select(ImportRow).where(ImportRow.row == 50)).one()
        assert (row.verdict, row.outcome) == ("reject", "left_out")
        assert (
            session.scalars(select(RunRow.mediator_id).order_by(RunRow.id)).all().count(None) == 1
        )


def test_a_file_not_taken_in_yet_does_not_bring_her_back(left: Left) -> None:
    with left.database.writing() as session:
        staged = session.get_one(SpreadsheetImport, left.import_id)
        staged.state, staged.confirmed_at = "read", None
        for row in staged.rows:
            row.record_id, row.outcome, row.verdict = None, "same", "ok"
            row.values = {**row.values, "email": "zara@example.org"}
        session.commit()
    left.leave()
    left.erase()
    with left.database.writing() as session:
        staged = session.get_one(SpreadsheetImport, left.import_id)
        outcome = confirm_import(
            session, actor=OPERATOR, import_id=staged.id, expected_version=staged.version
        )
        assert (outcome.new, outcome.updated, outcome.left_out) == (0, 0, len(staged.rows))
