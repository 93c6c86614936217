"""What explains an answer to a program: what to ask less, A against B, why not her, what changed."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select, update

from roster.db import Database
from roster.models import Mediator, ReadEvent
from roster.services import alarms
from tests.approach_factories import add_french
from tests.factories import find_canaries
from tests.roster.api.program import Program, add_program, read_problem, search


@pytest.fixture
def women(database: Database) -> list[int]:
    """Three who fit, and one whose French is a level too low for all but a letter of intent."""
    with database.writing() as session:
        ids = [add_french(session).id for _ in range(3)]
        ids.append(add_french(session, languages={"fra": "B1"}).id)
        session.commit()
    return ids


@pytest.fixture
def program(app: Flask, database: Database, women: list[int]) -> Program:
    return add_program(app, database)


def list_places(program: Program, code: str) -> list[dict[str, str]]:
    """Handle and post of who fits, then of who is one step away."""
    answer = program.get(f"/requests/{code}/runs/1").json
    rows = [*answer["listed"], *answer["near_misses"]]
    return [{"handle": one["handle"], "post": one["post"]} for one in rows]


def test_what_could_be_asked_less_is_told_in_steps_of_five(program: Program) -> None:
    wish = {"any_of": ["fra"], "level": "C2"}
    strict = search(program, posts=[{"code": "one", "languages": [wish]}])
    (post,) = program.get(f"/requests/{strict}/relaxations").json["posts"]
    assert (post["post"], post["is_enough"], post["left_off"]) == ("one", False, 0)
    changes = [one["criterion"] for each in post["sets"] for one in each["changes"]]
    assert set(changes) == {"language"}
    assert {each["freed"] for each in post["sets"]} == {None}
    (enough,) = program.get(f"/requests/{search(program)}/relaxations").json["posts"]
    assert (enough["is_enough"], enough["sets"]) == (True, [])


def test_two_women_of_a_post_are_compared_and_each_look_is_noted(
    program: Program, database: Database
) -> None:
    code = search(program)
    first, second, _, missing = list_places(program, code)
    path = f"/requests/{code}/runs/1/comparison"
    before = count_looks(database)
    tie = program.post(path, {"first": first, "second": second})
    assert (tie.json["ahead"], tie.json["decided_by"], tie.json["gap"]) == (
        first["handle"], "tie", 0,
    )  # fmt: skip
    assert count_looks(database) == before + 2
    near = program.post(path, {"first": missing, "second": first}).json
    assert (near["ahead"], near["decided_by"]) == (first["handle"], "state")
    assert [one["handle"] for one in near["missing"]] == [missing["handle"]]
    assert find_canaries(tie.text) == set()
    for other in (first, {**second, "post": "two"}, {**second, "handle": "ZZ-ZZZ"}):
        refused = program.post(path, {"first": first, "second": other})
        assert read_problem(refused) == (422, "not_comparable")
        assert [one["pointer"] for one in refused.json["errors"]] == ["/second"]


def count_looks(database: Database) -> int:
    with database.reading() as session:
        return len(session.scalars(select(ReadEvent.id)).all())


def test_why_not_says_the_one_thing_and_of_who_is_gone_nothing(
    program: Program, women: list[int], database: Database
) -> None:
    code = search(program)
    first, *_, missing = list_places(program, code)
    fits = program.get(f"/requests/{code}/why-not/{first['handle']}").json
    assert (fits["state"], [one["reasons"] for one in fits["posts"]]) == ("listed", [[]])
    near = program.get(f"/requests/{code}/why-not/{missing['handle'].lower()}").json
    (post,) = near["posts"]
    assert (near["state"], [one["code"] for one in post["reasons"]]) == ("near_miss", ["L2"])
    with database.writing() as session:
        session.execute(update(Mediator).where(Mediator.id == women[3]).values(is_hidden=True))
        session.commit()
    gone = program.get(f"/requests/{code}/why-not/{missing['handle']}").json
    assert gone == {"handle": missing["handle"], "state": "not_proposed", "posts": []}
    absent = program.get(f"/requests/{code}/why-not/ZZ-ZZZ")
    assert read_problem(absent) == (404, "not_found")


def test_reasons_are_looked_up_so_often_a_day_and_no_more(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = search(program)
    handle = list_places(program, code)[0]["handle"]
    monkeypatch.setattr(alarms, "LOOK_UPS_A_DAY", 2)
    answers = [program.get(f"/requests/{code}/why-not/{handle}") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert read_problem(answers[2]) == (429, "too_many_look_ups")
    assert answers[2].headers["Retry-After"] == "86400"


def test_what_changed_is_told_of_those_named_and_accepted_before_they_are_asked(
    program: Program, women: list[int], database: Database
) -> None:
    code = search(program)
    places = list_places(program, code)[:3]
    handles = [one["handle"] for one in places]
    path = f"/requests/{code}/changes"
    unchanged = program.post(path, {"handles": handles}).json
    assert unchanged == {"run": 1, "changes": [], "accept": ""}
    with database.writing() as session:
        session.execute(update(Mediator).where(Mediator.id == women[0]).values(is_hidden=True))
        session.commit()
    told = program.post(path, {"handles": handles}).json
    (gone,) = told["changes"]
    assert (gone["code"], gone["post"], gone["handle"] in handles) == ("gone", "one", True)
    others = [one for one in handles if one != gone["handle"]]
    assert program.post(path, {"handles": others}).json == unchanged
    line = dict.fromkeys(("who", "purpose", "place", "effort"), "As written to her")
    document = {"women": places, **line, "risk": "low", "pay": "fee"}
    version = program.get(f"/requests/{code}").headers["ETag"]
    refused = program.post(f"/requests/{code}/approaches", document, If_Match=version)
    assert (refused.status_code, refused.json["accept"]) == (409, told["accept"])
    document["accepted"] = told["accept"]
    sent = program.post(f"/requests/{code}/approaches", document, If_Match=version)
    assert sorted(sent.json["asked"]) == sorted(others)


def test_changes_are_told_of_women_of_the_answer_alone(program: Program) -> None:
    code = search(program)
    for handles, pointer, wrong in (
        (["ZZ-ZZZ"], "/handles", "approach_unknown_handle"),
        ([], "/handles", "wrong_length"),
        (["ZZ-ZZZ"] * 21, "/handles", "wrong_length"),
        ([3], "/handles/0", "invalid"),
    ):
        refused = program.post(f"/requests/{code}/changes", {"handles": handles})
        found = [(one["pointer"], one["code"]) for one in refused.json["errors"]]
        assert (refused.status_code, found) == (422, [(pointer, wrong)])


def test_what_explains_anothers_answer_is_not_there(
    app: Flask, database: Database, program: Program
) -> None:
    code, other = search(program), add_program(app, database)
    first, second, *_ = list_places(program, code)
    for request in (code, "R-26-ZZZZZ"):
        path = f"/requests/{request}"
        answers = [
            other.get(f"{path}/relaxations"),
            other.get(f"{path}/why-not/{first['handle']}"),
            other.post(f"{path}/changes", {"handles": [first["handle"]]}),
            other.post(f"{path}/runs/1/comparison", {"first": first, "second": second}),
        ]
        assert {read_problem(one) for one in answers} == {(404, "not_found")}
