"""A request from draft to answer by calls: the same rules as on the pages, by handle."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from roster.db import Database
from roster.models import AuditEvent, Mediator, ReadEvent
from tests.approach_factories import add_french
from tests.factories import add_mediator, find_canaries
from tests.roster.api.program import (
    Program,
    add_program,
    draft,
    make_criteria,
    read_problem,
    search,
)


@pytest.fixture
def program(app: Flask, database: Database) -> Program:
    return add_program(app, database)


@pytest.fixture
def women(database: Database) -> list[int]:
    with database.writing() as session:
        add_mediator(session)
        ids = [add_french(session).id for _ in range(2)]
        session.commit()
    return ids


def test_a_request_is_drafted_read_changed_and_listed(program: Program) -> None:
    made = draft(program)
    code = made.json["code"]
    assert made.headers["Location"] == f"/api/v1/requests/{code}"
    read = program.get(f"/requests/{code}")
    assert (read.json, read.headers["ETag"]) == (made.json, made.headers["ETag"])
    document = {"criteria": make_criteria(title="Other talks"), "answer_by": "2099-12-31"}
    changed = program.call("PUT", f"/requests/{code}", document, If_Match=made.headers["ETag"])
    assert (changed.json["title"], changed.json["answer_by"]) == ("Other talks", "2099-12-31")
    assert changed.headers["ETag"] != made.headers["ETag"]
    (line,) = program.get("/requests").json["requests"]
    assert (line["code"], line["title"], line["state"], line["runs"]) == (
        code, "Other talks", "draft", 0,
    )  # fmt: skip


def test_what_was_read_must_be_named_and_be_the_present(program: Program) -> None:
    made = draft(program)
    path, document = f"/requests/{made.json['code']}", {"criteria": make_criteria()}
    assert read_problem(program.call("PUT", path, document)) == (428, "if_match_missing")
    for stale in ('"7"', '"x"', "*", 'W/"1"', '"1", "2"'):
        answer = program.call("PUT", path, document, If_Match=stale)
        assert read_problem(answer) == (412, "if_match_stale"), stale
    assert program.get(path).json == made.json


def test_an_answer_has_the_cards_by_handle_and_no_name(
    program: Program, women: list[int], database: Database
) -> None:
    code = search(program)
    answer = program.get(f"/requests/{code}/runs/1")
    assert answer.json["fitting"] == 2
    cards = answer.json["listed"]
    assert [(one["post"], one["rank"], one["is_gone"]) for one in cards] == [
        ("one", 1, False),
        ("one", 2, False),
    ]
    assert all(one["lines"] for one in cards)
    assert find_canaries(answer.text) == set()
    with database.reading() as session:
        looks = session.execute(select(ReadEvent.mediator_id, ReadEvent.what)).all()
        assert {her for her, _ in looks} >= set(women)
        assert {what for _, what in looks} == {"card"}


def test_whoever_hides_is_gone_from_an_answer_at_once(
    program: Program, women: list[int], database: Database
) -> None:
    code = search(program)
    with database.writing() as session:
        session.execute(update(Mediator).where(Mediator.id == women[0]).values(is_hidden=True))
        session.commit()
    cards = program.get(f"/requests/{code}/runs/1").json["listed"]
    gone = [one for one in cards if one["is_gone"]]
    assert [(one["points"], one["out_of"], one["lines"]) for one in gone] == [(None, None, [])]
    assert program.get(f"/requests/{code}/runs/1").json["holds_until"] is None


def test_a_search_is_made_again_and_numbered(program: Program, women: list[int]) -> None:
    code = search(program)
    again = program.post(f"/requests/{code}/runs")
    assert (again.status_code, again.json["number"]) == (201, 2)
    runs = program.get(f"/requests/{code}/runs").json["runs"]
    assert [one["number"] for one in runs] == [1, 2]
    assert read_problem(program.get(f"/requests/{code}/runs/3")) == (404, "not_found")


def test_what_is_anothers_is_as_if_it_were_not_there(
    app: Flask, database: Database, program: Program, women: list[int]
) -> None:
    code, other = search(program), add_program(app, database)
    for path in ("", "/runs", "/runs/1", "/approaches", "/releases", "/teams", "/documents"):
        foreign = other.get(f"/requests/{code}{path}")
        absent = other.get(f"/requests/R-26-ZZZZZ{path}")
        assert read_problem(foreign) == read_problem(absent) == (404, "not_found"), path
    assert other.get("/requests").json == {"requests": []}


def test_what_is_wrong_in_a_document_is_said_by_pointer(program: Program) -> None:
    wrong = make_criteria(posts=[{"roles": ["no such role"], "zz": 1}], end="yesterday")
    answer = program.post("/requests", {"criteria": wrong, "process": 3})
    assert read_problem(answer) == (422, "invalid")
    found = {(one["pointer"], one["code"]) for one in answer.json["errors"]}
    assert found == {
        ("/criteria/posts/0/roles/0", "unknown_code"),
        ("/criteria/posts/0/zz", "unknown_field"),
        ("/criteria/end", "invalid"),
        ("/process", "invalid"),
    }


@pytest.mark.parametrize("name", ["requester", "team", "code"])
def test_what_only_the_command_line_takes_is_refused(program: Program, name: str) -> None:
    answer = program.post("/requests", {"criteria": {**make_criteria(), name: {}}})
    assert [one["pointer"] for one in answer.json["errors"]] == [f"/criteria/{name}"]


def test_counts_are_in_steps_of_five_and_nothing_is_stored(
    program: Program, database: Database, women: list[int]
) -> None:
    before = count_events(database)
    answer = program.post("/counts", make_criteria())
    assert answer.json == {
        "posts": [{"fits": None, "without": [{"facet": "languages", "code": "fra", "fits": None}]}]
    }
    assert count_events(database) == before


def count_events(database: Database) -> int:
    with database.reading() as session:
        return len(session.scalars(select(AuditEvent.id)).all())


def test_a_letter_is_read_with_the_words_that_each_point_came_from(program: Program) -> None:
    letter = "We need two mediators who speak French for talks in Mali."
    answer = program.post("/letters", {"letter": letter, "received": "2026-11-22"})
    points = answer.json["criteria"]
    assert all(letter[one["start"] : one["end"]] == one["text"] for one in points)
    assert ("language", "fra") in {(one["kind"], one["code"]) for one in points}
