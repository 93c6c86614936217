"""A row of an older file waits no longer once a corrected row of the same woman is taken in."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from roster.db import Database
from roster.models import ImportRow, SpreadsheetImport
from roster.services.undoing_imports import undo_import
from tests.roster.services.lists import (
    ANNA,
    BRITA,
    COORDINATOR,
    SPOILT,
    Woman,
    describe_list,
    take_in,
    write_list,
)

CORRECTED = {**SPOILT, "Nationality": "Norway"}


def take(session: Session, *women: Woman, network: str = "nwm") -> SpreadsheetImport:
    return take_in(session, write_list(women), network=network)[1]


def list_outcomes(session: Session, staged: SpreadsheetImport) -> list[tuple[int, str, bool]]:
    session.expire_all()
    return [(row.row, row.outcome, row.record_id is not None) for row in staged.rows]


def test_the_corrected_row_answers_and_no_other(database: Database) -> None:
    other = {**SPOILT, "Name": "Elin Moe", "E-mail": "e@example.org", "Phone": "", "Birth year": ""}
    with database.writing() as session:
        first = take(session, SPOILT, ANNA, other)
        foreign = take(session, SPOILT, network="awmn")
        second = take(session, CORRECTED, BRITA)
        assert list_outcomes(session, first) == [
            (2, "same", True),
            (3, "new", True),
            (4, "waiting", False),
        ]
        assert list_outcomes(session, foreign) == [(2, "waiting", False)]
        assert first.rows[0].record_id == second.rows[0].record_id
        assert len(describe_list(session)) == 3


@pytest.mark.parametrize(
    ("change", "is_answered"),
    [
        ({"Phone": "", "E-mail": ""}, True),
        ({"Name": "Karin Malmberg"}, True),
        ({"Name": "Karin Malmberg", "E-mail": "", "Phone": ""}, False),
        ({"Birth year": "1988"}, False),
        ({"E-mail": "another@example.org"}, False),
        ({"E-mail": "", "Phone": "", "Birth year": ""}, False),
    ],
)
def test_two_things_said_agree_and_none_differs(
    database: Database, change: Woman, is_answered: bool
) -> None:
    with database.writing() as session:
        first = take(session, SPOILT)
        take(session, {**CORRECTED, **change})
        assert (list_outcomes(session, first)[0][1] == "same") is is_answered


def test_what_two_rows_could_answer_stays_open(database: Database) -> None:
    twins = [
        {**CORRECTED, "Name": "Karin Malmberg", "Phone": ""},
        {**CORRECTED, "Name": "Disa Ek", "E-mail": ""},
    ]
    with database.writing() as session:
        first = take(session, SPOILT)
        second = take(session, *twins)
        assert [row.outcome for row in second.rows] == ["new", "new"]
        assert list_outcomes(session, first) == [(2, "waiting", False)]


def test_the_row_waits_again_once_the_corrected_file_is_taken_back(database: Database) -> None:
    with database.writing() as session:
        first = take(session, SPOILT, ANNA)
        second = take(session, CORRECTED)
        undo_import(
            session, actor=COORDINATOR, import_id=second.id, expected_version=second.version
        )
        assert list_outcomes(session, first) == [(2, "waiting", False), (3, "new", True)]
        assert list(describe_list(session)) == ["Anna Lindqvist"]
        assert session.get_one(ImportRow, first.rows[0].id).values["name"] == "Carin Malm"
