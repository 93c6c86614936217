"""What every call passes: key, scope, limit, idempotency; and how a refusal is said."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from roster import clock
from roster.db import Database
from roster.models import Account, IdempotentAnswer, MatchRequest, ProgramKey, RoleGrant
from roster.services import program_keys
from tests.roster.api.program import Program, add_program, draft, make_criteria, read_problem


@pytest.fixture
def program(app: Flask, database: Database) -> Program:
    return add_program(app, database)


def count_requests(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count(MatchRequest.id))) or 0


def test_a_key_that_ended_or_whose_account_closed_opens_nothing(
    program: Program, database: Database
) -> None:
    ended = [
        update(ProgramKey).values(ends_at=clock.now()),
        update(ProgramKey).values(ends_at=clock.now() + timedelta(days=1), revoked_at=clock.now()),
        update(ProgramKey).values(revoked_at=None),
        update(Account).values(is_active=False),
    ]
    answers = []
    for change in ended:
        with database.writing() as session:
            session.execute(change)
            session.commit()
        answers.append(program.get("/requests").status_code)
    assert answers == [401, 401, 200, 401]
    assert "key_unknown" in program.get("/requests").text
    for header in ("", "Bearer", "Basic eDp5", f"Bearer {program.key}x"):
        assert program.get("/requests", Authorization=header or " ").status_code == 401


def test_a_scope_narrows_and_a_role_that_was_taken_narrows_more(
    app: Flask, database: Database
) -> None:
    reader = add_program(app, database, scopes=["requests:read"])
    refused = reader.post("/requests", {"criteria": make_criteria()})
    assert read_problem(refused) == (403, "scope_missing")
    absent = reader.post("/requests/R-26-ZZZZZ/approaches", {})
    assert read_problem(absent) == (403, "scope_missing")
    assert count_requests(database) == 0
    with database.writing() as session:
        session.execute(delete(RoleGrant).where(RoleGrant.account_id == reader.account_id))
        session.commit()
    assert read_problem(reader.get("/requests")) == (404, "not_found")
    assert reader.get("/me").json["roles"] == []


def test_a_key_that_calls_too_often_is_told_when_to_come_back(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program_keys, "CALLS_PER_WINDOW", 2)
    answers = [program.get("/me") for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert read_problem(answers[2]) == (429, "too_many_calls")
    assert int(answers[2].headers["Retry-After"]) == 900


def test_the_same_call_twice_is_done_once_and_answered_the_same(
    program: Program, database: Database
) -> None:
    document = {"criteria": make_criteria()}
    first, second = (
        program.post("/requests", document, Idempotency_Key="draft-1") for _ in range(2)
    )
    assert (first.status_code, first.text) == (second.status_code, second.text)
    assert second.headers["Location"] == first.headers["Location"]
    assert second.headers["ETag"] == first.headers["ETag"]
    assert count_requests(database) == 1
    other = program.post(
        "/requests", {"criteria": make_criteria(title="x")}, Idempotency_Key="draft-1"
    )
    assert read_problem(other) == (422, "idempotency_other_call")
    wrong = program.post("/requests", document, Idempotency_Key="x" * 201)
    assert read_problem(wrong) == (400, "idempotency_wrong")
    assert count_requests(database) == 1


def test_twenty_equal_calls_at_the_same_time_have_one_effect_and_one_answer(
    program: Program, database: Database
) -> None:
    program.get("/me")
    document = {"criteria": make_criteria()}

    def send(_number: int) -> tuple[int, str]:
        answer = program.post("/requests", document, Idempotency_Key="at-once")
        return answer.status_code, answer.text

    with ThreadPoolExecutor(10) as pool:  # a process keeps fifteen connections
        answers = set(pool.map(send, range(20)))
    assert [status for status, _ in answers] == [201]
    assert count_requests(database) == 1


def test_a_refused_call_is_not_kept_and_may_be_sent_again(
    program: Program, database: Database
) -> None:
    wrong = program.post("/requests", {"criteria": {}}, Idempotency_Key="again")
    assert wrong.status_code == 422
    right = program.post("/requests", {"criteria": make_criteria()}, Idempotency_Key="again")
    assert right.status_code == 201
    with database.reading() as session:
        assert session.scalar(select(func.count(IdempotentAnswer.id))) == 1


BODIES = (
    (b"", "application/json", 400),
    (b"[]", "application/json", 400),
    (b"\xff", "application/json", 400),
    (b'{"criteria": NaN}', "application/json", 400),
    (b"[" * 50_000, "application/json", 400),
    (b'{"criteria": {"title": "\\ud800"}}', "application/json", 422),
    (b'{"criteria": {"title": "a\\u0000b"}}', "application/json", 422),
    (b"title=x", "application/x-www-form-urlencoded", 415),
    (b"x" * 300_000, "application/json", 413),
)


@pytest.mark.parametrize(("body", "kind", "status"), BODIES, ids=range(len(BODIES)))
def test_what_is_no_document_is_refused_as_a_problem(
    program: Program, database: Database, body: bytes, kind: str, status: int
) -> None:
    client = program.app.test_client(use_cookies=False)
    headers = {"Authorization": f"Bearer {program.key}", "Content-Type": kind}
    answer = client.post("/api/v1/requests", data=body, headers=headers)
    assert read_problem(answer)[0] == status
    assert count_requests(database) == 0


def test_every_error_under_api_is_a_problem_and_every_other_a_page(program: Program) -> None:
    made = draft(program)
    assert read_problem(program.get("/no-such-call")) == (404, "not_found")
    wrong = program.call("DELETE", f"/requests/{made.json['code']}")
    assert read_problem(wrong) == (405, "method_not_allowed")
    assert "PUT" in wrong.headers["Allow"]
    page = program.app.test_client().get("/no-such-page")
    assert (page.status_code, page.mimetype) == (404, "text/html")


def test_a_cookie_opens_no_call_and_no_call_sets_one(program: Program) -> None:
    client = program.app.test_client()
    client.set_cookie("session_key", program.key)
    assert client.get("/api/v1/requests").status_code == 401
    assert "Set-Cookie" not in program.get("/requests").headers
