"""Weights of a request by a program: read, tried without a trace, set within the bounds."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from matching import PUBLISHED
from roster.db import Database
from roster.models import AuditEvent, ReadEvent
from tests.approach_factories import add_french
from tests.roster.api.program import Program, add_program, draft, read_problem, search

OTHER = {**PUBLISHED.by_preference(), "themes_nice": 0.0, "languages_nice": 30.0}


@pytest.fixture
def program(app: Flask, database: Database) -> Program:
    with database.writing() as session:
        for _ in range(2):
            add_french(session)
        session.commit()
    return add_program(app, database)


def put(program: Program, code: str, points: Any, version: str = "") -> Any:
    path = f"/requests/{code}/weights"
    named = version or program.get(path).headers["ETag"]
    return program.call("PUT", path, {"points": points}, If_Match=named)


def test_weights_are_set_for_the_searches_to_come_and_set_back(program: Program) -> None:
    code = search(program)
    published = program.get(f"/requests/{code}/weights").json
    assert (published["is_own"], published["points"]) == (False, published["published"])
    changed = put(program, code, OTHER)
    assert (changed.json["is_own"], changed.json["points"]) == (True, OTHER)
    assert changed.headers["ETag"] == program.get(f"/requests/{code}").headers["ETag"]
    program.post(f"/requests/{code}/runs")
    versions = [
        program.get(f"/requests/{code}/runs/{number}").json["weights_version"] for number in (1, 2)
    ]
    assert versions == [PUBLISHED.version, changed.json["weights_version"]]
    assert put(program, code, None).json == published


def test_a_trial_says_who_would_move_and_saves_nothing(
    program: Program, database: Database
) -> None:
    code = search(program)
    before = count(database, AuditEvent.id)
    looks = count(database, ReadEvent.id)
    tried = program.post(f"/requests/{code}/weights/trial", {"points": OTHER})
    assert [(one["post"], one["before"], one["after"]) for one in tried.json["moves"]] == [
        ("one", 1, 1),
        ("one", 2, 2),
    ]
    assert count(database, AuditEvent.id) == before
    assert count(database, ReadEvent.id) == looks + 2
    assert program.get(f"/requests/{code}/weights").json["is_own"] is False


def count(database: Database, column: Any) -> int:
    with database.reading() as session:
        return len(session.scalars(select(column)).all())


WRONG = (
    ({**OTHER, "themes_nice": 1.0}, "/points", "weights_out_of_bounds"),
    ({**OTHER, "themes_nice": 41}, "/points/themes_nice", "out_of_range"),
    ({**OTHER, "themes_nice": "much"}, "/points/themes_nice", "invalid"),
    ({**OTHER, "charm": 1}, "/points/charm", "unknown_field"),
    ([], "/points", "not_an_object"),
)


@pytest.mark.parametrize(("points", "pointer", "code"), WRONG)
def test_what_is_out_of_bounds_is_said_by_its_field(
    program: Program, points: Any, pointer: str, code: str
) -> None:
    request = search(program)
    tried = program.post(f"/requests/{request}/weights/trial", {"points": points})
    for refused in (put(program, request, points), tried):
        assert refused.status_code == 422
        found = {(one["pointer"], one["code"]) for one in refused.json["errors"]}
        assert found == {(pointer, code)}
    assert program.get(f"/requests/{request}/weights").json["is_own"] is False


def test_weights_of_another_a_stale_version_and_a_key_for_reading_are_refused(
    app: Flask, database: Database, program: Program
) -> None:
    made = draft(program)
    code = made.json["code"]
    other = add_program(app, database)
    assert read_problem(put(other, code, OTHER, '"1"')) == (404, "not_found")
    assert read_problem(other.get(f"/requests/{code}/weights")) == (404, "not_found")
    put(program, code, OTHER)
    assert read_problem(put(program, code, None, made.headers["ETag"])) == (412, "if_match_stale")
    reader = add_program(app, database, scopes=["requests:read"], account=program.account_id)
    assert read_problem(put(reader, code, None, '"1"')) == (403, "scope_missing")
    early = program.post(f"/requests/{code}/weights/trial", {"points": None})
    assert read_problem(early) == (422, "request_not_searched")
    assert program.get(f"/requests/{code}/weights").json["points"] == OTHER
