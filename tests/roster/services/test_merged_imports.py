"""Lists read before and after a merge of two terms say the same; nothing that was written is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from roster.db import Database
from roster.permissions import OPERATOR
from roster.queries.terms import follow_vocabulary
from roster.services.import_differences import list_differences
from roster.services.imports import confirm_import
from roster.services.term_merges import merge_term, part_term
from roster.vocabulary import use_vocabulary
from tests.roster.services.lists import (
    ANNA,
    COORDINATOR,
    HEADERS,
    describe_entries,
    stage,
    take_in,
    write_list,
)

YOUTH = {"actor": OPERATOR, "kind": "theme", "code": "youth"}


@pytest.fixture(autouse=True)
def vocabulary_ends_with_the_test() -> Iterator[None]:
    yield
    use_vocabulary(None)


def make_list(themes: str, **more: str) -> bytes:
    return write_list([{**ANNA, "Themes": themes, **more}], (*HEADERS, "Themes"))


def read_themes(database: Database) -> list[str]:
    with database.reading() as session:
        return sorted(code for field, code, *_ in describe_entries(session, 1) if field == "theme")


def test_a_list_after_a_merge_changes_only_what_it_says_otherwise(database: Database) -> None:
    with database.writing() as session:
        take_in(session, make_list("Youth; Elections"))
        session.commit()
    assert read_themes(database) == ["elections", "youth"]
    with database.writing() as session:
        merge_term(session, **YOUTH, expected_version=0, into="reconciliation")
        session.commit()
    with database.writing() as session:
        follow_vocabulary(session)
        again = make_list("Reconciliation; Elections", Phone="+000 999 0000")
        staged = stage(session, again)
        (row,) = list_differences(session, actor=COORDINATOR, staged=staged, first=0, limit=10)
        assert [one.field for one in row.differences] == ["phone"]
        version = staged.version
        confirm_import(session, actor=COORDINATOR, import_id=staged.id, expected_version=version)
        session.commit()
    assert read_themes(database) == ["elections", "youth"]
    with database.writing() as session:
        follow_vocabulary(session)
        take_in(session, make_list("Elections"))
        session.commit()
    assert read_themes(database) == ["elections"]
    with database.writing() as session:
        part_term(session, **YOUTH, expected_version=1)
        session.commit()
    assert read_themes(database) == ["elections"]
