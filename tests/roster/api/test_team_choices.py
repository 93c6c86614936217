"""Going on with a team by a program: chosen by its place, one woman replaced, the rest kept."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from roster.db import Database
from tests.approach_factories import add_french
from tests.roster.api.program import Program, add_program, read_problem, search


@pytest.fixture
def program(app: Flask, database: Database) -> Program:
    with database.writing() as session:
        for _ in range(2):
            add_french(session)
        session.commit()
    return add_program(app, database)


@pytest.fixture
def path(program: Program) -> str:
    """Of the first proposal."""
    code = search(program)
    made = program.post(f"/requests/{code}/teams", {"unfilled": "men"})
    assert made.status_code == 201, made.text
    return f"/requests/{code}/teams/1"


def choose(program: Program, path: str, team: Any = 0, version: str = "") -> Any:
    named = version or program.get(path).headers["ETag"]
    return program.post(f"{path}/choice", {"team": team}, If_Match=named)


def test_a_team_is_chosen_and_another_may_be_chosen_later(program: Program, path: str) -> None:
    assert program.get(path).json["chosen"] is None
    chosen = choose(program, path)
    read = program.get(path)
    assert (chosen.json["chosen"], read.json["chosen"]) == (0, 0)
    assert chosen.headers["ETag"] == read.headers["ETag"]
    assert read_problem(choose(program, path, version='"1"')) == (412, "if_match_stale")
    assert choose(program, path).status_code == 200


def test_one_woman_is_replaced_in_a_proposal_of_its_own(program: Program, path: str) -> None:
    (before,) = program.get(path).json["teams"][0]["members"]
    sent = {"team": 0, "post": "one"}
    first, second = (
        program.post(f"{path}/replacement", sent, Idempotency_Key="other") for _ in range(2)
    )
    assert (first.status_code, first.json) == (201, second.json)
    (after,) = program.get(f"{path[:-1]}2").json["teams"][0]["members"]
    assert (after["post"], after["handle"] != before["handle"]) == ("one", True)
    third = program.post(f"{path[:-1]}2/replacement", sent)
    assert read_problem(third) == (422, "nobody_to_replace")


WRONG = (
    ("choice", {"team": 1}, "/team", "out_of_range"),
    ("choice", {"team": -1}, "/team", "out_of_range"),
    ("choice", {"team": "0"}, "/team", "invalid"),
    ("choice", {}, "/team", "required"),
    ("replacement", {"team": 7, "post": "one"}, "/team", "out_of_range"),
    ("replacement", {"team": 0, "post": "two"}, "/post", "not_a_choice"),
    ("replacement", {"team": 0}, "/post", "required"),
)


@pytest.mark.parametrize(("act", "document", "pointer", "code"), WRONG)
def test_what_no_team_has_is_said_by_its_field(
    program: Program, path: str, act: str, document: Any, pointer: str, code: str
) -> None:
    refused = program.post(f"{path}/{act}", document, If_Match=program.get(path).headers["ETag"])
    assert refused.status_code == 422
    assert [(one["pointer"], one["code"]) for one in refused.json["errors"]] == [(pointer, code)]
    assert program.get(path).json["chosen"] is None


def test_a_team_of_an_earlier_answer_is_not_chosen(program: Program, path: str) -> None:
    program.post(path.replace("/teams/1", "/runs"))
    assert read_problem(choose(program, path)) == (422, "team_of_earlier_answer")


def test_teams_of_another_and_proposals_that_are_none_are_not_there(
    app: Flask, database: Database, program: Program, path: str
) -> None:
    other = add_program(app, database)
    absent = f"{path[:-1]}9"
    sent = {"team": 0, "post": "one"}
    answers = [
        choose(one, place, version='"1"') for one, place in ((other, path), (program, absent))
    ]
    answers += [
        other.post(f"{path}/replacement", sent),
        program.post(f"{absent}/replacement", sent),
    ]
    assert {read_problem(one) for one in answers} == {(404, "not_found")}
    reader = add_program(app, database, scopes=["requests:read"], account=program.account_id)
    assert read_problem(choose(reader, path, version='"1"')) == (403, "scope_missing")
