"""Her download holds every column about her, or a reason; and nothing of anybody else."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from roster import clock
from roster.db import Database
from roster.errors import NotFound
from roster.models import Base, ReadEvent, RunRow
from roster.permissions import ANONYMOUS, OPERATOR, Actor
from roster.queries.her_data import collect_her_data, collect_part
from roster.queries.her_parts import PARTS
from roster.queries.her_reasons import LEFT_OUT_TABLES
from roster.visibility import Viewer, may_see
from roster.wording.her_data import COLUMNS
from roster.wording.her_data import PARTS as TITLES
from tests.factories import add_account, find_canaries
from tests.roster.services.leaving import Left, make_left

HERS = {"mediator", "record", "account", "application"}
"""Whoever points to a row of one of these may be speaking of her."""
BY_HAND = {"mediator_id", "mediator_key", "subject_id", "record_id", "account_id", "subject_digest"}
"""Columns that point to her without a foreign key."""


@pytest.fixture
def left(database: Database, tmp_path: Path) -> Left:
    return make_left(database, tmp_path)


def collect(left: Left) -> dict[str, Any]:
    with left.database.reading() as session:
        return collect_her_data(session, actor=left.actor, mediator_id=left.her, now=clock.now())


def list_tables_about_her() -> set[str]:
    """Every table with a reference to her, her records, account or applications."""
    return {
        table.name
        for table in Base.metadata.sorted_tables
        if table.name in HERS
        or {key.column.table.name for key in table.foreign_keys} & HERS
        or {column.name for column in table.columns} & BY_HAND
    }


def test_every_table_about_her_is_in_the_download_or_left_out_for_a_reason() -> None:
    told = {part.table.__tablename__ for part in PARTS}
    assert told & set(LEFT_OUT_TABLES) == set()
    assert told | set(LEFT_OUT_TABLES) >= list_tables_about_her()


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.name)
def test_every_column_is_in_the_download_or_left_out_for_a_reason(part: Any) -> None:
    columns = set(part.table.__table__.columns.keys())
    assert set(part.left_out) <= columns
    assert columns - set(part.columns) == set(part.left_out)
    assert all(part.left_out.values())
    assert set(part.columns) - columns == set(part.say) - columns


def test_every_part_and_column_has_its_words() -> None:
    assert {part.name for part in PARTS} == set(TITLES)
    assert {column for part in PARTS for column in part.columns} == set(COLUMNS)


def test_she_gets_every_text_about_her_that_she_may_see_and_no_text_of_another(left: Left) -> None:
    found = find_canaries(json.dumps(collect(left), ensure_ascii=False))
    of_records = {
        (field.replace("_", ""), record)
        for record in left.records.values()
        for field in (
            "display_name", "original_name", "title", "other_names", "email", "phone",
            "safe_contact", "biography", "former", "unmapped", "process", "mandating_body",
                "contribution",
        )
    }  # fmt: skip
    of_herself = {
        (field, left.her)
        for field in (
            "antenna", "applicant", "applied", "answers", "recipient", "asked", "appraisal",
            "reply", "addendum",
        )
    }  # fmt: skip
    assert found == of_records | of_herself
    assert not may_see("note", Viewer.SELF)


def test_every_part_has_a_row_where_the_database_has_one(left: Left) -> None:
    left.leave("awmn")
    data = collect(left)
    assert {name for name, rows in data.items() if rows == []} <= {"declaration"}
    assert data["format"] == "my-data/1"
    assert json.loads(json.dumps(data)) == data


def test_who_acted_and_who_looked_is_told_by_kind(left: Left) -> None:
    with left.database.writing() as session:
        envoy = add_account(session, "envoy", email="envoy@example.org")
        now = clock.now()
        for account_id in (envoy.id, left.account):
            session.add(ReadEvent(at=now, account_id=account_id, mediator_id=left.her, what="card"))
        session.commit()
    left.leave("awmn")
    data = collect(left)
    assert [look["reader"] for look in data["looks"]] == ["other", "envoy"]
    assert data["events"][-1]["actor"] == "yourself"
    assert "account:" not in json.dumps(data)


def test_an_answer_tells_its_verdicts_and_nothing_of_what_was_asked(left: Left) -> None:
    with left.database.writing() as session:
        session.execute(
            update(RunRow)
            .where(RunRow.mediator_id == left.her)
            .values(
                evidence=[
                    {"criterion": "language", "verdict": "pass", "code": None, "points": 1.0,
                     "out_of": 1.0, "wish": "asked-zz", "is_hard": True, "facts": {"a": "asked-zz"}}
                ]
            )
        )  # fmt: skip
        session.commit()
    (answer,) = collect(left)["answers"]
    assert answer["evidence"] == [
        {"criterion": "language", "verdict": "pass", "code": None, "points": 1.0, "out_of": 1.0}
    ]
    assert "asked-zz" not in json.dumps(collect(left))


def test_nobody_but_she_herself_gets_it(left: Left) -> None:
    strangers = (ANONYMOUS, OPERATOR, Actor("account", mediator_id=left.other))
    with left.database.reading() as session:
        for actor in strangers:
            with pytest.raises(NotFound):
                collect_her_data(session, actor=actor, mediator_id=left.her, now=clock.now())
            with pytest.raises(NotFound):
                collect_part(session, actor=actor, mediator_id=left.her, name="details")
        with pytest.raises(NotFound):
            collect_part(session, actor=left.actor, mediator_id=left.her, name="no-such-part")
