"""A woman's own program: what she was asked, her answer, taking it back; and nobody else's."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from roster.db import Database
from roster.models import Approach, Consent, Mediator
from tests.approach_factories import TERMS
from tests.factories import find_canaries
from tests.roster.api.asked import YES, Asked, add_asked
from tests.roster.api.program import Program, add_program, read_problem


@pytest.fixture
def asked(app: Flask, database: Database) -> Asked:
    return add_asked(app, database)


def read_state(database: Database, approach: str) -> str:
    with database.reading() as session:
        return session.scalars(select(Approach.state).where(Approach.code == approach)).one()


def test_she_reads_all_that_she_is_told_and_nothing_of_others(asked: Asked) -> None:
    (line,) = asked.hers.get("/me/approaches").json["approaches"]
    assert (line["code"], line["who"], line["state"]) == (asked.approach, TERMS["who"], "sent")
    read = asked.hers.get(asked.own_path)
    said = read.json
    assert {name: said[name] for name in TERMS} == TERMS
    assert (said["may_answer"], said["may_withdraw"], said["messages"]) == (True, True, [])
    assert read.headers["ETag"] == f'"{said["version"]}"'
    assert find_canaries(read.text) == set()
    assert asked.hers.get("/me").json["scopes"] == ["answers:read", "answers:write"]
    assert read_state(asked.database, asked.approach) == "sent"  # a look by a program tells nobody


def test_a_yes_is_her_consent_to_be_named_and_is_given_once(asked: Asked) -> None:
    version = asked.hers.get(asked.own_path).headers["ETag"]
    first, second = (asked.say(If_Match=version, Idempotency_Key="yes") for _ in range(2))
    assert (first.status_code, first.json) == (200, second.json)
    assert (first.json["state"], first.json["allows"]) == ("yes", ["display_name", "email"])
    assert first.headers["ETag"] == asked.hers.get(asked.own_path).headers["ETag"] != version
    with asked.database.reading() as session:
        naming = select(func.count(Consent.id)).where(Consent.purpose == "naming")
        assert session.scalar(naming.where(Consent.mediator_id == asked.woman)) == 1


@pytest.mark.parametrize("answer", ["no", "later"])
def test_another_answer_needs_no_reason_and_names_nobody(asked: Asked, answer: str) -> None:
    said = asked.say({"answer": answer})
    assert (said.json["state"], said.json["allows"]) == (answer, [])
    shown = asked.envoy.get(asked.path).json["state"]
    assert shown == ("not_accepted" if answer == "no" else "asked")


WRONG = (
    ({"answer": "yes"}, "/ties", "ties_unanswered"),
    ({**YES, "ties": "some"}, "/ties", "ties_first"),
    ({**YES, "allows": ["note"]}, "/allows/0", "not_a_choice"),
    ({"answer": "perhaps"}, "/answer", "not_a_choice"),
    ({}, "/answer", "required"),
    ({**YES, "state": "selected"}, "/state", "unknown_field"),
)


@pytest.mark.parametrize(("document", "pointer", "code"), WRONG)
def test_what_is_wrong_in_an_answer_is_said_by_its_field(
    asked: Asked, document: object, pointer: str, code: str
) -> None:
    refused = asked.say(document)
    assert refused.status_code == 422
    found = [(one["pointer"], one["code"]) for one in refused.json["errors"]]
    assert found == [(pointer, code)]
    assert read_state(asked.database, asked.approach) == "sent"


def test_an_answer_names_the_version_that_she_read(asked: Asked) -> None:
    path = f"{asked.own_path}/answer"
    assert read_problem(asked.hers.post(path, YES)) == (428, "if_match_missing")
    read = asked.hers.get(asked.own_path).headers["ETag"]
    asked.say({"answer": "later"})
    stale = asked.hers.post(path, YES, If_Match=read)
    assert read_problem(stale) == (412, "if_match_stale")
    assert read_state(asked.database, asked.approach) == "later"


def list_calls(program: Program, approach: str) -> list[tuple[int, str]]:
    path = f"/me/approaches/{approach}"
    sent = {"If_Match": '"1"'}
    return [
        read_problem(answer)
        for answer in (
            program.get(path),
            program.post(f"{path}/answer", YES, **sent),
            program.post(f"{path}/question", {"text": "Where?"}, **sent),
            program.post(f"{path}/withdrawal", **sent),
        )
    ]


def test_anothers_approach_is_as_if_it_were_not_there(
    app: Flask, database: Database, asked: Asked
) -> None:
    stranger = add_asked(app, database)
    absent = list_calls(stranger.hers, "A-26-ZZZZZ")
    assert list_calls(stranger.hers, asked.approach) == absent == [(404, "not_found")] * 4
    assert asked.envoy.get("/me/approaches").status_code == 403
    (line,) = stranger.hers.get("/me/approaches").json["approaches"]
    assert line["code"] == stranger.approach
    assert read_state(database, asked.approach) == "sent"


def test_a_key_for_reading_answers_nothing_and_learns_nothing(
    app: Flask, database: Database, asked: Asked
) -> None:
    account = asked.hers.account_id
    reader = add_program(app, database, scopes=["answers:read"], account=account)
    assert reader.get(asked.own_path).status_code == 200
    for approach in (asked.approach, "A-26-ZZZZZ"):
        path = f"/me/approaches/{approach}/answer"
        refused = reader.post(path, YES, If_Match='"1"')
        assert read_problem(refused) == (403, "scope_missing")


def test_what_she_takes_back_is_gone_for_the_requester_at_the_next_call(asked: Asked) -> None:
    asked.say()
    asked.let_network_agree()
    assert asked.act("release", {}).json["state"] == "released"
    releases = f"/requests/{asked.code}/releases"
    assert len(asked.envoy.get(releases).json["releases"]) == 1
    version = asked.hers.get(asked.own_path).headers["ETag"]
    taken = asked.hers.post(f"{asked.own_path}/withdrawal", If_Match=version)
    assert (taken.json["state"], taken.json["may_withdraw"]) == ("withdrawn", False)
    assert asked.envoy.get(releases).json == {"releases": []}
    assert asked.envoy.get(asked.path).json["state"] == "gone"
    again = asked.hers.post(f"{asked.own_path}/withdrawal", If_Match=taken.headers["ETag"])
    assert read_problem(again) == (422, "approach_over")


def test_a_question_is_read_by_the_requester_without_her_name(asked: Asked) -> None:
    version = asked.hers.get(asked.own_path).headers["ETag"]
    sent = asked.hers.post(f"{asked.own_path}/question", {"text": "Where?"}, If_Match=version)
    assert [(one["is_hers"], one["text"]) for one in sent.json["messages"]] == [(True, "Where?")]
    assert asked.envoy.get(asked.path).json["state"] == "question"


def test_who_has_left_reads_and_answers_nothing_by_a_program(asked: Asked) -> None:
    left = update(Mediator).where(Mediator.id == asked.woman).values(state="withdrawn")
    asked.change(left)
    assert list_calls(asked.hers, asked.approach) == [(404, "not_found")] * 4
    assert asked.hers.get("/me/approaches").status_code == 404
